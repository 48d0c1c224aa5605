// Judges a finished scan anew from its stored answers; the target is not asked. Page by page, so that memory stays flat
// and a stop costs no more than a page. Of a try of several turns its deciding turn is judged: no other is stored.

import { type ChatAnswer, type ChatMessage, lastRequest } from '../core/chat.ts';
import { RedoubtError } from '../core/errors.ts';
import { isoTime } from '../core/iso-time.ts';
import type { Clock } from '../core/ports.ts';
import type { TestCase } from '../core/test-case.ts';
import type { HelperName } from '../models/helper-models.ts';
import { replaceJudgeHealth } from '../store/judge-health.ts';
import {
  beginRejudging,
  endRejudging,
  openRejudging,
  type RejudgedTest,
  rejudgingsOf,
  storeRejudged,
} from '../store/rejudgings.ts';
import { testRowsAfter, triesOf } from '../store/results.ts';
import { updateScan } from '../store/scans.ts';
import type { RejudgingRow, ScanRow, TestRow, TryRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { StoredAnswer } from '../store/stored-test.ts';
import { placeOfTry, type Vault } from '../store/vault.ts';
import { gaveUpOf } from './attacker.ts';
import { stopsAtSuccess } from './attacks/attack.ts';
import { requireAttack } from './attacks/index.ts';
import { requestOf } from './attacks/opening.ts';
import { bareOfTurn } from './bare-standing.ts';
import { type CaseInPlan, createCaseFinder } from './case-finder.ts';
import { standingOf } from './confirmation.ts';
import { casesOf } from './controls.ts';
import type { Judging } from './judging.ts';
import type { SoftwareVersion } from './manifest.ts';
import { decideTries, type Turn } from './search-run.ts';
import { judgeSentinels } from './sentinels.ts';
import { type ScanSpec, specOf } from './spec.ts';
import { type Summary, summarise } from './summarise.ts';
import { type Decision, decisionOver } from './test-row.ts';
import { recordOfStored, type TryRecord } from './try-record.ts';
import { judgeUnderGuard } from './under-guard.ts';

const TESTS_PER_PAGE = 200;

export interface RejudgeContext {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly software: SoftwareVersion;
  readonly judging: Judging;
  /** The judge's id, and the model behind the layers; null for none. */
  readonly judge: { readonly id: string; readonly model: HelperName | null };
  /** Who asked for it. */
  readonly startedBy: string;
  readonly onProgress?: (tests: number) => void;
}

function answerOf(row: TryRow, stored: StoredAnswer): ChatAnswer {
  return {
    text: stored.text ?? '',
    refused: stored.refused ?? false,
    filtered: stored.filtered ?? false,
    finishReason: row.finish_reason,
    toolCalls: stored.toolCalls ?? [],
    reasoning: stored.reasoning ?? null,
    model: row.model,
    systemFingerprint: row.fingerprint,
    requestId: row.request_id,
    usage: null,
    ...(stored.guard === undefined ? {} : { guard: stored.guard }),
  };
}

/** A try with its new verdict; one without an answer keeps the verdict it has. */
async function judgeAnew({ vault, judging }: RejudgeContext, testCase: TestCase, row: TryRow): Promise<TryRecord> {
  const record = recordOfStored(vault, row);
  const place = placeOfTry(row.scan_id, row.test_no, row.try_no);
  const stored: StoredAnswer = row.answer === null ? {} : JSON.parse(vault.open(row.answer, place));
  if (row.answer === null || stored.failure !== undefined) return record;
  const asked = lastRequest(JSON.parse(row.messages) as ChatMessage[]);
  const judged = { testCase, answer: answerOf(row, stored), decoded: record.decoded, asked };
  const verdict = await judgeUnderGuard(judging, judged);
  const { outcome, reason, score, confidence, judge } = verdict;
  const columns = { outcome, reason, score, confidence, judge, judge_score: verdict.judgeScore ?? null };
  return { ...record, verdict, row: { ...row, ...columns } };
}

/** A success that was confirmed by asking again stays so while the judge is about as sure; nothing is asked now. */
function turnOf(test: TestRow, testCase: TestCase, record: TryRecord): Turn {
  const said = { answer: record.decoded, request: requestOf(testCase) };
  const found = standingOf(record.verdict, said);
  const repeated = test.first_success === record.row.try_no ? 'confirmed' : 'unconfirmed';
  const standing = found === 'repeat' ? repeated : found;
  return { record, standing, bare: bareOfTurn(record.verdict, standing, said) };
}

type Decided = Pick<Decision, 'verdict' | 'decidingTry' | 'firstSuccess'> & { readonly unconfirmed: number };

function decisionOfSearch(stops: boolean, test: TestRow, testCase: TestCase, records: readonly TryRecord[]): Decided {
  const turns = records.map((record): Turn => {
    return stops ? turnOf(test, testCase, record) : { record, standing: 'none', bare: record.verdict.bare };
  });
  const unconfirmed = turns.filter(({ standing }) => standing === 'unconfirmed').length;
  const gaveUp = gaveUpOf(test.attacker === null ? null : JSON.parse(test.attacker));
  return { ...decideTries(stops, turns, gaveUp), unconfirmed };
}

interface JudgedTest {
  readonly test: TestRow;
  readonly testCase: TestCase;
  /** Whether its scan had an attacker model. */
  readonly hasAttacker: boolean;
}

async function rejudgedTest(
  context: RejudgeContext,
  { test: before, testCase, hasAttacker }: JudgedTest,
  rows: readonly TryRow[],
): Promise<RejudgedTest> {
  const records = await Promise.all(rows.map((row) => judgeAnew(context, testCase, row)));
  const attack = requireAttack(before.attack);
  const { verdict, decidingTry, firstSuccess, unconfirmed } = attack.search
    ? decisionOfSearch(stopsAtSuccess(attack, hasAttacker), before, testCase, records)
    : { ...decisionOver(testCase, records), unconfirmed: before.unconfirmed };
  const { outcome, reason, score, confidence, judge } = verdict;
  return {
    before,
    after: {
      ...before,
      ...{ outcome, reason, score, confidence, judge, judge_score: verdict.judgeScore ?? null },
      deciding_try: decidingTry,
      first_success: firstSuccess,
      unconfirmed,
      stopped_by: verdict.stoppedBy ?? null,
      bare_outcome: verdict.bare ?? null,
    },
    tries: records.map(({ row }) => {
      const { try_no, outcome, reason, score, confidence, judge, judge_score } = row;
      return { try_no, outcome, reason, score, confidence, judge, judge_score };
    }),
  };
}

interface TestWithCase {
  readonly test: TestRow;
  readonly planned: CaseInPlan;
}

/** Stored tests with their cases. Throws PLAN_DIFFERS where the plan no longer holds one: nothing is guessed. */
async function* testsWithCases(
  store: Store,
  row: ScanRow,
  spec: ScanSpec,
  from: number,
): AsyncGenerator<TestWithCase[]> {
  const caseOf = createCaseFinder(store, spec);
  let after = from - 1;
  for (;;) {
    const page = await testRowsAfter(store, row.id, after, TESTS_PER_PAGE);
    const found: TestWithCase[] = [];
    for (const test of page) {
      const planned = await caseOf(test);
      if (planned === null) throw new RedoubtError('PLAN_DIFFERS', { value: row.id });
      found.push({ test, planned });
    }
    if (found.length > 0) yield found;
    if (page.length < TESTS_PER_PAGE) return;
    after = page.at(-1)?.test_no ?? after;
  }
}

async function begin(context: RejudgeContext, row: ScanRow, judgeBefore: string | null): Promise<RejudgingRow> {
  const { store, clock, judge, startedBy } = context;
  const open = await openRejudging(store, row.id);
  if (open !== null && open.judge === judge.id) return open;
  // Another judge than the one that began it: what that one did stays in the list, and this one starts from the first test.
  if (open !== null) await endRejudging(store, open, clock.now());
  const begun = { scan_id: row.id, judge_before: judgeBefore, judge: judge.id, started_by: startedBy };
  return beginRejudging(store, { ...begun, started_at: clock.now() });
}

/** The rejudgings of a scan as its manifest lists them. */
async function historyOf(store: Store, scanId: string, endedAt: number): Promise<Record<string, unknown>[]> {
  return (await rejudgingsOf(store, scanId)).map((each) => ({
    judge_before: each.judge_before,
    judge: each.judge,
    started_by: each.started_by,
    started_at: isoTime(each.started_at),
    ended_at: isoTime(each.ended_at ?? endedAt),
    tests: each.tests,
    changed: each.changed,
  }));
}

/** The summary with the new verdicts. What ran the scan stays named as it was; who judged it last is added. */
async function summariseAgain(
  { store, software }: RejudgeContext,
  row: ScanRow,
  earlier: Summary,
  endedAt: number,
): Promise<Summary> {
  const summary = await summarise(store, row, software);
  const manifest = {
    ...summary.manifest,
    software: earlier.manifest.software,
    // In the versions that asked.
    attacks: earlier.manifest.attacks,
    rejudged: await historyOf(store, row.id, endedAt),
    rejudged_by_software: { name: 'redoubt', ...software },
  };
  return { ...summary, manifest };
}

export interface Rejudged {
  readonly judgeBefore: string | null;
  readonly judge: string;
  readonly tests: number;
  readonly changed: number;
}

/**
 * Judges a finished scan by the judge of the context; goes on with a rejudging that was stopped. Marks of people stay.
 * Throws ILLEGAL_TRANSITION for a scan that has not finished, SCAN_NOT_FOUND where it is deleted meanwhile, SCAN_BUSY where another process rejudges it right now,
 * PLAN_DIFFERS where a case of it is no longer there.
 */
export async function rejudgeScan(context: RejudgeContext, row: ScanRow): Promise<Rejudged> {
  const { store, clock, judge } = context;
  if (row.status !== 'Finished' || row.summary === null)
    throw new RedoubtError('ILLEGAL_TRANSITION', { value: row.status, reason: 'judged anew', allowed: ['Finished'] });
  const spec = specOf(row);
  const hasAttacker = spec.helpers.attacker !== null;
  const earlier = JSON.parse(row.summary) as Summary;
  let state = await begin(context, row, earlier.judge.id);
  for await (const page of testsWithCases(store, row, spec, state.next_test_no)) {
    const rejudged: RejudgedTest[] = [];
    for (const { test, planned } of page) {
      const testCase = casesOf(spec, planned).judged;
      const tries = await triesOf(store, row.id, test.test_no);
      // Deleted since the page was read.
      if (tries.length === 0) throw new RedoubtError('SCAN_NOT_FOUND', { value: row.id });
      rejudged.push(await rejudgedTest(context, { test, testCase, hasAttacker }, tries));
    }
    state = await storeRejudged(store, state, rejudged, (page.at(-1)?.test.test_no ?? 0) + 1);
    context.onProgress?.(state.tests);
  }
  const helpers = { ...spec.helpers, judge: judge.model };
  const specNow: ScanSpec = { ...spec, judge: 'layers', helpers };
  const judgedRow = { ...row, request: JSON.stringify(specNow) };
  await replaceJudgeHealth(store, row.id, await judgeSentinels(row.id, context.judging));
  const endedAt = clock.now();
  const summary = await summariseAgain(context, judgedRow, earlier, endedAt);
  await updateScan(store, row.id, { request: judgedRow.request, summary: JSON.stringify(summary) });
  // Last: whatever stops before it is done again by the next call.
  await endRejudging(store, state, endedAt);
  return { judgeBefore: state.judge_before, judge: state.judge, tests: state.tests, changed: state.changed };
}
