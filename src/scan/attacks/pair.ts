// PAIR (Chao et al., 2310.08419): several attackers side by side, each rewriting its prompt a few times by the answer and
// the judge's rating. One round of all of them after the other, as in the authors' code.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { goalOf } from './attacker-words.ts';
import { openingWith } from './opening.ts';
import { newThread, refine, refinementWords, rewritten, sayInTurn, type Thread } from './refinement.ts';
import type { Attacker, Search } from './search.ts';

const parameters = z.strictObject({
  /** Attackers side by side: N of the paper. */
  streams: z.coerce.number().int().min(1).max(60).default(20),
  /** Prompts of each: K of the paper. */
  depth: z.coerce.number().int().min(1).max(10).default(3),
  /** Rounds that an attacker remembers. */
  keep: z.coerce.number().int().min(1).max(10).default(3),
});
type PairParameters = z.infer<typeof parameters>;

async function rewrite(search: Search, attacker: Attacker, { streams, depth, keep }: PairParameters): Promise<void> {
  const threads: (Thread | null)[] = Array.from({ length: streams }, (_, index) => newThread(index));
  let tryNo = 0;
  for (let round = 0; round < depth; round++) {
    for (const [index, thread] of threads.entries()) {
      const refined = thread && (await refine(search, attacker, thread, keep));
      if (refined === null) {
        threads[index] = null;
        continue;
      }
      const lastReply = await search.ask(tryNo, openingWith(search.testCase, refined.prompt));
      tryNo += 1;
      if (lastReply.succeeded) return;
      threads[index] = { ...refined.thread, lastReply };
    }
  }
}

export const pair: Attack<PairParameters> = {
  id: 'pair',
  title: 'PAIR',
  summary: 'Lets attacker models rewrite the prompt by what the target answered and how it was rated.',
  paper: 'https://arxiv.org/abs/2310.08419',
  family: 'search',
  fidelity: 'structural',
  fidelityWithoutAttacker: 'static',
  needs: ['attacker', 'judge'],
  version: 1,
  calls: 60,
  budget({ streams, depth }, hasAttacker) {
    const calls = hasAttacker ? streams * depth : refinementWords().rewritings.length;
    return { tries: calls, turns: 1, calls, attackerCalls: hasAttacker ? calls : 0 };
  },
  parameters,
  appliesTo: harmfulIntent,
  search: (search, given) =>
    search.attacker === null
      ? sayInTurn(search, rewritten(goalOf(search.testCase)))
      : rewrite(search, search.attacker, given),
};
