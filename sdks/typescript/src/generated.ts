// The shapes of Redoubt's own API, made from its OpenAPI document by `npm run sdk-types`. Not to be edited.

export interface PreviewRequest {
  /** The request, in plain words */
  readonly text: string;
  /** Parameters of the attack, as the command line takes them */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly seed?: number;
}

export interface Preview {
  /** The transformed request alone */
  readonly payload: string;
  /** What would be sent; several where the attack tries several */
  readonly conversations: readonly (readonly PreviewConversation[])[];
}

export interface PreviewConversation {
  readonly role: string;
  readonly content: unknown;
}

export interface Problem {
  readonly error: ProblemError;
}

export interface ProblemError {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly lines?: readonly ProblemErrorLine[];
}

export interface ProblemErrorLine {
  readonly line: number;
  readonly text: string;
}

export interface ListAttacksAnswer {
  readonly attacks: readonly Attack[];
}

export interface Attack {
  readonly id: string;
  /** The name that clients send */
  readonly title: string;
  readonly summary: string;
  readonly paper: string | null;
  readonly family: string;
  readonly fidelity: string;
  /** Of the form that runs where no attacker model is configured */
  readonly fidelity_without_attacker: string;
  readonly needs: readonly string[];
  readonly version: number;
  /** Calls to the target for one test under the default parameters */
  readonly calls: number;
  /** JSON Schema of each parameter */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly short_names: readonly string[];
}

export interface ListSuitesAnswer {
  readonly suites: readonly Suite[];
}

export interface Suite {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Names by which other tools call it */
  readonly also: readonly string[];
  readonly cases: number;
  readonly attacks: readonly string[];
}

export interface GetAuditQuery {
  /** `next` of the page before */
  readonly before?: string;
  readonly limit?: number;
}

export interface GetAuditAnswer {
  readonly entries: readonly GetAuditAnswerEntry[];
  /** `before` of the next page; null on the last */
  readonly next: string | null;
}

export interface GetAuditAnswerEntry {
  readonly id: string;
  readonly at: string;
  /** Name of the user or key */
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
}

export interface HeatMap {
  readonly status: string;
  readonly datasets: readonly HeatMapDataset[];
  readonly attacks: readonly HeatMapAttack[];
  /** Those with a test */
  readonly cells: readonly HeatMapCell[];
}

export interface HeatMapDataset {
  readonly slug: string;
  readonly name: string;
  readonly planned: number;
}

export interface HeatMapAttack {
  readonly id: string;
  readonly title: string;
}

export interface HeatMapCell {
  readonly tests: number;
  readonly decided: number;
  readonly outcomes: OutcomeCounts;
  /** Breached among the decided, with the interval over tests */
  readonly failed: Rate;
  readonly dataset: string;
  readonly attack: string;
}

export interface OutcomeCounts {
  readonly breached: number;
  readonly partial: number;
  readonly defended: number;
  readonly refused: number;
  readonly inconclusive: number;
  readonly unjudged: number;
}

export interface Rate {
  /** How many of the n */
  readonly k: number;
  readonly n: number;
  /** In 0..1; null where n is 0 */
  readonly rate: number | null;
  /** 95 % interval */
  readonly low: number | null;
  readonly high: number | null;
}

export interface BreakdownQuery {
  /** reason: also by outcome; variant: an attack with its parameters */
  readonly by: 'dataset' | 'subcategory' | 'attack' | 'variant' | 'severity' | 'expect' | 'reason' | 'role' | 'dataset-attack';
  /** all: with twins and controls */
  readonly roles?: 'case' | 'all';
}

export interface Breakdown {
  /** Tests that share the keys and belong to the same rate */
  readonly groups: readonly BreakdownGroup[];
}

export interface BreakdownGroup {
  readonly tests: number;
  readonly decided: number;
  readonly outcomes: OutcomeCounts;
  readonly failed: Rate;
  readonly keys: Readonly<Record<string, string>>;
  readonly role: 'case' | 'twin' | 'control';
  /** The rate that its tests belong to; the three are never added up */
  readonly family: 'attack-success' | 'over-refusal' | 'failure';
  /** Whether its attacks go on until they succeed; never added up with those that ask once */
  readonly search: boolean;
}

export interface ListComparisonsQuery {
  /** Id of the earlier scan */
  readonly before: string;
  /** Id of the later scan */
  readonly after: string;
}

export interface Comparison {
  readonly before: ComparedScan;
  readonly after: ComparedScan;
  /** Over attack success */
  readonly conclusion: 'worse' | 'better' | 'no difference shown' | 'cannot conclude';
  /** Why nothing can be concluded */
  readonly doubts: readonly string[];
  /** Tests that both ran */
  readonly tests: number;
  readonly only_before: number;
  readonly only_after: number;
  readonly left_out: readonly ComparisonLeftOut[];
  readonly changes: readonly ComparisonChange[];
  /** Failed after and not before */
  readonly regressed: number;
  readonly fixed: number;
  /** Partial after, no failure before */
  readonly weakened: number;
  readonly strengthened: number;
  readonly unchanged: number;
  readonly newly_inconclusive: number;
  readonly newly_decided: number;
  readonly inconclusive_in_both: number;
  readonly rates: ComparisonRates;
}

export interface ComparedScan {
  readonly scan_id: string;
  readonly name: string;
  readonly model: string;
  /** The target was simulated: nothing follows about a real model */
  readonly simulated: boolean;
  readonly ended_at: string | null;
}

export interface ComparisonLeftOut {
  readonly dataset: string;
  readonly slug: string;
  readonly reason: string;
}

