import { describe, expect, it } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { seededRandom } from '../core/random.ts';
import { contains } from './detectors/contains.ts';
import { type Detector, nothingDetected, type OpenDetector } from './detectors/detector.ts';
import { pii } from './detectors/pii/pii.ts';
import { secrets } from './detectors/secrets/secrets.ts';
import type { Check } from './open-policy.ts';
import { type Action, policySchema } from './policy.ts';
import { guardStream, type StreamGuard, type StreamGuardOptions } from './stream-guard.ts';

const SECRET = 'OTTER-4417-LANTERN';

function check(detector: Detector, action: Action, reference: unknown = null, policy: object = {}): Check {
  const rule = { detector: detector.id, action, threshold: null, reference };
  const whole = policySchema.parse({ id: 'p', targets: ['assistant'], rules: [rule], ...policy });
  const open = detector.open(reference, { judge: null }) as OpenDetector;
  return { policy: whole, rule, detector, open, question: detector.id };
}

/** Judges wholes: fires once the text holds the word. */
const whole = (word: string, detect?: OpenDetector['detect']): Detector => ({
  ...contains,
  id: 'whole',
  cost: 'linear',
  open: () => ({
    detect: detect ?? ((text) => (text.includes(word) ? { ...nothingDetected, score: 1 } : nothingDetected)),
  }),
});

const guarded = (checks: readonly Check[], more: Partial<StreamGuardOptions> = {}): StreamGuard =>
  guardStream({
    checks,
    context: [],
    session: null,
    clock: systemClock,
    mode: 'window',
    tokens: { tokenFor: (label) => `[${label}]`, keep: () => Promise.resolve() },
    ...more,
  });

interface Shown {
  readonly text: string;
  readonly stopped: boolean;
  /** Characters that were held back after each piece. */
  readonly held: readonly number[];
}

async function show(guard: StreamGuard, pieces: readonly string[]): Promise<Shown> {
  let text = '';
  let sent = 0;
  const held: number[] = [];
  for (const piece of pieces) {
    const release = await guard.push(piece);
    text += release.text;
    sent += piece.length;
    held.push(sent - text.length);
    if (release.stoppedBy !== null) return { text, stopped: true, held };
  }
  const last = await guard.end();
  return { text: text + last.text, stopped: last.stoppedBy !== null, held };
}

