// Many-shot (Anil et al., 2024): a long row of questions that were all answered, before the one that matters.
// The published dialogues answer harmful questions; ours are harmless, so that nothing harmful ships with them.
import { z } from 'zod';
import type { ChatMessage } from '../../core/chat.ts';
import { type Random, sampleIndices } from '../../core/random.ts';
import { type Attack, harmfulIntent } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';
import { promptFile } from './prompt-file.ts';

type Shot = [string, string];
const shotsOf = promptFile<Shot[]>('many-shot', z.array(z.tuple([z.string(), z.string()])).min(1));

const parameters = z.strictObject({
  /** Dialogues shown. Beyond those that ship they come round again, in another order. */
  shots: z.coerce.number().int().min(1).max(256).default(32),
  /** All in the one message that an application takes, or as turns of the conversation. */
  place: z.enum(['message', 'turns']).default('message'),
});

function drawShots(count: number, random: Random): Shot[] {
  const pool = shotsOf();
  const drawn: Shot[] = [];
  while (drawn.length < count) {
    const round = sampleIndices(pool.length, Math.min(count - drawn.length, pool.length), random);
    const from = random.below(round.length);
    // A round begins somewhere else each time, so that repeated rounds differ.
    for (const index of [...round.slice(from), ...round.slice(0, from)]) drawn.push(pool[index]!);
  }
  return drawn;
}

const asTurns = (shots: readonly Shot[]): ChatMessage[] =>
  shots.flatMap(([question, answer]): ChatMessage[] => [
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ]);

export const manyShot: Attack<z.infer<typeof parameters>> = {
  id: 'many-shot',
  title: 'Many-shot',
  summary: 'Shows a long row of answered questions, all harmless, before the request.',
  paper: 'https://www.anthropic.com/research/many-shot-jailbreaking',
  family: 'framing',
  fidelity: 'static',
  version: 1,
  calls: 1,
  parameters,
  appliesTo: harmfulIntent,
  conversations(testCase, { shots, place }, random) {
    const drawn = drawShots(shots, random);
    const request = requestOf(testCase);
    if (place === 'turns') {
      const opening = openingWith(testCase, request);
      return [[...opening.slice(0, -1), ...asTurns(drawn), opening.at(-1)!]];
    }
    const dialogues = drawn.map(([question, answer]) => `User: ${question}\nAssistant: ${answer}`);
    const text = [...dialogues, `User: ${request}\nAssistant:`].join('\n\n');
    return [openingWith(testCase, text)];
  },
};
