// The tables as types: one shape on SQLite and on PostgreSQL. Times are milliseconds since 1970, JSON is text.
import type { EndedBy } from '../core/bounds.ts';
import type { StoppedBy } from '../core/guarding.ts';
import type { Expectation, Outcome, Reason, Severity, TestRole } from '../core/outcome.ts';
import type { ScanKind, ScanStatus } from '../core/scan-status.ts';
import type {
  IdentityRow,
  KeyRow,
  LimitRow,
  MemberRow,
  NoticeRow,
  ProjectRow,
  TokenRow,
  UserRow,
  WebhookRow,
} from './access-rows.ts';
import type { CallCounterRow, CounterRow, HelperCallRow, OpinionRow } from './counter-rows.ts';
import type { FindingDecisionRow, FindingRow, FindingScanRow, HardeningRow } from './finding-rows.ts';

export type * from './access-rows.ts';
export type * from './counter-rows.ts';

/** One immutable version of a dataset; scans point at it, so old scores stay true. */
export interface DatasetRow {
  id: string;
  /** Empty for what ships with Redoubt. */
  project_id: string;
  slug: string;
  title: string;
  version: string;
  sha256: string;
  role: 'case' | 'twin';
  cases: number;
  created_at: number;
  /** Whether the name leads to this version. */
  current: 0 | 1;
}

export interface DatasetCaseRow {
  dataset_id: string;
  position: number;
  case_id: string;
  expect: Expectation;
  /** 1 where the case is decided without a judge model. */
  offline: 0 | 1;
  /** 1: child safety or CBRN, which searches leave out; null where an older version stored the case. */
  sensitive: 0 | 1 | null;
  /** 1: its tools answer by a script, which only some attacks know to use. */
  scripted: 0 | 1 | null;
  /** How its last request is written, as `writingCode` says it; null where an older version stored the case. */
  writing: number | null;
  body: string;
}

export interface ScanRow {
  id: string;
  project_id: string;
  name: string;
  kind: ScanKind;
  status: ScanStatus;
  /** Why a scan is Failed or Error. */
  reason: string | null;
  /** What ended a Finished scan before its last test; null: nothing did. */
  ended_by: EndedBy | null;
  /** The whole request without secrets, and its hash: by it an unfinished scan of the same request is found. */
  request: string;
  request_hash: string;
  target_key: string;
  target_secrets: Uint8Array | null;
  plan_hash: string;
  /** Tests of role `case` that the plan holds, and all tests with twins and controls. */
  planned: number;
  planned_all: number;
  created_by: string;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  /** When the present or latest run began, and the time spent in the runs before it: for the estimate of what remains. */
  resumed_at: number | null;
  active_ms: number;
  owner: string | null;
  heartbeat_at: number | null;
  /** How often it was resumed after a pause or a failure: chunks handed out before that are void. */
  resumes: number;
  adaptations: string;
  summary: string | null;
}

export interface TestRow {
  scan_id: string;
  test_no: number;
  role: TestRole;
  plan_key: string;
  case_id: string;
  dataset: string;
  subcategory: string;
  attack: string;
  parameters: string;
  /** Clauses and taxonomy ids of the case, as JSON. */
  refs: string;
  expect: Expectation;
  severity: Severity;
  outcome: Outcome;
  score: number | null;
  confidence: number;
  reason: Reason;
  judge: string;
  /** The judge model's own figure, safety 0..100, where one was asked. */
  judge_score: number | null;
  deciding_try: number;
  tries: number;
  first_success: number | null;
  calls: number;
  /** Turns that were taken back: each is a call and no turn. */
  backtracks: number;
  /** Tries that looked like a success of a search and were not confirmed. */
  unconfirmed: number;
  /** What came of the calls to the attacker model, as JSON {outcome: count}; null where none was used. */
  attacker: string | null;
  /** Whether the user's own goal was still reached; null where the case does not say what that is. */
  utility: 0 | 1 | null;
  stopped_by: StoppedBy | null;
  /** The outcome without the guard; null where it was not in play or the target was not asked. */
  bare_outcome: Outcome | null;
}

export interface TryRow {
  scan_id: string;
  test_no: number;
  try_no: number;
  /** What was sent. */
  messages: string;
  /** What came back, encrypted (vault.ts). */
  answer: Uint8Array | null;
  outcome: Outcome;
  reason: Reason;
  /** The rest of the verdict: a test that goes on after a stop is not judged again. */
  score: number | null;
  confidence: number | null;
  judge: string | null;
  judge_score: number | null;
  calls: number;
  latency_ms: number;
  tokens_in: number | null;
  tokens_out: number | null;
  finish_reason: string | null;
  model: string | null;
  fingerprint: string | null;
  request_id: string | null;
  /** Which turn of the conversation decided it, from 1; null where there is only one. */
  turn: number | null;
  ended_at: number;
}

/** What a test that is under way has asked and got so far, encrypted; gone once the test is decided. */
export interface StepRow {
  scan_id: string;
  test_no: number;
  step_no: number;
  body: Uint8Array;
  /** Whether the call brought no answer. */
  failed: 0 | 1;
}

