// TAP, tree of attacks with pruning (Mehrotra et al., 2312.02119): each prompt branches into several, those that no longer
// ask for the goal are cut before they are sent, and only the best rated ones grow on.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { goalOf, ratingOf } from './attacker-words.ts';
import { openingWith } from './opening.ts';
import { fill } from './prompt-file.ts';
import { isOnTopic, newThread, refine, refinementWords, rewritten, sayInTurn, type Thread } from './refinement.ts';
import type { Attacker, Search } from './search.ts';

/** Calls to the attacker for one prompt: it is written, and held against the goal. */
const CALLS_PER_PROMPT = 2;

const parameters = z.strictObject({
  /** Prompts that grow on at each depth. The paper: 10; PyRIT: 3. */
  width: z.coerce.number().int().min(1).max(10).default(3),
  /** The paper: 10; PyRIT: 5. */
  depth: z.coerce.number().int().min(1).max(10).default(5),
  /** New prompts out of each. The paper: 4; PyRIT: 2. */
  branching: z.coerce.number().int().min(1).max(10).default(2),
  keep: z.coerce.number().int().min(1).max(10).default(3),
});
type TapParameters = z.infer<typeof parameters>;

/** Prompts that are sent at most: the first depth grows from a single root. */
const mostSent = ({ width, depth, branching }: TapParameters): number =>
  Array.from({ length: depth }).reduce<{ leaves: number; sent: number }>(
    ({ leaves, sent }) => ({ leaves: Math.min(width, leaves * branching), sent: sent + leaves * branching }),
    { leaves: 1, sent: 0 },
  ).sent;

const ratingOfThread = ({ lastReply }: Thread): number => (lastReply === null ? 0 : ratingOf(lastReply.verdict));

async function grow(search: Search, attacker: Attacker, given: TapParameters): Promise<void> {
  let leaves: readonly Thread[] = [newThread(0)];
  let tryNo = 0;
  for (let level = 0; level < given.depth && leaves.length > 0; level++) {
    const grown: Thread[] = [];
    for (const leaf of leaves.flatMap((each) => Array.from({ length: given.branching }, () => each))) {
      const refined = await refine(search, attacker, leaf, given.keep);
      if (refined === null || !(await isOnTopic(search, attacker, refined.prompt))) continue;
      const lastReply = await search.ask(tryNo, openingWith(search.testCase, refined.prompt));
      tryNo += 1;
      if (lastReply.succeeded) return;
      grown.push({ ...refined.thread, lastReply });
    }
    leaves = grown.toSorted((a, b) => ratingOfThread(b) - ratingOfThread(a)).slice(0, given.width);
  }
}

/** The rewritings, and each of them in every style: a tree of two levels. */
function staticPrompts(goal: string): string[] {
  const first = rewritten(goal);
  const { styles } = refinementWords();
  return [...first, ...first.flatMap((prompt) => styles.map((style) => fill(style, { prompt })))];
}

export const tap: Attack<TapParameters> = {
  id: 'tap',
  title: 'TAP',
  summary: 'Grows a tree of prompts by an attacker model, cutting what strays from the goal and what is rated low.',
  paper: 'https://arxiv.org/abs/2312.02119',
  family: 'search',
  fidelity: 'structural',
  fidelityWithoutAttacker: 'static',
  needs: ['attacker', 'judge'],
  version: 1,
  calls: 24,
  budget(given, hasAttacker) {
    const calls = hasAttacker ? mostSent(given) : staticPrompts('').length;
    return { tries: calls, turns: 1, calls, attackerCalls: hasAttacker ? calls * CALLS_PER_PROMPT : 0 };
  },
  parameters,
  appliesTo: harmfulIntent,
  search: (search, given) =>
    search.attacker === null
      ? sayInTurn(search, staticPrompts(goalOf(search.testCase)))
      : grow(search, search.attacker, given),
};
