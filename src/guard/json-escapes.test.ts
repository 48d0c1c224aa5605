import { describe, expect, it } from 'vitest';
import { systemClock } from '../core/clock.ts';
import type { OpenDetector } from './detectors/detector.ts';
import { pii } from './detectors/pii/pii.ts';
import { evaluate } from './evaluate.ts';
import { unescapedJson } from './json-escapes.ts';
import type { Check } from './open-policy.ts';
import { policySchema } from './policy.ts';
import { redact } from './redact.ts';

const rule = { detector: 'pii', action: 'redact' as const, threshold: null, reference: null };
const policy = policySchema.parse({ id: 'p', targets: ['tool'], rules: [rule] });
const check: Check = {
  policy,
  rule,
  detector: pii,
  open: pii.open(null, { judge: null }) as OpenDetector,
  question: 'pii',
};

async function redacted(content: string): Promise<string> {
  const messages = [{ role: 'tool' as const, content }];
  const findings = await evaluate([check], messages, { clock: systemClock, session: null, failFast: false });
  return redact(messages, findings, (label) => `[${label}]`).messages[0]!.content;
}

/** As Python writes it. */
const inAscii = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

describe('JSON with escapes', () => {
  it.each([
    [{ note: 'Regards,\nAnna Schmidt' }, { note: 'Regards,\n[NAME]' }],
    [{ note: 'Hi\n\tAnna Schmidt\nPeter Lindqvist\n' }, { note: 'Hi\n\t[NAME]\n[NAME]\n' }],
    [{ name: 'José Díaz' }, { name: '[NAME]' }],
    [
      { name: 'Katarzyna Wiśniewska', to: 'Jörg Brandstätter' },
      { name: '[NAME]', to: '[NAME]' },
    ],
    [{ at: 'mail:\nanna@example.org' }, { at: 'mail:\n[CONTACT]' }],
    [{ at: 'éanna@example.org' }, { at: '[CONTACT]' }],
    [{ card: 'card\n4111 1111 1111 1111\n' }, { card: 'card\n[PAYMENT]\n' }],
    [{ ip: 'ip\n203.0.113.9' }, { ip: 'ip\n[DIGITAL_ID]' }],
    [{ path: 'C:\\x "Anna Schmidt"' }, { path: 'C:\\x "[NAME]"' }],
  ])('has what it says taken out, and stays JSON: %j', async (given, expected) => {
    for (const json of [JSON.stringify(given), inAscii(JSON.stringify(given)), JSON.stringify(given, null, 2)])
      expect(JSON.parse(await redacted(json))).toEqual(expected);
  });

  it('has a token as a text in place of a number, so that it stays JSON', async () => {
    const cards = [4111111111111111, 'see 4111111111111111, 7', { card: 4111111111111111, n: 1.5 }];
    for (const json of [JSON.stringify(cards), JSON.stringify(cards, null, 2)])
      expect(JSON.parse(await redacted(json))).toEqual([
        '[PAYMENT]',
        'see [PAYMENT], 7',
        { card: '[PAYMENT]', n: 1.5 },
      ]);
    expect(await redacted('{"card": 4111111111111111 ...')).toBe('{"card": [PAYMENT] ...');
  });

  it('alone is read so: what only looks like it stays as it is', () => {
    for (const text of ['C:\\nina', '{"a": "\\n"', '{"a":1}', '\\u0041', '[a\\nb]'])
      expect(unescapedJson(text)).toBeNull();
  });

  it('has its places between the signs as sent', () => {
    const { text, placeOf } = unescapedJson('["\\u0041b\\n","\\\\"]')!;
    expect(text).toBe('["Ab\n","\\"]');
    expect(Array.from({ length: text.length + 1 }, (_, at) => placeOf(at))).toEqual([
      0, 1, 2, 8, 9, 11, 12, 13, 14, 16, 17, 18,
    ]);
  });
});
