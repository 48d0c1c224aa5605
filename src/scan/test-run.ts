// Runs one test: its conversations are asked one after the other, judged, and stored try by try.
import type { ChatMessage } from '../core/chat.ts';
import { seededRandom } from '../core/random.ts';
import type { TestCase } from '../core/test-case.ts';
import type { SingleTurnAttack } from './attacks/attack.ts';
import { requireAttack } from './attacks/index.ts';
import { casesOf } from './controls.ts';
import type { PlannedTest } from './plan.ts';
import { runSearch } from './search-run.ts';
import { talk } from './target-talk.ts';
import type { TestGround, TestRunContext } from './test-context.ts';
import { decisionOver, testRow } from './test-row.ts';
import { recordOfStored } from './try-record.ts';
import { versionsOf } from './variants.ts';

/** What is asked in a test, in order: the conversations that the attack makes of each version of the case. */
function conversationsOf(
  { spec }: TestRunContext,
  planned: PlannedTest,
  attack: SingleTurnAttack,
  testCase: TestCase,
): (readonly ChatMessage[])[] {
  return versionsOf(testCase, spec.target.temperature).flatMap((version) => {
    const random = seededRandom(spec.seed, testCase.id, planned.attack.label);
    return attack.conversations(version, planned.attack.parameters, random);
  });
}

async function runConversations(
  ground: TestGround,
  conversations: readonly (readonly ChatMessage[])[],
): Promise<boolean> {
  const { context, planned, judged } = ground;
  const { scanId, vault } = context;
  const stored = conversations.length > 1 ? await context.triesStored(planned.testNo) : [];
  const records = stored.map((row) => recordOfStored(vault, row));
  const decided = () => testRow(scanId, planned, judged, decisionOver(judged, records));
  for (let tryNo = records.length; tryNo < conversations.length; tryNo++) {
    const talked = await talk(ground, tryNo, conversations[tryNo]!);
    if (talked === null) return false;
    records.push(talked.record);
    const isLast = records.length === conversations.length;
    await context.store({
      ...(isLast ? { test: decided() } : {}),
      tries: [talked.record.row] as const,
      calls: talked.calls,
      tokens: talked.tokens,
    });
  }
  if (stored.length === conversations.length) await context.store({ test: decided(), tries: [], calls: [] });
  return true;
}

/**
 * Runs a planned test and stores what it brings: each try as it comes, the test with its last try.
 * False: the scan was stopped before the test was decided; what was answered is stored.
 */
export async function runTest(context: TestRunContext, planned: PlannedTest): Promise<boolean> {
  const cases = casesOf(context.spec, planned);
  const attack = requireAttack(planned.attack.id);
  if (attack.search) return runSearch({ context, planned, ...cases, attack });
  const conversations = conversationsOf(context, planned, attack, cases.testCase);
  return runConversations({ context, planned, ...cases, attack }, conversations);
}
