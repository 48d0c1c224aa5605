import { describe, expect, it } from 'vitest';
import { fails, says } from '../../tests/fakes/memory-scan.ts';
import type { CallResult, ChatRequest } from '../core/chat.ts';
import { systemClock } from '../core/clock.ts';
import type { Clock } from '../core/ports.ts';
import { seededRandom } from '../core/random.ts';
import { configuredHelper, patientHelpers } from './helper-models.ts';
import type { OpenTarget } from './open-target.ts';
import { createPacer } from './pacing.ts';

const clock: Clock = { ...systemClock, sleep: () => Promise.resolve() };
const request: ChatRequest = { messages: [{ role: 'user', content: 'How are you?' }], conversationId: 'c' };

function answering(results: CallResult[]): OpenTarget {
  return {
    model: {
      call: async () => results.shift() ?? fails('timeout'),
      adaptations: () => [],
      close: () => Promise.resolve(),
    },
    pacer: createPacer({ concurrency: 1, qpm: null, clock }),
    close: () => Promise.resolve(),
  };
}

const asking = (stop = new AbortController().signal) => ({ clock, jitter: seededRandom('helpers'), stopAsking: stop });

const counted = (text: string): CallResult => {
  const said = says(text);
  return said.ok ? { ...said, answer: { ...said.answer, usage: { prompt: 30, completion: 7 } } } : said;
};

describe('a helper model', () => {
  it('is asked again after a failure, and every call is counted once', async () => {
    const judge = answering([fails('server_error'), counted('Well.')]);
    const helpers = patientHelpers({ attacker: null, judge }, asking());
    expect(await helpers.models.judge?.call(request)).toMatchObject({ ok: true, answer: { text: 'Well.' } });
    expect(helpers.takeCalls()).toEqual([
      { role: 'judge', result: 'server_error', tokens: null },
      { role: 'judge', result: 'ok', tokens: { prompt: 30, completion: 7, estimated: false } },
    ]);
    expect(helpers.takeCalls()).toEqual([]);
    expect(helpers.models.attacker).toBeNull();
  });

  it('is heard after a stop where it judges, and not where it attacks', async () => {
    const opened = { attacker: answering([says('Try this.')]), judge: answering([says('Safe.')]) };
    const { models } = patientHelpers(opened, asking(AbortSignal.abort()));
    expect(await models.attacker?.call(request)).toMatchObject({ ok: false, failure: { kind: 'interrupted' } });
    expect(await models.judge?.call(request)).toMatchObject({ ok: true });
  });

  it('is named by host and model alone, and opened with its key', () => {
    const opened: unknown[] = [];
    const open = (...given: unknown[]): OpenTarget => {
      opened.push(given);
      return answering([]);
    };
    const settings = { url: 'http://j.example:8/v1/x', apiKey: 'sk-j', model: 'small', concurrency: 2, qpm: 9 };
    const helper = configuredHelper(open, 'judge', settings);
    expect(helper.name).toEqual({ host: 'j.example:8', model: 'small' });
    helper.open();
    expect(opened).toMatchObject([
      [{ url: settings.url, temperature: 0, qpm: 9 }, { apiKey: 'sk-j' }, expect.anything()],
    ]);
  });
});
