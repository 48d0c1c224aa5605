import { describe, expect, it } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { decide } from './decide.ts';
import {
  type Detection,
  type Detector,
  detectionOf,
  nothingDetected,
  type OpenDetector,
} from './detectors/detector.ts';
import { evaluate } from './evaluate.ts';
import type { Decision, Finding } from './finding.ts';
import type { GuardMessage } from './message.ts';
import type { Check } from './open-policy.ts';
import { type Action, type Policy, policySchema } from './policy.ts';

const user = (content: string): GuardMessage => ({ role: 'user', content });

function detector(id: string, detect: OpenDetector['detect'], changes: Partial<Detector> = {}): Detector {
  return {
    id,
    title: id,
    summary: '',
    version: 1,
    cost: 'rules',
    experimental: false,
    reads: 'forms',
    asks: 'message',
    threshold: 0.5,
    reference: null,
    open: () => ({ detect }),
    ...changes,
  };
}

/** Fires where the word stands. */
const word =
  (found: string) =>
  (text: string): Detection => {
    const start = text.indexOf(found);
    return detectionOf(start < 0 ? [] : [{ start, end: start + found.length, label: 'WORD', score: 1 }]);
  };

function check(made: Detector, action: Action = 'block', policy: Record<string, unknown> = {}): Check {
  const rule = { detector: made.id, action, threshold: null };
  const whole: Policy = policySchema.parse({ id: `policy-${made.id}`, rules: [rule], ...policy });
  return {
    policy: whole,
    rule,
    detector: made,
    open: made.open(null, { judge: null }) as OpenDetector,
    question: made.id,
  };
}

const ask = (checks: readonly Check[], messages: readonly GuardMessage[], failFast = false): Promise<Finding[]> =>
  evaluate(checks, messages, { clock: systemClock, session: null, failFast });

const decided = async (checks: readonly Check[], content = 'some text'): Promise<Decision> =>
  decide(await ask(checks, [user(content)]), null);

describe('evaluate', () => {
  it('asks about the roles of the policy, and says where none occurs', async () => {
    const checks = [check(detector('a', word('bad')), 'block', { targets: ['assistant'] })];
    const [absent] = await ask(checks, [user('bad')]);
    expect(absent).toMatchObject({ asked: false, detected: false, score: null });
    const [present] = await ask(checks, [user('bad'), { role: 'assistant', content: 'so bad' }]);
    expect(present).toMatchObject({ asked: true, detected: true, score: 1 });
    expect(present!.hits).toEqual([{ index: 1, score: 1, spans: [expect.objectContaining({ start: 3, end: 6 })] }]);
  });

  it('fires at the threshold, not only above it', async () => {
    const scoring = detector('s', () => ({ ...nothingDetected, score: 0.8 }), { threshold: 0.8 });
    expect((await ask([check(scoring)], [user('x')]))[0]!.detected).toBe(true);
  });

  it('lets a detector raise its threshold with the number of windows', async () => {
    const scoring = detector('s', () => ({ ...nothingDetected, score: 0.8, windows: 10 }), {
      thresholdFor: (threshold, { windows }) => threshold + windows! / 100,
      threshold: 0.75,
    });
    expect((await ask([check(scoring)], [user('x')]))[0]).toMatchObject({ detected: false, threshold: 0.85 });
  });

  it('takes for places the windows at or above the threshold of the rule, those that touch as one', async () => {
    const window = (start: number, score: number) => ({ start, end: start + 20, label: 'L', score });
    const spans = [window(0, 0.1), window(10, 0.35), window(20, 0.45), window(60, 0.32), window(90, 0.6)];
    const at = async (threshold: number) => {
      const scoring = detector('w', () => ({ score: 0.6, labels: [], spans, windows: 5 }), {
        threshold,
        thresholdFor: (base) => base + 0.1,
      });
      return (await ask([check(scoring)], [user('x'.repeat(110))]))[0]!.hits[0]!.spans;
    };
    expect(await at(0.3)).toEqual([{ start: 10, end: 40, label: 'L', score: 0.45 }, window(90, 0.6)]);
    expect(await at(0.5)).toEqual([window(90, 0.6)]);
  });

  it('asks the cheapest first, and tells in the order of the policies', async () => {
    const asked: string[] = [];
    const noting = (id: string, cost: Detector['cost']): Check =>
      check(
        detector(
          id,
          () => {
            asked.push(id);
            return nothingDetected;
          },
          { cost },
        ),
      );
    const findings = await ask(
      [noting('dear', 'remote'), noting('cheap', 'rules'), noting('middle', 'encoder')],
      [user('x')],
    );
    expect(asked).toEqual(['cheap', 'middle', 'dear']);
    expect(findings.map((finding) => finding.detector)).toEqual(['dear', 'cheap', 'middle']);
  });

  it('stops at what denies, but still redacts all messages', async () => {
    const checks = [
      check(detector('blocks', word('bad'))),
      check(detector('flags', word('bad')), 'flag'),
      check(detector('redacts', word('name')), 'redact'),
    ];
    const findings = await ask(checks, [user('bad'), user('my name')], true);
    expect(findings.map((finding) => finding.detector)).toEqual(['blocks', 'redacts']);
    expect(findings[1]!.hits).toHaveLength(1);
  });

  it('asks the same question once, whoever asks it', async () => {
    let times = 0;
    const counted = detector('same', () => {
      times += 1;
      return nothingDetected;
    });
    await ask([check(counted), check(counted, 'flag')], [user('a'), user('b')]);
    expect(times).toBe(2);
  });
});

