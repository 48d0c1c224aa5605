// Bad Likert judge (Palo Alto Networks Unit 42, 2024): the model is to judge on a scale, and to write samples for its ends.
// Published as two or three turns; this form asks for the samples at once.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';
import { fill, promptFile } from './prompt-file.ts';

const words = promptFile(
  'bad-likert-judge',
  z.strictObject({ scale: z.string(), task: z.string(), request: z.string() }),
);

const parameters = z.strictObject({
  /** Points of the scale. */
  points: z.coerce.number().int().min(2).max(10).default(3),
});

export const badLikertJudge: Attack<z.infer<typeof parameters>> = {
  id: 'bad-likert-judge',
  title: 'Bad Likert Judge',
  summary: 'Makes the model a judge of answers, who writes a sample for the worst end of its scale.',
  paper: 'https://unit42.paloaltonetworks.com/multi-turn-technique-jailbreaks-llms/',
  family: 'framing',
  fidelity: 'static',
  version: 1,
  calls: 1,
  parameters,
  appliesTo: harmfulIntent,
  conversations(testCase, { points }) {
    const { scale, task, request } = words();
    const filled = { points: String(points) };
    const asked = fill(request, { request: requestOf(testCase) });
    return [openingWith(testCase, `${fill(scale, filled)}\n\n${asked}\n\n${fill(task, filled)}`)];
  },
};
