import { describe, expect, it } from 'vitest';
import { fails, says } from '../../tests/fakes/memory-scan.ts';
import type { CallResult, ChatRequest, ToolCall } from '../core/chat.ts';
import { systemClock } from '../core/clock.ts';
import { seededRandom } from '../core/random.ts';
import { createPacer } from '../models/pacing.ts';
import { askWithTools, MOST_STEPS } from './tool-loop.ts';

const calls = (...toolCalls: ToolCall[]): CallResult => {
  const result = says('');
  return result.ok
    ? { ...result, answer: { ...result.answer, toolCalls, usage: { prompt: 10, completion: 2 } } }
    : result;
};
const read = (id: string): ToolCall => ({ id, name: 'read_mail', arguments: '{}' });
const script = [{ tool: 'read_mail', result: 'A mail.' }];

async function loop(answers: readonly CallResult[], given = script) {
  const seen: ChatRequest[] = [];
  const ask = {
    model: {
      async call(request: ChatRequest) {
        seen.push(request);
        return answers[seen.length - 1] ?? answers.at(-1)!;
      },
      adaptations: () => [],
      close: async () => undefined,
    },
    pacer: createPacer({ concurrency: 1, qpm: null, clock: systemClock }),
    clock: systemClock,
    jitter: seededRandom('jitter'),
    mostCalls: 1,
  };
  const request = { messages: [{ role: 'user', content: 'Look.' }], conversationId: 'c' } as const;
  return { asked: await askWithTools(ask, request, given), seen };
}

describe('a conversation with tools', () => {
  it('is answered from the script until the target speaks', async () => {
    const { asked, seen } = await loop([calls(read('1')), calls(read('2')), says('Done.')]);
    expect(seen).toHaveLength(3);
    expect(seen[2]!.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant', 'tool']);
    expect(seen[1]!.messages.at(-1)).toEqual({ role: 'tool', content: 'A mail.', toolCallId: '1' });
    expect(asked.result).toMatchObject({ ok: true, answer: { text: 'Done.' } });
    expect(asked.toolCalls.map(({ id }) => id)).toEqual(['1', '2']);
    expect(asked.calls).toEqual(['ok', 'ok', 'ok']);
    if (asked.result.ok) expect(asked.result.answer.usage).toEqual({ prompt: 20, completion: 4 });
  });

  it(`ends after ${MOST_STEPS} steps`, async () => {
    const { asked, seen } = await loop([calls(read('again'))]);
    expect(seen).toHaveLength(MOST_STEPS);
    expect(asked.toolCalls).toHaveLength(MOST_STEPS);
  });

  it('without a script is one call', async () => {
    const { asked, seen } = await loop([calls(read('1'))], []);
    expect(seen).toHaveLength(1);
    expect(asked.toolCalls).toHaveLength(1);
  });

  it('that breaks off keeps the calls that were made', async () => {
    const { asked } = await loop([calls(read('1')), fails('timeout')]);
    expect(asked.result.ok).toBe(false);
    expect(asked.toolCalls).toHaveLength(1);
  });
});