/** An item with a known answer, as the judge of a scan judged it. */
export interface SentinelRow {
  scan_id: string;
  item: string;
  judge: string;
  outcome: Outcome;
  reason: Reason;
  is_right: 0 | 1;
}

/** A judge measured on a labelled set; `figures` is JSON. Outlives the scans. */
export interface CalibrationRow {
  id: string;
  judge: string;
  data_name: string;
  data_sha256: string;
  figures: string;
  created_at: number;
}

/** What a person says the verdict on a test should be. Stays when another judge decides anew. */
export interface MarkRow {
  scan_id: string;
  test_no: number;
  outcome: Outcome;
  /** In the person's own words. */
  reason: string;
  marked_by: string;
  marked_at: number;
  /** The machine's verdict that was looked at, and who gave it. */
  judged: Outcome;
  judge: string;
}

/** One time that a scan was judged anew; it goes on from `next_test_no` after a stop. */
export interface RejudgingRow {
  scan_id: string;
  rejudging_no: number;
  /** Null where nothing had judged the scan. */
  judge_before: string | null;
  judge: string;
  started_by: string;
  started_at: number;
  ended_at: number | null;
  next_test_no: number;
  tests: number;
  changed: number;
}

/** The verdict that a rejudging replaced by another outcome. */
export interface PastVerdictRow {
  scan_id: string;
  test_no: number;
  rejudging_no: number;
  outcome: Outcome;
  reason: Reason;
  confidence: number;
  judge: string;
}

/** One line a finished scan; outlives the scan. */
export interface UsageRow {
  scan_id: string;
  project_id: string;
  created_by: string;
  created_at: number;
  finished_at: number;
}

/** One version of a stored policy; the highest holds. */
export interface GuardPolicyRow {
  project_id: string;
  id: string;
  version: number;
  body: string;
  created_by: string;
  created_at: number;
}

/** The key, encrypted, under which a session's redaction tokens are made. */
export interface GuardSessionKeyRow {
  project_id: string;
  session: string;
  secret: Uint8Array;
  expires_at: number;
}

/** What stood where a redaction token stands now, encrypted. */
export interface GuardTokenRow {
  project_id: string;
  /** Empty for a request without a session. */
  session: string;
  token: string;
  value: Uint8Array;
  expires_at: number;
}

/** A decision of the guard as it was recorded. */
export interface GuardDecisionRow {
  id: string;
  project_id: string;
  created_at: number;
  session: string | null;
  flagged: 0 | 1;
  denied: 0 | 1;
  redacted: 0 | 1;
  undecided: 0 | 1;
  findings: string;
  /** What was decided on, encrypted; null where only findings are kept. */
  messages: Uint8Array | null;
  ms: number;
}

/** Which scan a client's Idempotency-Key started, and with which body. */
export interface IdempotencyKeyRow {
  project_id: string;
  key: string;
  body_sha256: string;
  scan_id: string;
  created_at: number;
}

/** Who did what that somebody may ask about later. */
export interface AuditRow {
  id: string;
  project_id: string;
  created_at: number;
  actor: string;
  action: string;
  subject: string;
}

/** Which rows of `test_words` belong to a scan: its test n stands at first_row + n. */
export interface SearchIndexRow {
  scan_id: string;
  project_id: string;
  first_row: number;
  last_row: number;
  /** Null while it is being built. */
  built_at: number | null;
}

/** The rate of calls to one target over all workers: when the next call may go out, by the database's clock. */
export interface PaceRow {
  key: string;
  /** Milliseconds since 1970. */
  next_at: number;
}

/** What one worker holds of a target's `concurrency`. */
export interface PaceHolderRow {
  key: string;
  holder: string;
  slots: number;
  /** Calls that it has under way or would make at once. */
  wanted: number;
  /** By the database's clock, in milliseconds since 1970. */
  seen_at: number;
}

export interface MetaRow {
  key: string;
  value: string;
}

export interface Database {
  projects: ProjectRow;
  users: UserRow;
  identities: IdentityRow;
  sessions: TokenRow;
  sign_in_links: TokenRow;
  members: MemberRow;
  webhooks: WebhookRow;
  notices: NoticeRow;
  limits: LimitRow;
  keys: KeyRow;
  datasets: DatasetRow;
  dataset_cases: DatasetCaseRow;
  scans: ScanRow;
  tests: TestRow;
  tries: TryRow;
  steps: StepRow;
  counters: CounterRow;
  call_counters: CallCounterRow;
  helper_calls: HelperCallRow;
  opinions: OpinionRow;
  sentinels: SentinelRow;
  calibrations: CalibrationRow;
  marks: MarkRow;
  rejudgings: RejudgingRow;
  past_verdicts: PastVerdictRow;
  findings: FindingRow;
  finding_decisions: FindingDecisionRow;
  finding_scans: FindingScanRow;
  hardenings: HardeningRow;
  usage: UsageRow;
  guard_policies: GuardPolicyRow;
  guard_session_keys: GuardSessionKeyRow;
  guard_tokens: GuardTokenRow;
  guard_decisions: GuardDecisionRow;
  idempotency_keys: IdempotencyKeyRow;
  audit: AuditRow;
  search_indexes: SearchIndexRow;
  paces: PaceRow;
  pace_holders: PaceHolderRow;
  meta: MetaRow;
}
