// The persona attack: the model is to play somebody who would answer. The personas are data, drawn by the seed.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';
import { templatePool } from './prompt-file.ts';

const personas = templatePool('personas');

/** `persona`: the id of a persona. */
const parameters = z.strictObject({ persona: personas.parameter('persona') });

export const persona: Attack<z.infer<typeof parameters>> = {
  id: 'persona',
  title: 'Persona',
  summary: 'Asks the model to play an invented person who answers everything.',
  paper: 'https://arxiv.org/abs/2308.03825',
  family: 'framing',
  fidelity: 'structural',
  version: 1,
  calls: 1,
  parameters,
  appliesTo: harmfulIntent,
  conversations: (testCase, { persona: id }, random) => [
    openingWith(testCase, `${personas.choose(id, random)}\n\n${requestOf(testCase)}`),
  ],
};
