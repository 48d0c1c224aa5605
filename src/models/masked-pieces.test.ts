// Secrets in a text that comes in pieces: masked wherever it is cut, and nothing else waits.
import { describe, expect, it } from 'vitest';
import { knownSecrets } from './known-secrets.ts';
import { maskedPieces } from './masked-pieces.ts';

const maskedIn = (secrets: readonly string[], pieces: readonly string[]): string => {
  const { pieces: open } = knownSecrets(secrets);
  const masked = open();
  return [...pieces.map((piece) => masked.take(piece)), masked.end()].join('');
};

describe('a text in pieces', () => {
  it.each<[string, readonly string[], string]>([
    ['once', ['upstream-key'], 'It is upstream-key.'],
    ['twice in a row', ['upstream-key'], 'upstream-keyupstream-key'],
    ['behind its own beginning', ['upstream-key'], 'upupstreamupstream-key-upstream-ke'],
    ['whose end is its beginning', ['abcdefgabc'], 'so abcdefgabcdefgabc, abcdefgabc and abcdefgabcabcdefgabc'],
    ['and a longer one', ['name-of-key', 'name-of-key-and-more'], 'name-of-key-and-more name-of-key-and name-of-key'],
    ['in Base64 with padding', ['upstream-key1'], 'dXBzdHJlYW0ta2V5MQ== dXBzdHJlYW0ta2V5MQ dXBzdHJlYW0ta2V5MQ='],
    ['that is not there', ['upstream-key'], 'An upstream upstair, u up ups'],
  ])('has the secret masked wherever it is cut: %s', (_what, secrets, text) => {
    const whole = knownSecrets(secrets).mask(text);
    for (let size = 1; size <= text.length; size += 1)
      expect(maskedIn(secrets, text.match(new RegExp(`.{1,${size}}`, 'g')) ?? [])).toBe(whole);
    for (let at = 0; at <= text.length; at += 1)
      expect(maskedIn(secrets, [text.slice(0, at), '', text.slice(at)])).toBe(whole);
  });

  it('waits only where it may be the beginning of a secret', () => {
    const masked = knownSecrets(['upstream-key']).pieces();
    const pieces = ['All is well', ' up', 'hill', ' upstream', ' of us', ' u'];
    expect(pieces.map((piece) => masked.take(piece))).toEqual([
      ...['All is well', ' ', 'uphill', ' ', 'upstream of us', ' '],
    ]);
    expect(masked.end()).toBe('u');
  });

  it('waits nowhere where nothing is secret', () => {
    expect(maskedPieces([], (text) => text).take('anything')).toBe('anything');
  });
});
