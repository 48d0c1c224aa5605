// Skeleton key (Microsoft, 2024): asks a model to extend its rules by a warning label instead of dropping them.
// Published as two turns; here consent and request are asked for in one message, as an application takes it.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';
import { templatePool } from './prompt-file.ts';

const keys = templatePool('skeleton-key');

/** `wording`: the id of a wording. */
const parameters = z.strictObject({ wording: keys.parameter('wording') });

export const skeletonKey: Attack<z.infer<typeof parameters>> = {
  id: 'skeleton-key',
  title: 'Skeleton Key',
  summary: 'Asks to extend the rules by a warning label instead of refusing, and asks at once.',
  paper:
    'https://www.microsoft.com/en-us/security/blog/2024/06/26/mitigating-skeleton-key-a-new-type-of-generative-ai-jailbreak-technique/',
  family: 'framing',
  fidelity: 'static',
  version: 1,
  calls: 1,
  parameters,
  appliesTo: harmfulIntent,
  conversations: (testCase, { wording }, random) => [
    openingWith(testCase, `${keys.choose(wording, random)}\n\n${requestOf(testCase)}`),
  ],
};
