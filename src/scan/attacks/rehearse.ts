// What an attack would say, without a call: for previews and for tests of the attacks alone.
import type { ChatMessage } from '../../core/chat.ts';
import { type Random, seededRandom } from '../../core/random.ts';
import type { TestCase } from '../../core/test-case.ts';
import type { Attack, AttackParameters } from './attack.ts';
import type { Reply, Search } from './search.ts';

const placeholder = "(the target's answer)";

const imagined: Reply = {
  text: placeholder,
  said: { role: 'assistant', content: placeholder },
  verdict: { outcome: 'defended', score: 100, confidence: 0, reason: 'kept', judge: 'none' },
  succeeded: false,
  refused: false,
  answered: true,
};

/** The draws of a try depend on nothing but scan seed, case, attack and the number of the try. */
export const randomOfTry = (seed: number, caseId: string, label: string, tryNo: number): Random =>
  seededRandom(seed, caseId, label, tryNo);

/**
 * What would be sent if the target never gave in, one conversation a try, without an attacker model and without a call;
 * where the target would speak in between, a placeholder stands. At most `most` conversations.
 */
export async function rehearse(
  attack: Attack,
  testCase: TestCase,
  chosen: { readonly label: string; readonly parameters: AttackParameters },
  seed: number,
  most = 20,
): Promise<(readonly ChatMessage[])[]> {
  if (!attack.search) {
    const random = seededRandom(seed, testCase.id, chosen.label);
    return [...attack.conversations(testCase, chosen.parameters, random)].slice(0, most);
  }
  const conversations = new Map<number, readonly ChatMessage[]>();
  const ask = async (tryNo: number, conversation: readonly ChatMessage[]): Promise<Reply> => {
    conversations.set(tryNo, conversation);
    return imagined;
  };
  const search: Search = {
    testCase,
    attacker: null,
    random: (tryNo) => randomOfTry(seed, testCase.id, chosen.label, tryNo),
    ask,
    lead: ask,
    backtrack: () => undefined,
  };
  await attack.search(search, chosen.parameters);
  return [...conversations.values()].slice(0, most);
}
