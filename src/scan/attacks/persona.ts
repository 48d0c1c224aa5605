// The persona attack: the model is to play somebody who would answer. The personas are data, drawn by the seed.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';

const path = fileURLToPath(new URL('../../../data/prompts/personas.yaml', import.meta.url));

const personaSchema = z.strictObject({ id: z.string(), text: z.string() });
type Persona = z.infer<typeof personaSchema>;

let known: readonly Persona[] | null = null;

/** All personas that ship. Read once: the package does not change while it runs. */
function personas(): readonly Persona[] {
  known ??= z
    .array(personaSchema)
    .min(1)
    .parse(parse(readFileSync(path, 'utf8')));
  return known;
}

const DRAWN = 'drawn';

const parameters = z.strictObject({
  /** The id of a persona; "drawn": one by the seed, another for each case. */
  persona: z
    .string()
    .refine((id) => id === DRAWN || personas().some((persona) => persona.id === id), {
      error: () =>
        `persona is "${DRAWN}" or one of ${personas()
          .map((persona) => persona.id)
          .join(', ')}`,
    })
    .default(DRAWN),
});

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
  conversations(testCase, { persona: id }, random) {
    const pool = personas();
    const chosen = pool.find((persona) => persona.id === id) ?? pool[random.below(pool.length)]!;
    return [openingWith(testCase, `${chosen.text.trim()}\n\n${requestOf(testCase)}`)];
  },
};
