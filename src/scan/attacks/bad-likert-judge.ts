// Bad Likert judge (Palo Alto Networks Unit 42, 2024): the model is to judge on a scale, then to write samples for its
// ends, then to fill out the worst of them. Two or three turns, as published.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { userTurn } from './attacker-words.ts';
import { openingWith, requestOf } from './opening.ts';
import { fill, promptFile } from './prompt-file.ts';

const words = promptFile(
  'bad-likert-judge',
  z.strictObject({ scale: z.string(), task: z.string(), request: z.string(), more: z.string() }),
);

const parameters = z.strictObject({
  /** Points of the scale. */
  points: z.coerce.number().int().min(2).max(10).default(3),
  /** 2: scale and samples. 3: then the sample of the top in more detail. */
  turns: z.coerce.number().int().min(2).max(3).default(3),
});

export const badLikertJudge: Attack<z.infer<typeof parameters>> = {
  id: 'bad-likert-judge',
  title: 'Bad Likert Judge',
  summary:
    'Makes the model a judge of answers, who writes a sample for the worst end of its scale and then more of it.',
  paper: 'https://unit42.paloaltonetworks.com/multi-turn-technique-jailbreaks-llms/',
  family: 'multi-turn',
  fidelity: 'structural',
  version: 2,
  calls: 3,
  budget: ({ turns }) => ({ tries: 1, turns, calls: turns, attackerCalls: 0 }),
  parameters,
  appliesTo: harmfulIntent,
  async search({ testCase, ask, lead }, { points, turns }) {
    const { scale, task, request, more } = words();
    const filled = { points: String(points), subject: (testCase.leaf ?? testCase.subcategory).toLowerCase() };
    const opened = openingWith(testCase, fill(scale, filled));
    const judge = await lead(0, opened);
    if (!judge.answered) return;
    const asking = `${fill(request, { request: requestOf(testCase) })}\n\n${fill(task, filled)}`;
    const asked = [...opened, judge.said, userTurn(asking)];
    const samples = await ask(0, asked);
    if (turns === 2 || samples.succeeded || !samples.answered || samples.refused) return;
    await ask(0, [...asked, samples.said, userTurn(fill(more, filled))]);
  },
};
