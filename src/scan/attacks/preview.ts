// What an attack makes of one text, without a target: for the command line and our API.
import type { ChatMessage } from '../../core/chat.ts';
import { seededRandom } from '../../core/random.ts';
import { testCaseOf } from '../datasets/case-line.ts';
import { chooseAttack, requireAttack } from './index.ts';
import { randomOfTry, rehearse } from './rehearse.ts';

export interface Preview {
  /** The transformed request alone. */
  readonly payload: string;
  /** What would be sent, one list a conversation. */
  readonly conversations: readonly (readonly ChatMessage[])[];
}

/** Throws UNKNOWN_VALUE or INVALID_FIELD, which name `field` or the parameter. */
export async function previewAttack(
  name: string,
  field: string,
  text: string,
  parameters: Readonly<Record<string, string>>,
  seed: number,
): Promise<Preview> {
  const chosen = chooseAttack(name, field, parameters);
  const testCase = testCaseOf({ prompt: text }, 'preview');
  const attack = requireAttack(chosen.id);
  const conversations = await rehearse(attack, testCase, chosen, seed);
  const random = attack.search
    ? randomOfTry(seed, testCase.id, chosen.label, 0)
    : seededRandom(seed, testCase.id, chosen.label);
  return { payload: attack.payload?.(text, chosen.parameters, random) ?? text, conversations };
}
