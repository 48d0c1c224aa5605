// Persuasive adversarial prompts (Zeng et al., 2401.06373): the request is put as a persuasive person would put it, by
// one technique of the paper's taxonomy after the other.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { readObject, systemTurn, userTurn } from './attacker-words.ts';
import { openingWith, requestOf } from './opening.ts';
import { fill, promptFile } from './prompt-file.ts';
import type { Search } from './search.ts';

const techniqueSchema = z.strictObject({ id: z.string(), title: z.string(), how: z.string(), static: z.string() });
type Technique = z.infer<typeof techniqueSchema>;

const words = promptFile(
  'persuasion',
  z.strictObject({ system: z.string(), ask: z.string(), techniques: z.array(techniqueSchema).min(1) }),
);

/** Those that the paper found to work best over its models. */
const best = ['logical-appeal', 'authority-endorsement', 'misrepresentation', 'evidence-based', 'expert-endorsement'];

const choices = { top: 'top', all: 'all' } as const;
const isKnown = (name: string): boolean => name in choices || words().techniques.some(({ id }) => id === name);

const parameters = z.strictObject({
  /** "top": five that the paper found strongest; "all": all forty; or the id of one. */
  techniques: z
    .string()
    .refine(isKnown, {
      error: () =>
        `techniques is "top", "all" or one of ${words()
          .techniques.map(({ id }) => id)
          .join(', ')}`,
    })
    .default('top'),
  /** Rewritings by each technique; the paper makes 10. Without an attacker model there is one. */
  trials: z.coerce.number().int().min(1).max(10).default(1),
});
type PapParameters = z.infer<typeof parameters>;

function techniquesOf({ techniques }: PapParameters): readonly Technique[] {
  const all = words().techniques;
  if (techniques === choices.all) return all;
  const wanted = techniques === choices.top ? best : [techniques];
  return wanted.flatMap((id) => all.find((technique) => technique.id === id) ?? []);
}

const rewritten = readObject(z.object({ prompt: z.string().min(1) }));

/** The request in the words of a technique; null where the attacker wrote none. */
async function persuade(
  { testCase, attacker }: Pick<Search, 'testCase' | 'attacker'>,
  technique: Technique,
): Promise<string | null> {
  const request = requestOf(testCase);
  if (attacker === null) return fill(technique.static, { request });
  const { system, ask } = words();
  const question = fill(ask, { request, title: technique.title, how: technique.how });
  return (await attacker.write([systemTurn(system), userTurn(question)], rewritten))?.prompt ?? null;
}

export const pap: Attack<PapParameters> = {
  id: 'pap',
  title: 'Persuasion (PAP)',
  summary: 'Puts the request as a persuasive person would, by one technique of persuasion after the other.',
  paper: 'https://arxiv.org/abs/2401.06373',
  family: 'persuasion',
  fidelity: 'structural',
  fidelityWithoutAttacker: 'static',
  needs: ['attacker', 'judge'],
  version: 1,
  calls: 5,
  budget(given, hasAttacker) {
    const calls = techniquesOf(given).length * (hasAttacker ? given.trials : 1);
    return { tries: calls, turns: 1, calls, attackerCalls: hasAttacker ? calls : 0 };
  },
  parameters,
  appliesTo: harmfulIntent,
  async search(search, given) {
    const rounds = search.attacker === null ? 1 : given.trials;
    let tryNo = 0;
    for (let round = 0; round < rounds; round++) {
      for (const technique of techniquesOf(given)) {
        const prompt = await persuade(search, technique);
        if (prompt === null) continue;
        const { succeeded } = await search.ask(tryNo, openingWith(search.testCase, prompt));
        if (succeeded) return;
        tryNo += 1;
      }
    }
  },
};
