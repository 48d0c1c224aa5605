// Humor Attack (Cisneros-Velarde, 2504.06577): the unedited request inside a playful frame. The paper finds that both less
// and more of the joke work worse, hence three intensities.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';
import { promptFile } from './prompt-file.ts';

const intensities = ['light', 'paper', 'heavy'] as const;

const frames = promptFile(
  'humor',
  z.record(z.enum(intensities), z.strictObject({ before: z.string(), after: z.string() })),
);

const parameters = z.strictObject({
  /** How much of a joke is made of it; "paper": as the paper does. */
  intensity: z.enum(intensities).default('paper'),
});

export const humor: Attack<z.infer<typeof parameters>> = {
  id: 'humor',
  title: 'Humor Attack',
  summary: 'Sets the unedited request into a playful frame.',
  paper: 'https://arxiv.org/abs/2504.06577',
  family: 'framing',
  fidelity: 'structural',
  version: 1,
  calls: 1,
  parameters,
  appliesTo: harmfulIntent,
  conversations(testCase, { intensity }) {
    const { before, after } = frames()[intensity];
    return [openingWith(testCase, `${before.trim()}\n\n${requestOf(testCase)}\n\n${after.trim()}`)];
  },
};