function cutAnyhow(text: string, seed: number): string[] {
  const random = seededRandom('chunks', seed);
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = 1 + random.below(12);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

const words = (text: string): string[] => text.match(/\s*\S+/gu) ?? [];

const prose =
  'The museum opens at nine. Otters live by the river, and the lantern on the bridge burns all night.\n' +
  'Visitors may bring their own lunch; the garden has tables. A guide speaks of the old mill at noon.';

describe('span detectors in a stream', () => {
  const secret = check(contains, 'block', SECRET);

  it('let no character of a planted secret out, in 1,000 chunkings', async () => {
    const spellings = [SECRET, SECRET.toLowerCase(), SECRET.replace('R', 'R\u200b')];
    for (let seed = 0; seed < 1_000; seed++) {
      const random = seededRandom('place', seed);
      const at = random.below(prose.length);
      const spelled = spellings[seed % spellings.length]!;
      const shown = await show(
        guarded([secret]),
        cutAnyhow(`${prose.slice(0, at)} ${spelled}${prose.slice(at)}`, seed),
      );
      expect(shown.stopped).toBe(true);
      expect(shown.text).toBe(`${prose.slice(0, at)} `);
    }
  });

  it('put a token where a secret stood, in any chunking, and let the rest through', async () => {
    const redacting = check(contains, 'redact', SECRET);
    for (let seed = 0; seed < 200; seed++) {
      const shown = await show(guarded([redacting]), cutAnyhow(`Your code: ${SECRET}. Keep ${SECRET} safe.`, seed));
      expect(shown).toMatchObject({ stopped: false, text: 'Your code: [CONTAINS]. Keep [CONTAINS] safe.' });
    }
  });

  it('delay clean text by one token at most', async () => {
    const shown = await show(guarded([secret]), words(prose));
    expect(shown.text).toBe(prose);
    const late = shown.held.filter((held, index) => held > words(prose)[index]!.length);
    expect(late.length).toBeLessThanOrEqual(shown.held.length * 0.05);
  });

  it('hold text back only while it may be the beginning of a match', async () => {
    const guard = guarded([secret]);
    expect((await guard.push('say OTTER')).text).toBe('say ');
    expect((await guard.push('-44')).text).toBe('');
    expect((await guard.push(' and so on')).text).toBe('OTTER-44 and so on');
  });

  it('say nothing where the rule only flags', async () => {
    const guard = guarded([check(contains, 'flag', SECRET)]);
    expect((await show(guard, [`x ${SECRET} y`])).text).toBe(`x ${SECRET} y`);
    expect(guard.findings().map((finding) => finding.detector)).toEqual(['contains']);
  });

  it('without a rule for the start of a match: hold back the longest match', async () => {
    const slow: Detector = { ...contains, open: (given, services) => withoutHold(contains, given, services) };
    const shown = await show(guarded([check(slow, 'block', 'secret')]), cutAnyhow(`${prose} secret ${prose}`, 1));
    expect(shown.stopped).toBe(true);
    expect(prose.startsWith(shown.text)).toBe(true);
    expect(shown.text.length).toBeGreaterThan(prose.length - 80);
  });
});

function withoutHold(detector: Detector, given: unknown, services: Parameters<Detector['open']>[1]): OpenDetector {
  const { holdFrom: _left, ...open } = detector.open(given, services) as OpenDetector;
  return open;
}

describe('personal data and secrets in a stream', () => {
  const said = [
    'Write to ada.lovelace+x@mail.example.org, or to jürgen@müller.example, before noon.',
    'She pays with 4111 1111 1111 1111, he from DE89 3704 0044 0532 0130 00, both today.',
    'Call +49 30 901820 or (212) 555-0123; the desk closes early.',
    'He lives at 221 Baker Street, London and was born on 12/03/1984, they say.',
    'My name is Tomasz Kowalski. The office is at Hauptstraße 12, 10115 Berlin, second door.',
    'His SSN is 219-09-9999 and the server is at 203.0.113.9 or 2001:db8::ff00:42:8329 now.',
    `The token is ghp_${'a1B2c3D4e5F6'.repeat(3)} and the password: Tr0ub4dor&3x, keep both.`,
    `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n'.repeat(20)}-----END PRIVATE KEY-----\nThat was it.`,
    '联系邮箱是 wang@example.cn，身份证 11010519491231002X，谢谢。',
    'Regards,\nMs. Fatima al Hassan went to Leeds, Ms. Fatima al Hassan died, Peter Lindqvist was there.',
    '. Maria da Conceição Ferreira <b>48 Fenwick Road, Leeds LS6 2AB</b> (219-09-9999)',
    '| Peter Lindqvist, John A. Smith (12 Main Street\nSpringfield, IL 62704 call me at Rosa Diaz',
    'The owners are **Anna Schmidt** and {"name":"Rosa Diaz","to":"Peter Lindqvist"}, as it says.',
    'A day in March 2024 with 3 items and 1,299.00 EUR holds nothing of the kind.',
  ];
  const checks = [check(pii, 'redact'), check(secrets, 'redact')];

  it.each(said)('are taken out as from the whole text, in any chunking: %s', async (text) => {
    const { text: whole } = await show(guarded(checks), [text]);
    for (let seed = 0; seed < 25; seed++) expect((await show(guarded(checks), cutAnyhow(text, seed))).text).toBe(whole);
  });

  it('delay plain prose by a token at p95', async () => {
    const pieces = words(prose);
    const { held } = await show(guarded(checks), pieces);
    const late = held.filter((characters, index) => characters > pieces[index]!.length);
    expect(late.length).toBeLessThanOrEqual(held.length * 0.05);
  });
});

describe('detectors that judge wholes', () => {
  const long = Array.from({ length: 60 }, (_, index) => `Sentence number ${index} says little.`).join(' ');

  it('end the stream at the next sentence, and it is known how much had left', async () => {
    const guard = guarded([check(whole('number 7 '), 'block')]);
    const shown = await show(guard, words(long));
    expect(shown.stopped).toBe(true);
    expect(shown.text.length).toBe(guard.released());
    expect(shown.text).not.toContain('number 8 ');
  });

  it('let nothing of the sentence out in hold, and cost one sentence at most', async () => {
    const guard = guarded([check(whole('number 7 '), 'block')], { mode: 'hold' });
    const shown = await show(guard, words(long));
    expect(shown.text.trimEnd()).toMatch(/number 6 says little\.$/);
    expect(Math.max(...shown.held)).toBeLessThan(40);
  });

  it('are asked every 200 characters where no sentence ends', async () => {
    const guard = guarded([check(whole('needle'), 'block')]);
    const shown = await show(guard, cutAnyhow(`${'word '.repeat(30)}needle ${'word '.repeat(200)}`, 3));
    expect(shown.stopped).toBe(true);
    expect(shown.text.length).toBeLessThan(430);
  });

  it.each([
    ['closed', true],
    ['open', false],
  ] as const)('that fail: %s', async (on_failure, stopped) => {
    const broken = whole('', () => {
      throw new Error('out of order');
    });
    const shown = await show(guarded([check(broken, 'block', null, { on_failure })]), words(prose));
    expect(shown.stopped).toBe(stopped);
    if (!stopped) expect(shown.text).toBe(prose);
  });
});

it('a policy that does not look at answers holds nothing back', async () => {
  const guard = guarded([check(contains, 'block', SECRET, { targets: ['user'] })]);
  expect((await guard.push(SECRET)).text).toBe(SECRET);
});