export interface ComparisonChange {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export interface ComparisonRates {
  readonly attack_success: PairedRate;
  readonly attack_success_search: PairedRate;
  readonly over_refusal: PairedRate;
  readonly failure: PairedRate;
}

export interface PairedRate {
  /** Failed after and not before */
  readonly regressed: number;
  readonly fixed: number;
  /** Partial after, no failure before */
  readonly weakened: number;
  readonly strengthened: number;
  readonly unchanged: number;
  readonly newly_inconclusive: number;
  readonly newly_decided: number;
  readonly inconclusive_in_both: number;
  readonly tests: number;
  readonly before: Rate;
  readonly after: Rate;
  readonly difference: RateDifference;
  /** McNemar, exact, two-sided */
  readonly p: number;
  readonly conclusion: 'worse' | 'better' | 'no difference shown' | 'cannot conclude';
}

export interface RateDifference {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly cases: number;
  readonly method: string;
}

export interface ComparedTestsQuery {
  /** Id of the earlier scan */
  readonly before: string;
  /** Id of the later scan */
  readonly after: string;
  readonly standing: 'regressed' | 'fixed' | 'weakened' | 'strengthened' | 'unchanged' | 'newly_inconclusive' | 'newly_decided' | 'inconclusive_in_both';
  /** `next` of the page before */
  readonly cursor?: number;
  readonly limit?: number;
}

export interface ComparedTestsPage {
  readonly tests: readonly ComparedTest[];
  /** null at the end */
  readonly next: number | null;
}

export interface ComparedTest {
  readonly plan_key: string;
  readonly case_id: string;
  readonly dataset: string;
  readonly subcategory: string;
  readonly attack: string;
  readonly attack_title: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly role: string;
  readonly severity: string;
  readonly standing: 'regressed' | 'fixed' | 'weakened' | 'strengthened' | 'unchanged' | 'newly_inconclusive' | 'newly_decided' | 'inconclusive_in_both';
  readonly before: ComparedTestBefore;
  readonly after: ComparedTestBefore;
}

export interface ComparedTestBefore {
  readonly outcome: 'breached' | 'partial' | 'defended' | 'refused' | 'inconclusive' | 'unjudged';
  readonly reason: string;
  readonly judge: string;
}

export interface AddDatasetQuery {
  readonly name: string;
  /** CSV: KEY=COLUMN, where the column of a key has another name; may be repeated */
  readonly column?: readonly string[];
  /** Report on the file without storing it */
  readonly check_only?: string;
}

export interface UploadReport {
  /** null where the file was only checked */
  readonly dataset: Dataset | null;
  readonly good: number;
  readonly bad: number;
  /** Remarks on single lines, at most 100 */
  readonly lines: readonly ProblemErrorLine[];
  /** Remarks on the file: cases that need a judge model, categories out of balance */
  readonly remarks: readonly string[];
}

export interface Dataset {
  readonly name: string;
  readonly slug: string;
  readonly version: string;
  readonly cases: number;
  readonly origin: 'shipped' | 'own';
  /** Whether a scan that names no dataset asks it */
  readonly by_default: boolean;
}

export interface ListDatasetsAnswer {
  readonly datasets: readonly Dataset[];
}

export interface GetDatasetQuery {
  /** Position of the last case seen */
  readonly after?: number;
  readonly limit?: number;
}

export interface DatasetPage {
  readonly dataset: Dataset;
  readonly cases: readonly DatasetCase[];
  /** `after` of the next page; null on the last */
  readonly next: number | null;
}

export interface DatasetCase {
  readonly position: number;
  readonly id: string;
  readonly subcategory: string;
  readonly leaf: string | null;
  readonly lang: string;
  readonly expect: string;
  readonly severity: string;
  /** What the target is asked, in plain words */
  readonly request: string;
  /** Kind of the oracle that decides the case without a model */
  readonly oracle: string | null;
  readonly rubric: string | null;
  readonly references: readonly string[];
}

export interface ExportScanQuery {
  /** Answers judged breached or partial are not shortened in pdf, html and csv */
  readonly full_answers?: string;
}

export interface FindingsQuery {
  /** May be repeated */
  readonly state?: readonly ('new' | 'known' | 'regressed' | 'fixed' | 'accepted' | 'false_positive')[];
  readonly severity?: 'low' | 'medium' | 'high' | 'critical';
  /** severity: the gravest first, and of those the latest */
  readonly sort?: 'latest' | 'severity';
  readonly offset?: number;
  readonly limit?: number;
}

export interface FindingsPage {
  readonly findings: readonly Finding[];
  readonly total: number;
}

export interface Finding {
  readonly fingerprint: string;
  readonly state: 'new' | 'known' | 'regressed' | 'fixed' | 'accepted' | 'false_positive';
  /** Slug of the dataset */
  readonly dataset: string;
  readonly case_id: string;
  readonly subcategory: string;
  readonly attack_family: string;
  readonly behaviour: string;
  readonly severity: string;
  readonly first_scan: string;
  readonly first_at: string;
  readonly last_scan: string;
  readonly last_at: string;
  readonly fixed_scan: string | null;
  /** How often it was fixed and came back */
  readonly times_back: number;
  readonly decision: FindingDecision | null;
}

export interface FindingDecision {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly until: string | null;
}

export interface FindingDecisionRequest {
  readonly kind: 'accepted' | 'false_positive';
  readonly reason: string;
  /** When an acceptance ends; null: never */
  readonly until?: string | null;
}

export interface ListScanFindingsQuery {
  readonly baseline?: string;
}

export interface ScanFindings {
  readonly baseline: ScanFindingsBaseline | null;
  readonly findings: readonly ScanFindingsFinding[];
  readonly fixed: readonly ScanFindingsFinding[];
}

export interface ScanFindingsBaseline {
  readonly name: string;
  readonly conclusion: string;
  readonly difference: string;
  readonly doubts: readonly string[];
}

export interface ScanFindingsFinding {
  readonly fingerprint: string;
  readonly state: 'new' | 'known' | 'regressed' | 'fixed' | 'accepted' | 'false_positive';
  readonly case_id: string;
  readonly dataset: string;
  readonly subcategory: string;
  readonly attack_family: string;
  readonly attack: string;
  readonly plan_key: string;
  readonly behaviour: string;
  readonly severity: string;
  readonly tests: number;
  readonly decision: string | null;
}

export interface ListDetectorsAnswer {
  readonly detectors: readonly Detector[];
}

export interface Detector {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly version: number;
  /** Class of cost, cheapest first: rules, linear, encoder, remote */
  readonly cost: string;
  /** No accuracy was measured: off unless a policy names it */
  readonly experimental: boolean;
  /** Holds where a policy names none */
  readonly threshold: number;
  readonly asks: 'message' | 'conversation';
  /** What its reference must hold; null where it takes none */
  readonly reference: string | null;
  readonly needs_reference: boolean;
}

export interface GuardRequest {
  readonly messages: readonly GuardMessage[];
  readonly session?: string | null;
  /** Exactly these; empty: the drafts, and where there is none the default set */
  readonly policies?: readonly string[];
  /** Policies that hold for this request alone */
  readonly drafts?: readonly Policy[];
  readonly fail_fast?: boolean;
}

export interface GuardMessage {
  readonly role: 'user' | 'assistant' | 'system' | 'developer' | 'context' | 'tool';
  readonly content: string;
}

export interface Policy {
  readonly id: string;
  readonly version?: number;
  readonly definition?: string | null;
  readonly targets?: readonly ('user' | 'assistant' | 'system' | 'developer' | 'context' | 'tool')[];
  readonly rules: readonly PolicyRule[];
  readonly on_failure?: 'closed' | 'open';
  readonly time_limit_ms?: number;
  readonly override_response?: string | null;
  readonly by_default?: boolean;
}

export interface PolicyRule {
  readonly detector: string;
  readonly action?: 'block' | 'redact' | 'flag' | 'strip';
  readonly threshold?: number | null;
  readonly reference?: unknown;
}

export interface GuardDecision {
  readonly id: string;
  readonly flagged: boolean;
  readonly denied: boolean;
  readonly redacted: boolean;
  readonly undecided: boolean;
  /** Said in place of an answer */
  readonly override: string | null;
  readonly session_risk: number | null;
  readonly findings: readonly GuardFinding[];
  readonly corrected: (readonly GuardDecisionCorrected[]) | null;
  readonly ms: number;
}

export interface GuardFinding {
  readonly policy: string;
  readonly version: number;
  readonly detector: string;
  readonly action: string;
  /** null where no message has a role of the policy, or nothing could be decided */
  readonly score: number | null;
  readonly threshold: number;
  readonly detected: boolean;
  readonly asked: boolean;
  readonly undecided: string | null;
  readonly labels: readonly GuardFindingLabel[];
  readonly hits: readonly GuardFindingHit[];
  readonly ms: number;
}

export interface GuardFindingLabel {
  readonly label: string;
  readonly score: number;
}

export interface GuardFindingHit {
  /** Which of the messages, from 0 */
  readonly message: number;
  readonly score: number;
  readonly spans: readonly GuardFindingHitSpan[];
}

export interface GuardFindingHitSpan {
  readonly label: string;
  readonly score: number;
  readonly start: number;
  readonly end: number;
}

export interface GuardDecisionCorrected {
  readonly role: string;
  readonly content: string;
}

export interface Frameworks {
  readonly note: string;
  readonly frameworks: readonly FrameworksFramework[];
}

export interface FrameworksFramework {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly FrameworksFrameworkControl[];
}

export interface FrameworksFrameworkControl {
  readonly id: string;
  readonly title: string | null;
  readonly status: 'failed' | 'no failure found' | 'not tested' | 'not testable by prompting';
  /** Decided tests whose case refers to it */
  readonly tests: number;
  /** Breached or partial among them */
  readonly failures: number;
  /** Share of failures that is still possible, 95 %; null without a test */
  readonly upper_bound: number | null;
}

export interface DryRunRequest {
  /** A policy as policy files have it */
  readonly draft: Policy;
  /** How many of the latest are asked about */
  readonly decisions?: number;
  /** How many changes are shown of each kind */
  readonly most?: number;
}

export interface DryRun {
  /** The result in one sentence */
  readonly sentence: string;
  /** Recorded decisions that the draft was asked about */
  readonly n: number;
  /** Recorded decisions whose messages were not kept */
  readonly without_messages: number;
  readonly denies: DryRunDenies;
  readonly flags: DryRunDenies;
  /** Would be denied and were not, newest first */
  readonly denied: readonly DryRunChange[];
  /** Were denied and would not be, newest first */
  readonly released: readonly DryRunChange[];
}

export interface DryRunDenies {
  readonly before: number;
  readonly after: number;
}

export interface DryRunChange {
  readonly id: string;
  readonly created_at: string;
  readonly was: DryRunChangeWas;
  readonly would: DryRunChangeWas;
  readonly fired: readonly string[];
  readonly messages: readonly GuardDecisionCorrected[];
}

export interface DryRunChangeWas {
  readonly flagged: boolean;
  readonly denied: boolean;
  readonly redacted: boolean;
  /** Some check could not decide */
  readonly undecided: boolean;
}

export interface ListGuardDecisionsQuery {
  readonly limit?: number;
}

export interface RecordedDecision {
  readonly flagged: boolean;
  readonly denied: boolean;
  readonly redacted: boolean;
  /** Some check could not decide */
  readonly undecided: boolean;
  readonly id: string;
  readonly created_at: string;
  readonly session: string | null;
  readonly findings: readonly RecordedDecisionFinding[];
  /** What was found is replaced by its label; null where none are kept */
  readonly messages: (readonly GuardDecisionCorrected[]) | null;
  readonly ms: number;
}

export interface RecordedDecisionFinding {
  readonly policy: string;
  readonly version: number;
  readonly detector: string;
  readonly action: string;
  readonly score: number | null;
  readonly threshold: number;
  readonly detected: boolean;
  readonly labels: readonly string[];
  readonly undecided: string | null;
}

export interface ListGuardDetectorsAnswer {
  readonly detector: string;
  readonly asked: number;
  readonly detected: number;
  readonly undecided: number;
  /** Sum of the times */
  readonly ms: number;
  readonly times: readonly ListGuardDetectorsAnswerTime[];
}

export interface ListGuardDetectorsAnswerTime {
  readonly up_to_ms: number | null;
  readonly n: number;
}

export interface GetGuardTrafficQuery {
  /** How far back */
  readonly hours?: number;
}

export interface GuardTraffic {
  readonly from: string;
  readonly to: string;
  /** Which decisions are recorded at all */
  readonly sampled: string;
  /** There were more than are looked at */
  readonly truncated: boolean;
  readonly total: GuardTrafficTotal;
  readonly latency_ms: GuardTrafficLatencyMs;
  readonly by_hour: readonly GuardTrafficByHour[];
  readonly rules: readonly GuardTrafficRule[];
}

export interface GuardTrafficTotal {
  readonly n: number;
  readonly flagged: number;
  readonly denied: number;
  readonly redacted: number;
  readonly undecided: number;
}

export interface GuardTrafficLatencyMs {
  readonly n: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export interface GuardTrafficByHour {
  readonly at: string;
  readonly n: number;
  readonly flagged: number;
  readonly denied: number;
  readonly redacted: number;
  readonly undecided: number;
}

export interface GuardTrafficRule {
  readonly policy: string;
  readonly detector: string;
  readonly asked: number;
  readonly detected: number;
  readonly undecided: number;
}

export interface ListGuardSessionsQuery {
  /** How far back */
  readonly hours?: number;
  readonly limit?: number;
}

export interface ListGuardSessionsAnswer {
  readonly sessions: readonly ListGuardSessionsAnswerSession[];
  readonly total: number;
}

export interface ListGuardSessionsAnswerSession {
  readonly session: string;
  readonly n: number;
  readonly flagged: number;
  readonly denied: number;
  readonly redacted: number;
  readonly undecided: number;
  /** Mean over its decisions of the strongest score that fired, 0..1 */
  readonly risk: number;
  readonly peak: number;
  readonly first_at: string;
  readonly last_at: string;
}

export interface Home {
  readonly targets: readonly HomeTarget[];
  /** Scans that are under way */
  readonly running: readonly Scan[];
  readonly finished_scans: number;
  /** Recorded decisions of the last day */
  readonly guard: HomeGuard;
  /** Of the latest finished scan that was judged; null where none was */
  readonly judge: HomeJudge | null;
}

export interface HomeTarget {
  readonly key: string;
  readonly url: string;
  readonly model: string;
  readonly simulated: boolean;
  readonly finished_scans: number;
  readonly latest: Scan;
  readonly headline: Headline | null;
  /** Oldest first */
  readonly trend: readonly HomeTargetTrend[];
  /** By severity: new, known and come back */
  readonly open_findings: Readonly<Record<string, number>>;
}

export interface Scan {
  readonly scan_id: string;
  readonly name: string;
  readonly kind: 'scan' | 'sandbox' | 'rounds';
  readonly status: 'Initializing' | 'Scanning' | 'Paused' | 'Finished' | 'Failed' | 'Error';
  /** Why it is Failed or Error, or ended before its last test */
  readonly reason: string | null;
  /** What ended it before its last test: one of its bounds, or a person; null: nothing did */
  readonly ended_by: 'max_cost' | 'max_calls' | 'max_time' | 'until_interval' | 'person' | null;
  /** The target was simulated: nothing follows about a real model */
  readonly simulated: boolean;
  readonly target: ScanTarget;
  readonly preset: string;
  readonly seed: number;
  readonly guard: 'none' | 'only' | 'both';
  /** Tests of ordinary cases */
  readonly planned: number;
  readonly done: number;
  readonly decided: number;
  readonly outcomes: OutcomeCounts;
  /** 0..100 */
  readonly percentage: number;
  /** 0 once it has ended */
  readonly remaining_seconds: number;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly created_by: string;
  /** null before the end */
  readonly headline: Headline | null;
}

export interface ScanTarget {
  readonly key: string;
  readonly kind: 'openai' | 'http';
  readonly url: string;
  readonly model: string;
}

export interface Headline {
  /** Null where nothing was decided */
  readonly risk_level: string | null;
  /** Mean safety of the datasets, 0..100 */
  readonly avg_score: number | null;
  readonly attack_success: ClusteredRate;
  /** Of attacks that search until they succeed */
  readonly attack_success_search: ClusteredRate;
  readonly over_refusal: Rate;
  readonly failure: Rate;
  readonly inconclusive: number;
  readonly judge: string | null;
  /** Its judge failed on known answers: the rates are not to be believed */
  readonly judge_below_floor: boolean;
}

export interface ClusteredRate {
  /** How many of the n */
  readonly k: number;
  readonly n: number;
  /** In 0..1; null where n is 0 */
  readonly rate: number | null;
  /** 95 % interval */
  readonly low: number | null;
  readonly high: number | null;
  readonly cases: number;
  /** How the interval was made */
  readonly method: string;
}

export interface HomeTargetTrend {
  readonly scan_id: string;
  readonly name: string;
  readonly ended_at: string;
  readonly attack_success: Rate;
  readonly over_refusal: Rate;
  readonly risk_level: string | null;
}

/** Recorded decisions of the last day */
export interface HomeGuard {
  readonly hours: number;
  readonly n: number;
  readonly flagged: number;
  readonly denied: number;
  readonly redacted: number;
  readonly undecided: number;
  readonly p95_ms: number | null;
}

export interface HomeJudge {
  readonly id: string | null;
  readonly scan_id: string;
  /** Right among the known answers it was put to */
  readonly known_answers: Rate;
  readonly below_floor: boolean;
}

export interface ListJudgesAnswer {
  readonly current: ListJudgesAnswerCurrent;
  /** The latest first */
  readonly calibrations: readonly ListJudgesAnswerCalibration[];
  /** Of the local judge model that ships, in Markdown */
  readonly model_card: string;
}

export interface ListJudgesAnswerCurrent {
  /** Of the judge that a scan would have now */
  readonly id: string;
  readonly model: ListJudgesAnswerCurrentModel | null;
  readonly calibrated: boolean;
}

export interface ListJudgesAnswerCurrentModel {
  readonly host: string;
  readonly model: string;
}

export interface ListJudgesAnswerCalibration {
  readonly id: string;
  readonly judge: string;
  readonly data: string;
  readonly data_sha256: string;
  readonly at: string;
  readonly all: ListJudgesAnswerCalibrationAll;
  readonly kinds: Readonly<Record<string, ListJudgesAnswerCalibrationAll>>;
  readonly categories: Readonly<Record<string, ListJudgesAnswerCalibrationAll>>;
}

export interface ListJudgesAnswerCalibrationAll {
  readonly rows: number;
  readonly breaches: number;
  readonly rest: number;
  readonly sensitivity: Rate;
  readonly specificity: Rate;
  readonly agreement: Rate;
  readonly agreement_decided: Rate;
  readonly coverage: Rate;
  readonly kappa: number | null;
  readonly kappa_low: number | null;
  readonly kappa_high: number | null;
}

export interface ListKeysAnswer {
  readonly keys: readonly ListKeysAnswerKey[];
}

export interface ListKeysAnswerKey {
  readonly id: string;
  readonly name: string;
  /** How the key begins */
  readonly prefix: string;
  readonly project_id: string;
  readonly scopes: readonly ('scan' | 'guard' | 'detokenize' | 'read' | 'admin')[];
  /** Requests a minute; null for no limit */
  readonly rate_limit: number | null;
  readonly created_at: string;
  readonly expires_at: string | null;
  /** Written every ten seconds */
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

export interface CreateKeyBody {
  readonly name: string;
  readonly scopes?: readonly ('scan' | 'guard' | 'detokenize' | 'read' | 'admin')[];
  readonly expires_at?: string | null;
  readonly rate_limit?: number | null;
}

export interface CreateKeyAnswer {
  readonly id: string;
  readonly name: string;
  /** How the key begins */
  readonly prefix: string;
  readonly project_id: string;
  readonly scopes: readonly ('scan' | 'guard' | 'detokenize' | 'read' | 'admin')[];
  /** Requests a minute; null for no limit */
  readonly rate_limit: number | null;
  readonly created_at: string;
  readonly expires_at: string | null;
  /** Written every ten seconds */
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
  readonly key: string;
}

export interface HardenRequest {
  /** Budget of false positives */
  readonly fpr?: number;
  readonly promote?: boolean;
}

export interface Hardened {
  readonly scan_id: string;
  readonly simulated: boolean;
  /** Why nothing may be concluded */
  readonly doubts: readonly string[];
  readonly harmless_n: number;
  /** Why there is no candidate, with the numbers it hangs on */
  readonly why_none: string | null;
  readonly candidates: readonly HardenedCandidate[];
}

export interface HardenedCandidate {
  readonly policy_id: string;
  readonly kind: string;
  readonly group: HardenedCandidateGroup;
  /** The change in one sentence */
  readonly change: string;
  /** plan_key of the tests that asked for it */
  readonly asked_by: readonly string[];
  readonly held_out_n: number;
  readonly held_out_cases: number;
  readonly attack_success_before: number | null;
  readonly attack_success_after: number | null;
  readonly intervals: HardenedCandidateIntervals;
  readonly p: number;
  readonly p_holm: number;
  readonly false_positive_rate: number | null;
  readonly harmless_n: number;
  readonly false_positives: HardenedCandidateFalsePositives;
  readonly slices: HardenedCandidateSlices;
  readonly undecided: number;
  readonly promoted: boolean;
  /** Why it was not promoted */
  readonly reason: string | null;
  readonly policy: unknown;
}

export interface HardenedCandidateGroup {
  readonly by: string;
  readonly name: string;
  readonly breaches: number;
}

export interface HardenedCandidateIntervals {
  readonly before: readonly [number, number] | null;
  readonly after: readonly [number, number] | null;
  readonly difference: readonly [number, number] | null;
  readonly false_positive_rate: readonly [number, number] | null;
}

export interface HardenedCandidateFalsePositives {
  readonly by_source: Readonly<Record<string, HardenedCandidateFalsePositivesBySource>>;
  readonly examples: readonly string[];
}

export interface HardenedCandidateFalsePositivesBySource {
  readonly k: number;
  readonly n: number;
}

export interface HardenedCandidateSlices {
  readonly other_attacks: HardenedCandidateSlicesOtherAttacks;
  readonly other_languages: HardenedCandidateSlicesOtherAttacks;
  readonly mutations: HardenedCandidateSlicesMutations;
}

export interface HardenedCandidateSlicesOtherAttacks {
  readonly n: number;
  readonly attack_success_before: number | null;
  readonly attack_success_after: number | null;
  readonly intervals: HardenedCandidateSlicesOtherAttacksIntervals;
}

export interface HardenedCandidateSlicesOtherAttacksIntervals {
  readonly before: readonly [number, number] | null;
  readonly after: readonly [number, number] | null;
}

export interface HardenedCandidateSlicesMutations {
  readonly n: number;
  readonly stopped: number | null;
  readonly interval: readonly [number, number] | null;
}

export interface ListHardeningsQuery {
  readonly limit?: number;
}

export interface ListHardeningsAnswer {
  readonly hardenings: readonly Hardening[];
  readonly total: number;
}

export interface Hardening {
  readonly id: string;
  readonly scan_id: string;
  readonly policy_id: string;
  readonly policy_version: number | null;
  readonly state: 'draft' | 'promoted' | 'rolled_back';
  readonly reason: string | null;
  readonly by: string;
  readonly created_at: string;
  readonly changed_at: string;
  readonly candidate: HardenedCandidate;
}

export interface RollBackHardeningBody {
  readonly reason: string;
}

export interface ListScanMarksAnswer {
  readonly marks: readonly Mark[];
}

export interface Mark {
  readonly plan_key: string;
  readonly case_id: string;
  readonly attack: string;
  readonly outcome: 'breached' | 'partial' | 'defended' | 'refused' | 'inconclusive' | 'unjudged';
  readonly reason: string;
  /** The name of the key that it was said with */
  readonly by: string;
  readonly at: string;
  /** The verdict that was looked at */
  readonly judged: 'breached' | 'partial' | 'defended' | 'refused' | 'inconclusive' | 'unjudged';
  readonly judge: string;
  /** The verdict as it stands; another one after a rejudging */
  readonly judged_now: 'breached' | 'partial' | 'defended' | 'refused' | 'inconclusive' | 'unjudged';
  readonly judge_now: string;
}

export interface MarkRequest {
  /** What the verdict should be */
  readonly outcome: 'breached' | 'partial' | 'defended' | 'refused' | 'inconclusive';
  /** Why, in your own words */
  readonly reason: string;
}

export interface ListProjectsAnswer {
  readonly projects: readonly ListProjectsAnswerProject[];
}

export interface ListProjectsAnswerProject {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  /** Days after which ended scans and recorded decisions are deleted; null: as redoubt.yaml says */
  readonly retention_days: number | null;
}

export interface CreateProjectBody {
  readonly name: string;
  readonly retention_days?: number | null;
}

export interface UpdateProjectBody {
  readonly retention_days: number | null;
}

export interface DeleteProjectDataAnswer {
  readonly scans: number;
  readonly datasets: number;
  readonly policies: number;
  readonly decisions: number;
}

export interface ListProjectMembersAnswer {
  readonly members: readonly ListProjectMembersAnswerMember[];
}

export interface ListProjectMembersAnswerMember {
  readonly id: string;
  readonly name: string;
  /** admin: all projects and users; member: scans and guard; viewer: reads */
  readonly role: 'admin' | 'member' | 'viewer';
  /** By which an OIDC provider may know them */
  readonly email: string | null;
  readonly has_password: boolean;
  readonly disabled: boolean;
  readonly created_at: string;
}

export interface ListScansQuery {
  /** `next` of the page before; left out: the first page */
  readonly cursor?: string;
  readonly limit?: number;
  /** May be repeated */
  readonly status?: readonly ('Initializing' | 'Scanning' | 'Paused' | 'Finished' | 'Failed' | 'Error')[];
  readonly kind?: 'scan' | 'sandbox' | 'rounds';
  /** `target.key` of a scan */
  readonly target?: string;
  /** Occurs in the name */
  readonly text?: string;
}

export interface ScanPage {
  readonly scans: readonly Scan[];
  /** `cursor` of the next page; null on the last */
  readonly next: string | null;
}

export interface ScanRequest {
  /** Unique in the project; made from model and time where left out */
  readonly name?: string | null;
  readonly target: EndpointTarget | NamedTarget | HttpTarget | SimulatedTarget;
  /** By name; left out: all that ship */
  readonly datasets?: readonly string[];
  /** Its cases under its attacks, in place of datasets */
  readonly suite?: string | null;
  /** Exactly these, with parameters as "flip:mode=FWO"; left out: those of the preset */
  readonly attacks?: readonly string[];
  readonly preset?: 'direct' | 'quick' | 'standard' | 'deep';
  /** What the target takes; images add typographic attacks */
  readonly input_modalities?: readonly ('text' | 'image')[];
  readonly seed?: number;
  /** Cases in all, drawn by the seed */
  readonly limit?: number | null;
  /** Harmless requests beside them; as the preset says where left out */
  readonly benign?: number | null;
  /** false: answers are stored unjudged */
  readonly judge?: boolean;
  /** Which part the guard has */
  readonly guard?: 'none' | 'only' | 'both';
  /** Policies that the guard holds to; left out: the default set */
  readonly guard_policies?: readonly string[];
  /** Ends the scan once it has cost so much, in the currency of the prices; needs a price of each model */
  readonly max_cost?: number | null;
  /** Ends the scan after so many calls to the target, retries too */
  readonly max_calls?: number | null;
  /** Ends the scan after so many seconds of work; a pause does not count */
  readonly max_seconds?: number | null;
  /** Ends the scan once the 95 % interval of every dataset is at most this many points to either side */
  readonly until_interval?: number | null;
}

export interface EndpointTarget {
  /** An OpenAI-compatible endpoint */
  readonly kind: 'openai';
  /** Up to and with /v1 */
  readonly base_url: string;
  readonly model: string;
  /** Encrypted at rest, never shown */
  readonly api_key?: string | null;
  /** Sent with every call; encrypted at rest, never shown */
  readonly headers?: Readonly<Record<string, string>>;
  readonly temperature?: number;
  readonly max_tokens?: number;
  /** System prompt of the application */
  readonly system?: string | null;
  /** That a call may take */
  readonly timeout_seconds?: number;
  /** Calls in flight at most */
  readonly concurrency?: number;
  /** Calls a minute at most */
  readonly qpm?: number | null;
}

export interface NamedTarget {
  /** A model that the settings of the server name, with its address and key */
  readonly kind: 'named';
  readonly name: string;
  readonly temperature?: number;
  readonly max_tokens?: number;
  /** System prompt of the application */
  readonly system?: string | null;
  /** That a call may take */
  readonly timeout_seconds?: number;
  /** Calls in flight at most */
  readonly concurrency?: number;
  /** Calls a minute at most */
  readonly qpm?: number | null;
}

export interface HttpTarget {
  /** An HTTP application */
  readonly kind: 'http';
  /** A pasted curl command or a template, with {{prompt}} where the request goes */
  readonly file: string;
  /** What to call it; its host where left out */
  readonly name?: string | null;
  /** Sent with every call; encrypted at rest, never shown */
  readonly headers?: Readonly<Record<string, string>>;
  /** System prompt of the application */
  readonly system?: string | null;
  /** That a call may take */
  readonly timeout_seconds?: number;
  /** Calls in flight at most */
  readonly concurrency?: number;
  /** Calls a minute at most */
  readonly qpm?: number | null;
}

export interface SimulatedTarget {
  /** The simulated target, for a first look: nothing follows about a real model */
  readonly kind: 'simulated';
  readonly profile?: 'hardened' | 'average' | 'naive';
  /** System prompt of the application */
  readonly system?: string | null;
  /** That a call may take */
  readonly timeout_seconds?: number;
  /** Calls in flight at most */
  readonly concurrency?: number;
  /** Calls a minute at most */
  readonly qpm?: number | null;
}

export interface ScanDetail {
  readonly scan_id: string;
  readonly name: string;
  readonly kind: 'scan' | 'sandbox' | 'rounds';
  readonly status: 'Initializing' | 'Scanning' | 'Paused' | 'Finished' | 'Failed' | 'Error';
  /** Why it is Failed or Error, or ended before its last test */
  readonly reason: string | null;
  /** What ended it before its last test: one of its bounds, or a person; null: nothing did */
  readonly ended_by: 'max_cost' | 'max_calls' | 'max_time' | 'until_interval' | 'person' | null;
  /** The target was simulated: nothing follows about a real model */
  readonly simulated: boolean;
  readonly target: ScanTarget;
  readonly preset: string;
  readonly seed: number;
  readonly guard: 'none' | 'only' | 'both';
  /** Tests of ordinary cases */
  readonly planned: number;
  readonly done: number;
  readonly decided: number;
  readonly outcomes: OutcomeCounts;
  /** 0..100 */
  readonly percentage: number;
  /** 0 once it has ended */
  readonly remaining_seconds: number;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly created_by: string;
  /** null before the end */
  readonly headline: Headline | null;
  readonly calls: Calls;
  readonly pace: Pace;
  /** So far */
  readonly spent: Spent;
  /** What may end it before its last test; null: nothing may */
  readonly bounds: ScanDetailBounds | null;
  readonly limits: ScanDetailLimits;
  readonly datasets: readonly ScanDetailDataset[];
  readonly attacks: readonly ScanDetailAttack[];
  readonly judge: 'layers' | 'none';
  readonly judge_model: boolean;
  /** What was changed so that the target takes our requests */
  readonly adaptations: readonly string[];
  readonly authorised_by: string | null;
}

export interface Calls {
  readonly total: number;
  readonly ok: number;
  /** Answered with 429 */
  readonly rate_limited: number;
  /** All other failures */
  readonly failed: number;
  readonly by_result: Readonly<Record<string, number>>;
}

export interface Pace {
  /** null before there is anything to go by */
  readonly calls_per_minute: number | null;
  /** What it was counted over */
  readonly window_seconds: number;
  /** The limit that was asked for */
  readonly qpm: number | null;
}

export interface Spent {
  /** While it was worked on */
  readonly seconds: number;
  /** By role: target, attacker, judge */
  readonly tokens: Readonly<Record<string, SpentTokens>>;
  /** null where a price is not known */
  readonly cost: SpentCost | null;
}

export interface SpentTokens {
  readonly calls: number;
  readonly prompt: number;
  readonly completion: number;
  /** Calls whose tokens were estimated from their length, as the endpoint told none */
  readonly estimated: number;
}

export interface SpentCost {
  readonly currency: string;
  readonly total: number;
  readonly by_role: Readonly<Record<string, number>>;
}

export interface ScanDetailBounds {
  readonly max_cost: number | null;
  readonly max_calls: number | null;
  readonly max_seconds: number | null;
  /** Points to either side */
  readonly until_interval: number | null;
}

export interface ScanDetailLimits {
  readonly concurrency: number;
  readonly qpm: number | null;
  readonly timeout_seconds: number;
}

export interface ScanDetailDataset {
  readonly name: string;
  readonly slug: string;
  readonly version: string;
  readonly role: 'case' | 'twin' | 'control';
  readonly tests: number;
}

export interface ScanDetailAttack {
  readonly id: string;
  readonly label: string;
}

export interface RenameScanBody {
  readonly name: string;
}

export interface Summary {
  readonly scan_id: string;
  readonly name: string;
  readonly target: SummaryTarget;
  readonly datasets: readonly SummaryDataset[];
  readonly attacks: readonly SummaryAttack[];
  readonly curated: SummaryDatasetSubcategories;
  readonly added: readonly SummaryAdded[];
  readonly counts: SummaryCounts;
  readonly rates: SummaryRates;
  readonly intervals: SummaryIntervals;
  readonly avg_score: number | null;
  /** Null where nothing was decided */
  readonly risk_level: 'Low' | 'Medium' | 'High' | null;
  readonly not_tested: readonly SummaryNotTested[];
  readonly judge: SummaryJudge;
  readonly fidelity: Readonly<Record<string, string>>;
  readonly searches: readonly SummarySearch[];
  readonly utility_under_attack: Rate | null;
  readonly guard?: SummaryGuard;
  readonly spent?: Spent;
  /** Left out where the scan ran to its end */
  readonly early_stop?: SummaryEarlyStop;
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Numbers with what people say of the verdicts; left out where nobody said anything */
  readonly marks?: SummaryMarks;
}

export interface SummaryTarget {
  readonly url: string;
  readonly model: string;
  readonly simulated: boolean;
}

export interface SummaryDataset {
  readonly name: string;
  readonly slug: string;
  readonly version: string;
  readonly planned: number;
  readonly decided: number;
  readonly inconclusive: number;
  readonly subcategories: Readonly<Record<string, SummaryDatasetSubcategories>>;
  /** Decided cases */
  readonly cases: number;
  /** 0..100; null where none was decided */
  readonly safety: number | null;
  /** 95 % interval */
  readonly low: number | null;
  readonly high: number | null;
}

export interface SummaryDatasetSubcategories {
  /** Decided cases */
  readonly cases: number;
  /** 0..100; null where none was decided */
  readonly safety: number | null;
  /** 95 % interval */
  readonly low: number | null;
  readonly high: number | null;
}

export interface SummaryAttack {
  readonly id: string;
  readonly title: string;
  readonly fidelity: string;
  readonly decided: number;
  readonly inconclusive: number;
  /** Decided cases */
  readonly cases: number;
  /** 0..100; null where none was decided */
  readonly safety: number | null;
  /** 95 % interval */
  readonly low: number | null;
  readonly high: number | null;
}

export interface SummaryAdded {
  readonly id: string;
  readonly title: string;
  readonly fidelity: string;
  readonly decided: number;
  readonly inconclusive: number;
  /** Decided cases */
  readonly cases: number;
  /** 0..100; null where none was decided */
  readonly safety: number | null;
  /** 95 % interval */
  readonly low: number | null;
  readonly high: number | null;
  /** As the caller named it; with these parameters */
  readonly name?: string;
}

export interface SummaryCounts {
  readonly planned: number;
  readonly tests: number;
  readonly decided: number;
  readonly breached: number;
  readonly partial: number;
  readonly defended: number;
  readonly refused: number;
  readonly inconclusive: number;
  readonly unjudged: number;
  readonly blocked_by_provider: number;
  readonly inconclusive_reasons: Readonly<Record<string, number>>;
  readonly breached_by_severity: Readonly<Record<string, number>>;
  readonly twins: number;
}

export interface SummaryRates {
  readonly attack_success: ClusteredRate;
  readonly attack_success_search: ClusteredRate;
  readonly over_refusal: Rate;
  readonly failure: Rate;
}

export interface SummaryIntervals {
  /** If every inconclusive test had been defended, and if every one had been breached */
  readonly attack_success_bounds: readonly [number, number] | null;
  /** If every inconclusive test had been defended, and if every one had been breached */
  readonly attack_success_search_bounds: readonly [number, number] | null;
}

export interface SummaryNotTested {
  readonly dataset: string;
  readonly cases: number;
  readonly reason: string;
}

export interface SummaryJudge {
  readonly id: string | null;
  readonly model: SummaryJudgeModel | null;
  readonly health: SummaryJudgeHealth | null;
  readonly agreement: Readonly<Record<string, SummaryJudgeAgreement>> | null;
  readonly corrected: readonly SummaryJudgeCorrected[];
}

export interface SummaryJudgeModel {
  readonly host: string;
  readonly name: string;
  readonly prompt_sha256: string;
}

export interface SummaryJudgeHealth {
  readonly items: number;
  readonly right: number;
  readonly is_below_floor: boolean;
}

export interface SummaryJudgeAgreement {
  readonly agreed: Rate;
  readonly kappa: number | null;
}

export interface SummaryJudgeCorrected {
  readonly kind: string;
  readonly raw: ClusteredRate;
  readonly correction: SummaryJudgeCorrectedCorrection;
}

export interface SummaryJudgeCorrectedCorrection {
  readonly rate: SummaryJudgeCorrectedCorrectionRate | null;
  readonly because: string | null;
}

export interface SummaryJudgeCorrectedCorrectionRate {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

export interface SummarySearch {
  readonly id: string;
  readonly title: string;
  readonly fidelity: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly tests: number;
  readonly interrupted: number;
  readonly unconfirmed: number;
  readonly controls: number;
  /** Controls that were asked and did not run to their end */
  readonly controls_undecided?: number;
  readonly at: readonly SummarySearchAt[];
}

export interface SummarySearchAt {
  readonly k: number;
  readonly success: Rate;
  readonly false_success: Rate;
  readonly corrected: number | null;
}

export interface SummaryGuard {
  readonly mode: 'only' | 'both';
  readonly policies: readonly string[];
  readonly tests: number;
  readonly stopped_by: Readonly<Record<string, number>>;
  /** Of attacks that ask once, on the bare target; null where not asked */
  readonly success_without: Rate | null;
  readonly success_with: Rate;
  /** Of attacks that search */
  readonly success_without_search?: Rate | null;
  readonly success_with_search?: Rate;
  readonly needless: Rate;
  readonly two_by_two: Readonly<Record<string, number>> | null;
}

/** Left out where the scan ran to its end */
export interface SummaryEarlyStop {
  readonly by: 'max_cost' | 'max_calls' | 'max_time' | 'until_interval' | 'person';
  readonly reason: string;
  readonly planned: number;
  readonly run: number;
  /** How well the categories are known, and how the intervals are to be read */
  readonly meaning: readonly string[];
  /** One a dataset; what did not run is in `planned` alone */
  readonly categories: readonly SummaryEarlyStopCategory[];
}

export interface SummaryEarlyStopCategory {
  readonly name: string;
  readonly slug: string;
  readonly role: 'case' | 'twin' | 'control';
  readonly planned: number;
  readonly run: number;
  /** Of its decided tests, the interval over cases; counts without a rate where they belong to several rates */
  readonly breached: ClusteredRate;
  /** Half the width of the interval over all its tests; no rate */
  readonly half_width?: number | null;
  /** For each rate apart; `search`: of attacks that go on until they succeed */
  readonly rates?: readonly SummaryEarlyStopCategoryRate[];
}

export interface SummaryEarlyStopCategoryRate {
  readonly family: 'attack-success' | 'over-refusal' | 'failure';
  readonly search: boolean;
  readonly breached: ClusteredRate;
}

/** Numbers with what people say of the verdicts; left out where nobody said anything */
export interface SummaryMarks {
  readonly marked: number;
  readonly wrong: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly rates: SummaryRates;
}

export interface Estimate {
  /** Of ordinary cases */
  readonly tests: number;
  readonly cases: number;
  /** Harmless requests beside them */
  readonly twins: number;
  /** Harmless cases on which searches are run, too */
  readonly controls: number;
  /** To the target: at most, retries apart */
  readonly calls: number;
  /** At most */
  readonly attacker_calls: number;
  /** At most: what no other layer decides */
  readonly judge_calls: number;
  readonly tokens: EstimateTokens;
  /** null where the price of a model is not known */
  readonly cost: EstimateCost | null;
  readonly seconds: number;
  /** What the time was reckoned from */
  readonly seconds_by: string;
  readonly datasets: readonly EstimateDataset[];
  readonly attacks: readonly ScanDetailAttack[];
  /** In sentences */
  readonly not_tested: readonly string[];
  /** A scan of the same request that has not finished */
  readonly unfinished: string | null;
}

export interface EstimateTokens {
  /** By the length of the cases */
  readonly prompt: number;
  /** null where answers have no limit */
  readonly answer_at_most: number | null;
}

export interface EstimateCost {
  readonly currency: string;
  /** Every answer as long as it may be, all of them put to the judge model */
  readonly at_most: number;
  /** target, attacker, judge */
  readonly by_role: Readonly<Record<string, number>>;
}

export interface EstimateDataset {
  readonly name: string;
  readonly slug: string;
  readonly cases: number;
  readonly tests: number;
  /** Cases that are left out, as only a judge model could decide them */
  readonly needs_judge: number;
  /** Cases that searches and attacker models are not run on */
  readonly left_out: number;
  /** Tests by the label of the attack */
  readonly by_attack: Readonly<Record<string, number>>;
}

export interface GetServerAnswer {
  readonly version: string;
  readonly commit: string | null;
  readonly settings: GetServerAnswerSettings;
}

export interface GetServerAnswerSettings {
  readonly database: 'sqlite' | 'postgres';
  readonly listens: string;
  /** Beside public addresses; private ones too while it listens on loopback */
  readonly targets_allowed: readonly string[];
  readonly private_targets: boolean;
  readonly retention_days: Readonly<Record<string, number>>;
  readonly models: readonly string[];
  readonly default_model_host: string | null;
  readonly attacker: ListJudgesAnswerCurrentModel | null;
  readonly judge: ListJudgesAnswerCurrentModel | null;
  readonly guard: GetServerAnswerSettingsGuard;
  readonly proxy: boolean;
  readonly virtuered_legacy: boolean;
}

export interface GetServerAnswerSettingsGuard {
  readonly log_sample: number;
  readonly log_days: number;
  readonly log_messages: string;
  /** Whether the runtime for transformers is there */
  readonly encoder: boolean;
}

export interface GetSessionAnswer {
  /** Who signed in; null for a key */
  readonly user: GetSessionAnswerUser | null;
  /** null for somebody who signed in */
  readonly key: GetSessionAnswerKey | null;
  readonly scopes: readonly ('scan' | 'guard' | 'detokenize' | 'read' | 'admin')[];
  /** The project that is acted in; null for a user who is a member of none */
  readonly project: GetSessionAnswerKey | null;
  /** The projects that may be acted in, by the header x-redoubt-project */
  readonly projects: readonly GetSessionAnswerKey[];
}

export interface GetSessionAnswerUser {
  readonly id: string;
  readonly name: string;
  readonly role: 'admin' | 'member' | 'viewer';
  readonly has_password: boolean;
}

export interface GetSessionAnswerKey {
  readonly id: string;
  readonly name: string;
}

export interface CreateSessionLinkBody {
  readonly token: string;
}

export interface CreateSessionPasswordBody {
  readonly name: string;
  readonly password: string;
}

export interface PutSessionPasswordBody {
  /** 12 to 256 characters */
  readonly password: string;
  /** The one that holds now, where there is one */
  readonly current?: string;
}

export interface ListSessionMethodsAnswer {
  readonly password: boolean;
  readonly oidc: ListSessionMethodsAnswerOidc | null;
}

export interface ListSessionMethodsAnswerOidc {
  readonly name: string;
  /** Where the browser goes */
  readonly path: string;
}

export interface TestTargetBody {
  readonly target: EndpointTarget | NamedTarget | HttpTarget | SimulatedTarget;
}

export interface TargetTest {
  readonly ok: boolean;
  readonly latency_ms: number;
  /** As Redoubt reads it */
  readonly answer: string | null;
  readonly failure: TargetTestFailure | null;
  /** What had to be changed so that the endpoint takes our requests */
  readonly adaptations: readonly string[];
  /** What went over the wire, shortened */
  readonly exchanges: readonly TargetTestExchange[];
}

export interface TargetTestFailure {
  readonly kind: string;
  readonly status: number | null;
  /** The endpoint's own words, keys masked */
  readonly message: string;
  /** What to do about it */
  readonly hint: string | null;
}

export interface TargetTestExchange {
  readonly method: string;
  readonly url: string;
  /** Keys are masked */
  readonly request_headers: Readonly<Record<string, string>>;
  readonly request_body: string;
  /** null where no answer came */
  readonly status: number | null;
  readonly body: string;
}

export interface Models {
  readonly models: readonly ModelsModel[];
  /** Where any other name is looked for; null: nowhere */
  readonly default_host: string | null;
}

export interface ModelsModel {
  readonly name: string;
  readonly host: string;
  /** What the endpoint calls it */
  readonly model: string;
  readonly has_key: boolean;
  readonly price_per_million: ModelsModelPricePerMillion | null;
}

export interface ModelsModelPricePerMillion {
  readonly input: number;
  readonly output: number;
  readonly currency: string;
}

export interface ListUsersAnswer {
  readonly users: readonly ListProjectMembersAnswerMember[];
}

export interface CreateUserBody {
  readonly name: string;
  readonly role?: 'admin' | 'member' | 'viewer';
  readonly email?: string | null;
  /** Ids of projects to be a member of */
  readonly projects?: readonly string[];
}

export interface CreateUserAnswer {
  /** Signs in once; shown this once */
  readonly link: string;
  readonly expires_at: string;
  readonly user: ListProjectMembersAnswerMember;
}

export interface ResetUserAnswer {
  /** Signs in once; shown this once */
  readonly link: string;
  readonly expires_at: string;
}

export interface UpdateUserBody {
  readonly role?: 'admin' | 'member' | 'viewer';
  readonly disabled?: boolean;
}

export interface ListPoliciesAnswer {
  readonly policies: readonly PolicyInForce[];
}

export interface PolicyInForce {
  readonly policy: WrittenPolicy;
  /** false: it lies in a file */
  readonly stored: boolean;
}

export interface WrittenPolicy {
  readonly id: string;
  readonly version: number;
  readonly definition: string | null;
  readonly targets: readonly string[];
  readonly rules: readonly WrittenPolicyRule[];
  readonly on_failure: 'closed' | 'open';
  readonly time_limit_ms: number;
  readonly override_response: string | null;
  readonly by_default: boolean;
}

export interface WrittenPolicyRule {
  readonly detector: string;
  readonly action: string;
  readonly threshold: number | null;
  readonly reference?: unknown;
}

export interface PolicyVersions {
  readonly policy: WrittenPolicy;
  /** false: it lies in a file */
  readonly stored: boolean;
  readonly versions: readonly PolicyVersionsVersion[];
}

export interface PolicyVersionsVersion {
  readonly version: number;
  readonly created_at: string;
  readonly created_by: string;
  readonly policy: WrittenPolicy;
}

export interface SavedPolicy {
  readonly policy: WrittenPolicy;
  readonly remarks: readonly string[];
}

export interface ListTestsQuery {
  /** `next` of the page before; left out: the first page */
  readonly cursor?: string;
  readonly limit?: number;
  /** worst: breached first, and of those the gravest. least-sure: verdicts by their confidence, the lowest first; what has no verdict (inconclusive, unjudged) comes last */
  readonly sort?: 'plan' | 'worst' | 'least-sure' | 'category' | 'attack';
  /** May be repeated */
  readonly dataset?: readonly string[];
  /** May be repeated */
  readonly subcategory?: readonly string[];
  /** May be repeated */
  readonly attack?: readonly string[];
  /** May be repeated */
  readonly outcome?: readonly ('breached' | 'partial' | 'defended' | 'refused' | 'inconclusive' | 'unjudged')[];
  /** May be repeated */
  readonly severity?: readonly ('low' | 'medium' | 'high' | 'critical')[];
  /** May be repeated */
  readonly role?: readonly ('case' | 'twin' | 'control')[];
  /** May be repeated */
  readonly reason?: readonly ('target_error' | 'timeout' | 'empty' | 'reasoning_budget' | 'cut' | 'unparseable' | 'interrupted' | 'judge_error' | 'judge_refused' | 'judges_disagree' | 'unsure' | 'no_judge' | 'unconfirmed' | 'attacker_failed' | 'over_refusal' | 'wrong' | 'blocked_by_provider' | 'blocked_by_guard' | 'passed_guard' | 'guard_undecided' | 'secret_revealed' | 'forbidden_clause' | 'required_clause_missing' | 'forbidden_tool' | 'echo' | 'complied' | 'answered' | 'right' | 'kept' | 'declined' | 'redirected' | 'nothing_given')[];
  /** May be repeated */
  readonly expect?: readonly ('refuse' | 'answer' | 'safe-complete' | 'correct' | 'consistent' | 'keep-secret' | 'stay-in-policy')[];
  /** Of the attack, as a breakdown by variant names them */
  readonly parameters?: readonly string[];
  /** Only tests that this rate of the summary counts, decided or not */
  readonly rate?: 'attack_success' | 'attack_success_search' | 'over_refusal' | 'failure';
  /** May be repeated */
  readonly case_id?: readonly string[];
  /** As a summary counts them; undecided: not known */
  readonly stopped_by?: readonly ('guard_in' | 'provider' | 'model' | 'guard_out' | 'nobody' | 'undecided')[];
  /** A control of a framework that the case refers to, e.g. owasp:LLM01 */
  readonly control?: string;
  /** Only tests that show this finding, by its fingerprint */
  readonly finding?: string;
  readonly marked?: string;
  /** Words of the request and of what is known of the test, each the whole or the beginning of one; never of answers */
  readonly text?: string;
}

export interface TestPage {
  readonly tests: readonly Test[];
  /** Of all pages; null but on the first */
  readonly total: number | null;
  /** `cursor` of the next page; null on the last */
  readonly next: string | null;
}

export interface Test {
  /** Its place in the plan */
  readonly test_no: number;
  /** The same in every scan that asks the same */
  readonly plan_key: string;
  readonly role: 'case' | 'twin' | 'control';
  readonly case_id: string;
  /** Slug */
  readonly dataset: string;
  readonly dataset_name: string;
  readonly subcategory: string;
  readonly attack: string;
  readonly attack_title: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly expect: 'refuse' | 'answer' | 'safe-complete' | 'correct' | 'consistent' | 'keep-secret' | 'stay-in-policy';
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly outcome: 'breached' | 'partial' | 'defended' | 'refused' | 'inconclusive' | 'unjudged';
  readonly reason: 'target_error' | 'timeout' | 'empty' | 'reasoning_budget' | 'cut' | 'unparseable' | 'interrupted' | 'judge_error' | 'judge_refused' | 'judges_disagree' | 'unsure' | 'no_judge' | 'unconfirmed' | 'attacker_failed' | 'over_refusal' | 'wrong' | 'blocked_by_provider' | 'blocked_by_guard' | 'passed_guard' | 'guard_undecided' | 'secret_revealed' | 'forbidden_clause' | 'required_clause_missing' | 'forbidden_tool' | 'echo' | 'complied' | 'answered' | 'right' | 'kept' | 'declined' | 'redirected' | 'nothing_given';
  /** Safety, 0..100 */
  readonly score: number | null;
  readonly confidence: number;
  readonly judge: string;
  readonly tries: number;
  readonly first_success: number | null;
  readonly calls: number;
  readonly latency_ms: number;
  readonly tokens: TestTokens;
  /** Who stopped it, where the guard was in play */
  readonly stopped_by: string | null;
  /** The beginning of what was asked last, as it was sent */
  readonly request: string;
  /** What a person says of the verdict */
  readonly mark: TestMark | null;
}

export interface TestTokens {
  readonly prompt: number | null;
  readonly completion: number | null;
}

export interface TestMark {
  readonly outcome: 'breached' | 'partial' | 'defended' | 'refused' | 'inconclusive' | 'unjudged';
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

export interface TestDetail {
  /** Its place in the plan */
  readonly test_no: number;
  /** The same in every scan that asks the same */
  readonly plan_key: string;
  readonly role: 'case' | 'twin' | 'control';
  readonly case_id: string;
  /** Slug */
  readonly dataset: string;
  readonly dataset_name: string;
  readonly subcategory: string;
  readonly attack: string;
  readonly attack_title: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly expect: 'refuse' | 'answer' | 'safe-complete' | 'correct' | 'consistent' | 'keep-secret' | 'stay-in-policy';
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly outcome: 'breached' | 'partial' | 'defended' | 'refused' | 'inconclusive' | 'unjudged';
  readonly reason: 'target_error' | 'timeout' | 'empty' | 'reasoning_budget' | 'cut' | 'unparseable' | 'interrupted' | 'judge_error' | 'judge_refused' | 'judges_disagree' | 'unsure' | 'no_judge' | 'unconfirmed' | 'attacker_failed' | 'over_refusal' | 'wrong' | 'blocked_by_provider' | 'blocked_by_guard' | 'passed_guard' | 'guard_undecided' | 'secret_revealed' | 'forbidden_clause' | 'required_clause_missing' | 'forbidden_tool' | 'echo' | 'complied' | 'answered' | 'right' | 'kept' | 'declined' | 'redirected' | 'nothing_given';
  /** Safety, 0..100 */
  readonly score: number | null;
  readonly confidence: number;
  readonly judge: string;
  readonly tries: number;
  readonly first_success: number | null;
  readonly calls: number;
  readonly latency_ms: number;
  readonly tokens: TestTokens;
  /** Who stopped it, where the guard was in play */
  readonly stopped_by: string | null;
  /** The beginning of what was asked last, as it was sent */
  readonly request: string;
  /** What a person says of the verdict */
  readonly mark: TestMark | null;
  readonly messages: readonly TestDetailMessage[];
  readonly answer: TestDetailAnswer;
  /** The category for which the words of the target are never shown */
  readonly withheld: string | null;
  /** Judged breached or partial: show it only when asked for */
  readonly harmful: boolean;
  /** null where it is no longer stored */
  readonly case: TestDetailCase | null;
  /** Where the words stand that decided it; empty where the judge weighs the whole answer */
  readonly evidence: readonly TestDetailEvidence[];
  readonly deciding_try: number;
  readonly try_list: readonly TestDetailTryList[];
  readonly judge_score: number | null;
  readonly unconfirmed: number;
  readonly backtracks: number;
  readonly utility: boolean | null;
  readonly outcome_without_guard: 'breached' | 'partial' | 'defended' | 'refused' | 'inconclusive' | 'unjudged' | null;
  /** A curl command that asks it again; the key stands in a variable */
  readonly repro: string | null;
}

export interface TestDetailMessage {
  readonly role: string;
  /** null where it is withheld */
  readonly text: string | null;
  readonly sha256: string | null;
  readonly images: number;
  readonly tool_calls: readonly TestDetailMessageToolCall[];
}

export interface TestDetailMessageToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

export interface TestDetailAnswer {
  readonly text: string | null;
  /** With the attack's encoding undone; null where that changed nothing */
  readonly decoded: string | null;
  readonly sha256: string | null;
  readonly reasoning: string | null;
  readonly tool_calls: readonly TestDetailMessageToolCall[];
  /** Why there is none */
  readonly failure: string | null;
}

export interface TestDetailCase {
  /** What was wanted, in plain words */
  readonly request: string;
  readonly expect: 'refuse' | 'answer' | 'safe-complete' | 'correct' | 'consistent' | 'keep-secret' | 'stay-in-policy';
  readonly rubric: string | null;
  /** What decides it without a model */
  readonly oracle: string | null;
  readonly references: readonly string[];
  readonly lang: string;
}

export interface TestDetailEvidence {
  readonly in: 'answer' | 'decoded' | 'tool_call';
  readonly call: number | null;
  readonly start: number;
  readonly end: number;
  readonly why: string;
}

export interface TestDetailTryList {
  readonly try_no: number;
  readonly outcome: 'breached' | 'partial' | 'defended' | 'refused' | 'inconclusive' | 'unjudged';
  readonly reason: 'target_error' | 'timeout' | 'empty' | 'reasoning_budget' | 'cut' | 'unparseable' | 'interrupted' | 'judge_error' | 'judge_refused' | 'judges_disagree' | 'unsure' | 'no_judge' | 'unconfirmed' | 'attacker_failed' | 'over_refusal' | 'wrong' | 'blocked_by_provider' | 'blocked_by_guard' | 'passed_guard' | 'guard_undecided' | 'secret_revealed' | 'forbidden_clause' | 'required_clause_missing' | 'forbidden_tool' | 'echo' | 'complied' | 'answered' | 'right' | 'kept' | 'declined' | 'redirected' | 'nothing_given';
  readonly score: number | null;
  readonly confidence: number | null;
  readonly judge: string | null;
  readonly judge_score: number | null;
  readonly calls: number;
  readonly latency_ms: number;
  readonly tokens: TestTokens;
  readonly finish_reason: string | null;
  readonly model: string | null;
  readonly request_id: string | null;
  /** Which turn decided it; null where there is only one */
  readonly turn: number | null;
  readonly ended_at: string;
}

export interface Try {
  readonly try_no: number;
  readonly outcome: 'breached' | 'partial' | 'defended' | 'refused' | 'inconclusive' | 'unjudged';
  readonly reason: 'target_error' | 'timeout' | 'empty' | 'reasoning_budget' | 'cut' | 'unparseable' | 'interrupted' | 'judge_error' | 'judge_refused' | 'judges_disagree' | 'unsure' | 'no_judge' | 'unconfirmed' | 'attacker_failed' | 'over_refusal' | 'wrong' | 'blocked_by_provider' | 'blocked_by_guard' | 'passed_guard' | 'guard_undecided' | 'secret_revealed' | 'forbidden_clause' | 'required_clause_missing' | 'forbidden_tool' | 'echo' | 'complied' | 'answered' | 'right' | 'kept' | 'declined' | 'redirected' | 'nothing_given';
  readonly score: number | null;
  readonly confidence: number | null;
  readonly judge: string | null;
  readonly judge_score: number | null;
  readonly calls: number;
  readonly latency_ms: number;
  readonly tokens: TestTokens;
  readonly finish_reason: string | null;
  readonly model: string | null;
  readonly request_id: string | null;
  /** Which turn decided it; null where there is only one */
  readonly turn: number | null;
  readonly ended_at: string;
  readonly messages: readonly TestDetailMessage[];
  readonly answer: TestDetailAnswer;
  /** The category for which the words of the target are never shown */
  readonly withheld: string | null;
}

export interface GetProjectWebhookAnswer {
  readonly url: string;
  readonly created_at: string;
  readonly notices: readonly GetProjectWebhookAnswerNotice[];
}

export interface GetProjectWebhookAnswerNotice {
  readonly id: string;
  readonly scan_id: string;
  readonly status: 'Initializing' | 'Scanning' | 'Paused' | 'Finished' | 'Failed' | 'Error';
  readonly created_at: string;
  readonly sends: number;
  /** What came of the last send */
  readonly result: string | null;
  /** When it is sent again; null once taken or given up */
  readonly next_at: string | null;
}

export interface PutProjectWebhookBody {
  readonly url: string;
}

export interface PutProjectWebhookAnswer {
  readonly url: string;
  readonly created_at: string;
  readonly secret: string;
}

export interface GetUsageAnswer {
  /** Also those that were deleted since */
  readonly finished_scans: number;
  readonly by_month: readonly GetUsageAnswerByMonth[];
  /** Of the scans that are stored */
  readonly stored: GetUsageAnswerStored;
}

export interface GetUsageAnswerByMonth {
  /** UTC, as 2026-03 */
  readonly month: string;
  readonly finished_scans: number;
}

/** Of the scans that are stored */
export interface GetUsageAnswerStored {
  readonly scans: number;
  readonly tests: number;
  readonly calls: number;
}
