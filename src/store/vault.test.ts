import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createVault, placeOfTarget, placeOfTry, SECRET_KEY_BYTES } from './vault.ts';

const key = randomBytes(SECRET_KEY_BYTES);
const vault = createVault(key);
const place = placeOfTry('scan', 1, 0);
const refusal = expect.objectContaining({ code: 'SECRET_KEY_WRONG' });

describe('a vault', () => {
  it.each([
    ['nothing', ''],
    ['a key of a target', 'sk-demo-1234'],
    ['Unicode', 'Grüße 你好 👩‍👩‍👧‍👦 \u0000 \uffff'],
    ['a megabyte', 'ä'.repeat(524_288)],
  ])('opens what it sealed: %s', (_, plain) => {
    expect(vault.open(vault.seal(plain, place), place)).toBe(plain);
  });

  it('opens what another vault with the same key sealed, as after a restart', () => {
    expect(createVault(Uint8Array.from(key)).open(vault.seal('kept', place), place)).toBe('kept');
  });

  it('opens a value that lies in the middle of a larger buffer, as drivers hand it out', () => {
    const sealed = vault.seal('inside', place);
    const larger = Buffer.concat([randomBytes(7), sealed, randomBytes(7)]);
    expect(vault.open(larger.subarray(7, 7 + sealed.length), place)).toBe('inside');
    expect(vault.open(Uint8Array.from(sealed), place)).toBe('inside');
  });

  it('leaves nothing of the text readable', () => {
    const sealed = Buffer.from(vault.seal('sk-demo-1234'.repeat(20), place));
    expect(sealed.includes('sk-demo')).toBe(false);
  });

  it('seals the same text differently each time, also after thousands of times', () => {
    const sealed = Array.from({ length: 2_000 }, () => vault.seal('same', place));
    const vectors = new Set(sealed.map((value) => Buffer.from(value.subarray(1, 13)).toString('hex')));
    expect(vectors.size).toBe(sealed.length);
  });

  it('refuses what was sealed with another key', () => {
    const other = createVault(randomBytes(SECRET_KEY_BYTES));
    expect(() => vault.open(other.seal('secret', place), place)).toThrow(refusal);
  });

  it.each([placeOfTry('scan', 1, 1), placeOfTry('scan', 11, 0), placeOfTry('other', 1, 0), placeOfTarget('scan'), ''])(
    'refuses what was moved to another place: %s',
    (elsewhere) => {
      const sealed = vault.seal('secret', place);
      expect(() => vault.open(sealed, elsewhere)).toThrow(refusal);
    },
  );

  it('refuses a value with any byte changed', () => {
    const sealed = vault.seal('secret', place);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Uint8Array.from(sealed);
      changed[at]! ^= 1;
      expect(() => vault.open(changed, place), `byte ${at}`).toThrow(refusal);
    }
  });

  it('refuses a value that was cut or continued', () => {
    const sealed = vault.seal('secret', place);
    for (let length = 0; length < sealed.length; length++)
      expect(() => vault.open(sealed.subarray(0, length), place), `${length} bytes`).toThrow(refusal);
    expect(() => vault.open(Buffer.concat([sealed, Buffer.of(0)]), place)).toThrow(refusal);
  });

  it('says nothing of the value in its refusal', () => {
    const sealed = createVault(randomBytes(SECRET_KEY_BYTES)).seal('sk-demo-1234', place);
    const attempt = (): string => vault.open(sealed, place);
    expect(attempt).toThrow(/REDOUBT_SECRET_KEY/);
    expect(attempt).not.toThrow(/sk-demo|scan/);
  });
});
