// Runs one test: its conversations are asked, judged and put into the rows that are stored.
import type { CallFailure, ChatMessage } from '../core/chat.ts';
import { type Reason, scoreOf, type TestRole, type Verdict } from '../core/outcome.ts';
import { seededRandom } from '../core/random.ts';
import type { TestCase } from '../core/test-case.ts';
import { type AskContext, type Asked, askPatiently } from '../models/patience.ts';
import type { TestResult } from '../store/results.ts';
import type { TryRow } from '../store/schema.ts';
import type { StoredAnswer } from '../store/stored-test.ts';
import { placeOfTry, type Vault } from '../store/vault.ts';
import type { Attack } from './attacks/attack.ts';
import { requireAttack } from './attacks/index.ts';
import { testCaseOfBody } from './datasets/case-line.ts';
import { judgeTry } from './judges/index.ts';
import { type PlannedTest, planKey } from './plan.ts';
import type { ScanSpec } from './spec.ts';

export interface TestRunContext {
  readonly scanId: string;
  readonly spec: ScanSpec;
  readonly ask: AskContext;
  readonly vault: Vault;
}

const reasonOfFailure: Readonly<Partial<Record<CallFailure['kind'], Reason>>> = {
  timeout: 'timeout',
  empty: 'empty',
  cut: 'cut',
  unparseable: 'unparseable',
  interrupted: 'interrupted',
};

const unanswered = (failure: CallFailure): Verdict => ({
  outcome: 'inconclusive',
  score: null,
  confidence: 1,
  reason: reasonOfFailure[failure.kind] ?? 'target_error',
  judge: 'none',
});

const unjudged: Verdict = { outcome: 'unjudged', score: null, confidence: 0, reason: 'no_judge', judge: 'none' };

interface JudgedTryRecord {
  readonly verdict: Verdict;
  readonly asked: Asked;
  readonly row: TryRow;
}

/** The system prompt of the target stands before that of the case. */
function withTargetSystem(messages: readonly ChatMessage[], system: string | null): readonly ChatMessage[] {
  if (system === null) return messages;
  const [first, ...rest] = messages;
  if (first?.role === 'system' && typeof first.content === 'string')
    return [{ role: 'system', content: `${system}\n\n${first.content}` }, ...rest];
  return [{ role: 'system', content: system }, ...messages];
}

function verdictOf(context: TestRunContext, testCase: TestCase, asked: Asked, decoded: string): Verdict {
  if (!asked.result.ok) return unanswered(asked.result.failure);
  if (context.spec.judge === 'none') return unjudged;
  return judgeTry({ testCase, answer: asked.result.answer, decoded });
}

function sealedAnswer(asked: Asked, decoded: string): StoredAnswer {
  if (!asked.result.ok) return { failure: asked.result.failure.message };
  const { answer } = asked.result;
  return {
    text: answer.text,
    ...(decoded === answer.text ? {} : { decoded }),
    ...(answer.reasoning === null ? {} : { reasoning: answer.reasoning }),
    ...(answer.toolCalls.length === 0 ? {} : { toolCalls: answer.toolCalls }),
    ...(answer.refused ? { refused: true as const } : {}),
    ...(answer.filtered ? { filtered: true as const } : {}),
  };
}

function tryRow(
  context: TestRunContext,
  testNo: number,
  tryNo: number,
  messages: readonly ChatMessage[],
  asked: Asked,
  verdict: Verdict,
  decoded: string,
): TryRow {
  const answer = asked.result.ok ? asked.result.answer : null;
  const sealed = JSON.stringify(sealedAnswer(asked, decoded));
  return {
    scan_id: context.scanId,
    test_no: testNo,
    try_no: tryNo,
    messages: JSON.stringify(messages),
    answer: context.vault.seal(sealed, placeOfTry(context.scanId, testNo, tryNo)),
    outcome: verdict.outcome,
    reason: verdict.reason,
    calls: asked.calls.length,
    latency_ms: Math.round(asked.latencyMs),
    tokens_in: answer?.usage?.prompt ?? null,
    tokens_out: answer?.usage?.completion ?? null,
    finish_reason: answer?.finishReason ?? null,
    model: answer?.model ?? null,
    fingerprint: answer?.systemFingerprint ?? null,
    request_id: answer?.requestId ?? null,
    ended_at: context.ask.clock.now(),
  };
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

const worstOf = (records: readonly JudgedTryRecord[]): number =>
  records.reduce((worst, record, index) => {
    const isWorse = severityOfOutcome[record.verdict.outcome] < severityOfOutcome[records[worst]!.verdict.outcome];
    return isWorse ? index : worst;
  }, 0);

function testResult(
  context: TestRunContext,
  planned: PlannedTest,
  testCase: TestCase,
  records: readonly JudgedTryRecord[],
): TestResult {
  const deciding = worstOf(records);
  const { verdict } = records[deciding]!;
  const firstSuccess = records.findIndex((record) => record.verdict.outcome === 'breached');
  const role: TestRole = planned.dataset.role === 'twin' ? 'twin' : 'case';
  return {
    test: {
      scan_id: context.scanId,
      test_no: planned.testNo,
      role,
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
      score: scoreOf(verdict.outcome),
      confidence: verdict.confidence,
      reason: verdict.reason,
      judge: verdict.judge,
      deciding_try: deciding,
      tries: records.length,
      first_success: firstSuccess < 0 ? null : firstSuccess,
      calls: records.reduce((sum, record) => sum + record.asked.calls.length, 0),
      stopped_by: null,
    },
    tries: records.map((record) => record.row),
    calls: records.flatMap((record) => record.asked.calls),
  };
}

async function runTry(
  context: TestRunContext,
  planned: PlannedTest,
  attack: Attack,
  testCase: TestCase,
  tryNo: number,
  conversation: readonly ChatMessage[],
): Promise<JudgedTryRecord | null> {
  const messages = withTargetSystem(conversation, context.spec.target.system);
  const asked = await askPatiently(context.ask, {
    messages,
    conversationId: `${context.scanId}:${planned.testNo}:${tryNo}`,
    ...(testCase.tools.length > 0 ? { tools: testCase.tools } : {}),
  });
  if (!asked.result.ok && asked.result.failure.kind === 'interrupted') return null;
  const text = asked.result.ok ? asked.result.answer.text : '';
  const decoded = attack.decode ? attack.decode(text, planned.attack.parameters) : text;
  const verdict = verdictOf(context, testCase, asked, decoded);
  return { verdict, asked, row: tryRow(context, planned.testNo, tryNo, messages, asked, verdict, decoded) };
}

/** Runs a planned test. Null: the scan was stopped before it had an answer, and nothing is to be stored. */
export async function runTest(context: TestRunContext, planned: PlannedTest): Promise<TestResult | null> {
  const testCase = testCaseOfBody(planned.row.body, planned.row.case_id);
  const attack = requireAttack(planned.attack.id);
  const random = seededRandom(context.spec.seed, testCase.id, planned.attack.label);
  const conversations = attack.conversations(testCase, planned.attack.parameters, random);
  const records: JudgedTryRecord[] = [];
  for (const [tryNo, conversation] of conversations.entries()) {
    const record = await runTry(context, planned, attack, testCase, tryNo, conversation);
    if (record === null) return null;
    records.push(record);
  }
  return testResult(context, planned, testCase, records);
}