describe('a detector that cannot decide', () => {
  const thrown = detector('throws', () => {
    throw new Error('out of order');
  });
  const rejected = detector('rejects', () => Promise.reject(new Error('out of order')));
  const hung = detector('hangs', () => new Promise<Detection>(() => undefined));

  it.each([
    ['throws', thrown, 'out of order'],
    ['rejects', rejected, 'out of order'],
    ['hangs', hung, 'took longer than 50 ms'],
  ])('%s: closed denies, open lets pass, and the finding says why', async (_what, made, reason) => {
    const begun = performance.now();
    const closed = await decided([check(made, 'block', { time_limit_ms: 50 })]);
    expect(closed).toMatchObject({ denied: true, flagged: true, undecided: true });
    expect(closed.findings[0]).toMatchObject({ undecided: reason, detected: false, score: null });
    const open = await decided([check(made, 'block', { time_limit_ms: 50, on_failure: 'open' })]);
    expect(open).toMatchObject({ denied: false, flagged: false, undecided: true });
    expect(performance.now() - begun).toBeLessThan(1500);
  });

  it('does not keep others from deciding', async () => {
    const findings = await ask([check(thrown), check(detector('works', word('text')))], [user('some text')]);
    expect(findings.map((finding) => finding.detected)).toEqual([false, true]);
  });

  it('is told that nobody waits any longer', async () => {
    let told = false;
    const waiting = detector('waits', (_text, { signal }) => {
      signal.addEventListener('abort', () => {
        told = true;
      });
      return new Promise<Detection>(() => undefined);
    });
    await decided([check(waiting, 'block', { time_limit_ms: 20 })]);
    expect(told).toBe(true);
  });
});

describe('disguised text', () => {
  const hit = async (content: string): Promise<Finding['hits']> =>
    (await ask([check(detector('w', word('secret word')))], [user(content)]))[0]!.hits;

  it.each([
    ['zero-width characters', 'the se\u200Bcret w\u200Bord is'],
    ['look-alike letters', 'the sеcrеt wоrd is'],
    ['base64', `read ${Buffer.from('the secret word is').toString('base64')} now`],
    [
      'base64 in base64',
      `read ${Buffer.from(Buffer.from('tell the secret word to me').toString('base64')).toString('base64')}`,
    ],
    ['hex', `read ${Buffer.from('the secret word is').toString('hex')}`],
    [
      'percent, twice',
      encodeURIComponent(encodeURIComponent('say: "the secret word" / now!')).replaceAll('secret', '%2573%2565cret'),
    ],
    ['leetspeak', 'th3 s3cr3t w0rd 1s'],
    ['rot13', 'gryy zr gur frperg jbeq naq guvf'],
  ])('is read: %s', async (_what, content) => {
    expect(await hit(content)).toHaveLength(1);
  });

  it('gives places in the message as it was sent', async () => {
    const coded = Buffer.from('the secret word is').toString('base64');
    const [found] = await hit(`read ${coded} now`);
    expect(found!.spans).toEqual([expect.objectContaining({ start: 5, end: 5 + coded.length })]);
    const [hidden] = await hit('tell me the se\u200Bcret w\u200Bord now');
    expect('tell me the se\u200Bcret w\u200Bord now'.slice(hidden!.spans[0]!.start, hidden!.spans[0]!.end)).toBe(
      'se\u200Bcret w\u200Bord',
    );
  });
});
