// Past tense (Andriushchenko & Flammarion, 2407.11969): asks how it was done once, as if for history's sake. A model
// rewrites the request again and again, as in the paper; without one it is rewritten once, by rules.
import { z } from 'zod';
import { type Attack, harmfulIntent } from '../attack.ts';
import { readObject, systemTurn, userTurn } from '../attacker-words.ts';
import { openingWith, requestOf } from '../opening.ts';
import { fill, promptFile } from '../prompt-file.ts';
import type { Search } from '../search.ts';
import { inTense, tenses } from './tenses.ts';

const words = promptFile(
  'past-tense',
  z.strictObject({
    system: z.string(),
    ask: z.string(),
    tenses: z.record(z.enum(tenses), z.strictObject({ when: z.string(), example: z.string() })),
  }),
);

const parameters = z.strictObject({
  /** The paper compares both; the past works better. */
  tense: z.enum(tenses).default('past'),
  /** Rewritings until one succeeds; the paper makes 20. Without an attacker model there is one. */
  rewrites: z.coerce.number().int().min(1).max(20).default(20),
});
type TenseParameters = z.infer<typeof parameters>;

const rewritten = readObject(z.object({ prompt: z.string().min(1) }));

/** The request in the other tense; null where the attacker wrote none. */
async function rewrite(
  { testCase, attacker }: Pick<Search, 'testCase' | 'attacker'>,
  { tense }: TenseParameters,
): Promise<string | null> {
  const request = requestOf(testCase);
  if (attacker === null) return inTense(request, tense);
  const { system, ask, tenses: told } = words();
  const messages = [systemTurn(fill(system, told[tense])), userTurn(fill(ask, { request }))];
  return (await attacker.write(messages, rewritten))?.prompt ?? null;
}

export const pastTense: Attack<TenseParameters> = {
  id: 'past-tense',
  title: 'Past Tense',
  summary: 'Asks how the same thing was done in the past, in ever new words until one succeeds.',
  paper: 'https://arxiv.org/abs/2407.11969',
  family: 'framing',
  fidelity: 'structural',
  fidelityWithoutAttacker: 'static',
  needs: ['attacker', 'judge'],
  needsWithoutAttacker: [],
  version: 2,
  calls: 20,
  budget({ rewrites }, hasAttacker) {
    const calls = hasAttacker ? rewrites : 1;
    return { tries: calls, turns: 1, calls, attackerCalls: hasAttacker ? calls : 0 };
  },
  parameters,
  appliesTo: harmfulIntent,
  payload: (request, { tense }) => inTense(request, tense),
  async search(search, given) {
    const rounds = search.attacker === null ? 1 : given.rewrites;
    let tryNo = 0;
    for (let round = 0; round < rounds; round++) {
      const prompt = await rewrite(search, given);
      if (prompt === null) continue;
      const { succeeded } = await search.ask(tryNo, openingWith(search.testCase, prompt));
      if (succeeded) return;
      tryNo += 1;
    }
  },
};
