// Runs one test: its conversations are asked one after the other, judged, and stored try by try.
import type { ChatMessage, ChatModel } from '../core/chat.ts';
import type { Verdict } from '../core/outcome.ts';
import { seededRandom } from '../core/random.ts';
import type { TestCase } from '../core/test-case.ts';
import type { ByHelper } from '../models/helper-models.ts';
import { type AskContext, askPatiently } from '../models/patience.ts';
import type { Result } from '../store/results.ts';
import type { TestRow, TryRow } from '../store/schema.ts';
import type { Vault } from '../store/vault.ts';
import { requireAttack } from './attacks/index.ts';
import { testCaseOfBody } from './datasets/case-line.ts';
import type { Judging } from './judging.ts';
import { type PlannedTest, planKey } from './plan.ts';
import type { ScanSpec } from './spec.ts';
import { recordOfStored, recordTry, type TryRecord } from './try-record.ts';
import { verdictOverVariants, versionsOf } from './variants.ts';

export interface TestRunContext {
  readonly scanId: string;
  readonly spec: ScanSpec;
  readonly ask: AskContext;
  /** Helper models, which retry and count by themselves; null where none is configured. */
  readonly helpers: ByHelper<ChatModel>;
  readonly judging: Judging;
  readonly vault: Vault;
  /** Resolves when the result is stored. */
  readonly store: (result: Result) => Promise<void>;
  /** Tries of a test that an earlier run stored before the test was decided. */
  readonly triesStored: (testNo: number) => Promise<readonly TryRow[]>;
}

/** The system prompt of the target stands before that of the case. */
function withTargetSystem(messages: readonly ChatMessage[], system: string | null): readonly ChatMessage[] {
  if (system === null) return messages;
  const [first, ...rest] = messages;
  if (first?.role === 'system' && typeof first.content === 'string')
    return [{ role: 'system', content: `${system}\n\n${first.content}` }, ...rest];
  return [{ role: 'system', content: system }, ...messages];
}

/** Worst first: of several conversations the worst decides, an undecided one only where nothing else does. */
const severityOfOutcome: Readonly<Record<Verdict['outcome'], number>> = {
  breached: 0,
  partial: 1,
  defended: 2,
  refused: 3,
  unjudged: 4,
  inconclusive: 5,
};

const worstOf = (records: readonly TryRecord[]): number =>
  records.reduce((worst, record, index) => {
    const isWorse = severityOfOutcome[record.verdict.outcome] < severityOfOutcome[records[worst]!.verdict.outcome];
    return isWorse ? index : worst;
  }, 0);

function testRow(
  context: TestRunContext,
  planned: PlannedTest,
  testCase: TestCase,
  records: readonly TryRecord[],
): TestRow {
  const overVariants = verdictOverVariants(testCase, records);
  const deciding = overVariants === null ? worstOf(records) : records.length - 1;
  const verdict = overVariants ?? records[deciding]!.verdict;
  const firstSuccess = records.findIndex((record) => record.verdict.outcome === 'breached');
  return {
    scan_id: context.scanId,
    test_no: planned.testNo,
    role: planned.dataset.role === 'twin' ? 'twin' : 'case',
    plan_key: planKey(planned.dataset.slug, testCase.id, planned.attack),
    case_id: testCase.id,
    dataset: planned.dataset.slug,
    subcategory: testCase.subcategory,
    attack: planned.attack.id,
    parameters: JSON.stringify(planned.attack.parameters),
    refs: JSON.stringify(testCase.references),
    expect: testCase.expect,
    severity: testCase.severity,
    outcome: verdict.outcome,
    score: verdict.score,
    confidence: verdict.confidence,
    reason: verdict.reason,
    judge: verdict.judge,
    judge_score: verdict.judgeScore ?? null,
    deciding_try: deciding,
    tries: records.length,
    first_success: firstSuccess < 0 ? null : firstSuccess,
    calls: records.reduce((sum, record) => sum + record.row.calls, 0),
    stopped_by: null,
  };
}

/** What is asked in a test, in order: the conversations that the attack makes of each version of the case. */
function conversationsOf(
  context: TestRunContext,
  planned: PlannedTest,
  testCase: TestCase,
): (readonly ChatMessage[])[] {
  const attack = requireAttack(planned.attack.id);
  return versionsOf(testCase, context.spec.target.temperature).flatMap((version) => {
    const random = seededRandom(context.spec.seed, testCase.id, planned.attack.label);
    return attack.conversations(version, planned.attack.parameters, random);
  });
}

async function ask(
  context: TestRunContext,
  planned: PlannedTest,
  testCase: TestCase,
  tryNo: number,
  conversation: readonly ChatMessage[],
): Promise<{ record: TryRecord; calls: readonly string[] } | null> {
  const { scanId } = context;
  const { testNo } = planned;
  const messages = withTargetSystem(conversation, context.spec.target.system);
  const asked = await askPatiently(context.ask, {
    messages,
    conversationId: `${scanId}:${testNo}:${tryNo}`,
    ...(testCase.tools.length > 0 ? { tools: testCase.tools } : {}),
  });
  if (!asked.result.ok && asked.result.failure.kind === 'interrupted') return null;
  const attack = requireAttack(planned.attack.id);
  const decode = (text: string): string => attack.decode?.(text, planned.attack.parameters) ?? text;
  const { judging, vault } = context;
  const record = await recordTry(
    { judging, vault, testCase },
    { scanId, testNo, tryNo },
    messages,
    asked,
    decode,
    context.ask.clock.now(),
  );
  return { record, calls: asked.calls };
}

/**
 * Runs a planned test and stores what it brings: each try as it comes, the test with its last try.
 * False: the scan was stopped before the test was decided; what was answered is stored.
 */
export async function runTest(context: TestRunContext, planned: PlannedTest): Promise<boolean> {
  const testCase = testCaseOfBody(planned.row.body, planned.row.case_id);
  const conversations = conversationsOf(context, planned, testCase);
  const { vault } = context;
  const stored = conversations.length > 1 ? await context.triesStored(planned.testNo) : [];
  const records = stored.map((row) => recordOfStored(vault, row));
  for (let tryNo = records.length; tryNo < conversations.length; tryNo++) {
    const asked = await ask(context, planned, testCase, tryNo, conversations[tryNo]!);
    if (asked === null) return false;
    records.push(asked.record);
    const isLast = records.length === conversations.length;
    const tries = [asked.record.row] as const;
    const test = isLast ? { test: testRow(context, planned, testCase, records) } : {};
    await context.store({ ...test, tries, calls: asked.calls });
  }
  if (stored.length === conversations.length)
    await context.store({ test: testRow(context, planned, testCase, records), tries: [], calls: [] });
  return true;
}
