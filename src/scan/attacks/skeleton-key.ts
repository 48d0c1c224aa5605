// Skeleton key (Microsoft, 2024): asks a model to extend its rules by a warning label instead of dropping them, and asks
// once it has agreed. Two turns, as published.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { userTurn } from './attacker-words.ts';
import { openingWith, requestOf } from './opening.ts';
import { templatePool } from './prompt-file.ts';

const keys = templatePool('skeleton-key');

/** `wording`: the id of a wording. */
const parameters = z.strictObject({ wording: keys.parameter('wording') });

const TURNS = 2;

export const skeletonKey: Attack<z.infer<typeof parameters>> = {
  id: 'skeleton-key',
  title: 'Skeleton Key',
  summary: 'Asks to extend the rules by a warning label instead of refusing, and then for the request itself.',
  paper:
    'https://www.microsoft.com/en-us/security/blog/2024/06/26/mitigating-skeleton-key-a-new-type-of-generative-ai-jailbreak-technique/',
  family: 'multi-turn',
  fidelity: 'structural',
  version: 2,
  calls: TURNS,
  budget: () => ({ tries: 1, turns: TURNS, calls: TURNS, attackerCalls: 0 }),
  parameters,
  appliesTo: harmfulIntent,
  async search({ testCase, random, ask, lead }, { wording }) {
    const opened = openingWith(testCase, keys.choose(wording, random(0)));
    const reply = await lead(0, opened);
    // Refused or not, the request follows, as in the published code.
    if (reply.answered) await ask(0, [...opened, reply.said, userTurn(requestOf(testCase))]);
  },
};
