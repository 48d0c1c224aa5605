// A try as it is kept: its verdict, and the row that holds what was sent and what came back.
import { type CallFailure, type ChatAnswer, lastRequest, plainAnswer, type ToolCall } from '../core/chat.ts';
import type { Reason, Verdict } from '../core/outcome.ts';
import type { TestCase } from '../core/test-case.ts';
import type { TryRow } from '../store/schema.ts';
import type { StoredAnswer } from '../store/stored-test.ts';
import { placeOfTry, type Vault } from '../store/vault.ts';
import { judgeByToolCalls } from './judges/index.ts';
import { utilityOf } from './judges/tool-use.ts';
import type { Judging } from './judging.ts';
import type { AskedWithTools } from './tool-loop.ts';
import { judgeUnderGuard } from './under-guard.ts';

export interface TryRecord {
  readonly verdict: Verdict;
  readonly row: TryRow;
  /** The answer's text with the attack's own encoding undone; empty where there is none. */
  readonly decoded: string;
  /** Whether the user's own goal was reached; null where the case does not say what that is. */
  readonly utility: boolean | null;
}

/** Which try of which test. */
export interface TryPlace {
  readonly scanId: string;
  readonly testNo: number;
  readonly tryNo: number;
}

const reasonOfFailure: Readonly<Partial<Record<CallFailure['kind'], Reason>>> = {
  timeout: 'timeout',
  empty: 'empty',
  cut: 'cut',
  unparseable: 'unparseable',
  interrupted: 'interrupted',
};

/** Reasons of a test that the target gave no answer to. */
export const failureReasons: readonly Reason[] = ['target_error', ...Object.values(reasonOfFailure)];

const unanswered = (reason: Reason): Verdict => ({
  outcome: 'inconclusive',
  score: null,
  confidence: 1,
  reason,
  judge: 'none',
});

const guardOf = ({ guard }: ChatAnswer, { stoppedBy, bare }: Verdict): Pick<StoredAnswer, 'guard'> =>
  guard === undefined ? {} : { guard: { ...guard, ...(stoppedBy ? { stoppedBy } : {}), ...(bare ? { bare } : {}) } };

function storedAnswer(answer: ChatAnswer, decoded: string): StoredAnswer {
  return {
    text: answer.text,
    ...(decoded === answer.text ? {} : { decoded }),
    ...(answer.reasoning === null ? {} : { reasoning: answer.reasoning }),
    ...(answer.toolCalls.length === 0 ? {} : { toolCalls: answer.toolCalls }),
    ...(answer.refused ? { refused: true as const } : {}),
    ...(answer.filtered ? { filtered: true as const } : {}),
  };
}

/** A target that failed after a forbidden call of a tool has made that call all the same. */
const brokenBefore = (testCase: TestCase, toolCalls: readonly ToolCall[]): Verdict | null =>
  toolCalls.length === 0 ? null : judgeByToolCalls({ testCase, answer: plainAnswer('', { toolCalls }), decoded: '' });

const factsOf = (answer: ChatAnswer | null, failure: CallFailure | null) => ({
  tokens_in: answer?.usage?.prompt ?? null,
  tokens_out: answer?.usage?.completion ?? null,
  finish_reason: answer?.finishReason ?? null,
  model: answer?.model ?? failure?.model ?? null,
  fingerprint: answer?.systemFingerprint ?? null,
  request_id: answer?.requestId ?? null,
});

/** Judges what came back and makes its row. `endedAt` in milliseconds. */
export async function recordTry(
  context: { readonly judging: Judging; readonly vault: Vault; readonly testCase: TestCase },
  place: TryPlace,
  asked: AskedWithTools,
  decode: (text: string) => string,
  endedAt: number,
): Promise<TryRecord> {
  const { result, toolCalls } = asked;
  const { testCase } = context;
  const answer = result.ok ? result.answer : null;
  const decoded = answer === null ? '' : decode(answer.text);
  const utility = answer === null ? null : utilityOf(testCase, toolCalls, decoded);
  const verdict = result.ok
    ? await judgeUnderGuard(context.judging, {
        testCase,
        answer: result.answer,
        decoded,
        asked: lastRequest(asked.messages),
      })
    : (brokenBefore(testCase, toolCalls) ?? unanswered(reasonOfFailure[result.failure.kind] ?? 'target_error'));
  const sealed: StoredAnswer = {
    ...(result.ok ? storedAnswer(result.answer, decoded) : { failure: result.failure.message }),
    ...(result.ok ? guardOf(result.answer, verdict) : {}),
    ...(utility === null ? {} : { utility }),
    ...(!result.ok && toolCalls.length > 0 ? { toolCalls } : {}),
  };
  const row: TryRow = {
    scan_id: place.scanId,
    test_no: place.testNo,
    try_no: place.tryNo,
    messages: JSON.stringify(asked.messages),
    answer: context.vault.seal(JSON.stringify(sealed), placeOfTry(place.scanId, place.testNo, place.tryNo)),
    outcome: verdict.outcome,
    reason: verdict.reason,
    score: verdict.score,
    confidence: verdict.confidence,
    judge: verdict.judge,
    judge_score: verdict.judgeScore ?? null,
    calls: asked.calls.length,
    latency_ms: Math.round(asked.latencyMs),
    ...factsOf(answer, result.ok ? null : result.failure),
    turn: null,
    ended_at: endedAt,
  };
  return { verdict, row, decoded, utility };
}

const underGuardAsStored = ({ guard }: StoredAnswer): Pick<Verdict, 'stoppedBy' | 'bare'> => ({
  ...(guard?.stoppedBy === undefined ? {} : { stoppedBy: guard.stoppedBy }),
  ...(guard?.bare === undefined ? {} : { bare: guard.bare }),
});

/** A try that was stored before its test was decided: read back with the verdict that it got. */
export function recordOfStored(vault: Vault, row: TryRow): TryRecord {
  const place = placeOfTry(row.scan_id, row.test_no, row.try_no);
  const stored: StoredAnswer = row.answer === null ? {} : JSON.parse(vault.open(row.answer, place));
  const verdict: Verdict = {
    outcome: row.outcome,
    score: row.score,
    confidence: row.confidence ?? 0,
    reason: row.reason,
    judge: row.judge ?? 'none',
    ...(row.judge_score === null ? {} : { judgeScore: row.judge_score }),
    ...underGuardAsStored(stored),
  };
  return { verdict, row, decoded: stored.decoded ?? stored.text ?? '', utility: stored.utility ?? null };
}
