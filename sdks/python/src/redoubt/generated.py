"""The shapes of Redoubt's own API, made from its OpenAPI document by `npm run sdk-types`. Not to be edited."""

from __future__ import annotations

from typing import Any, Literal, TypedDict, Union


class _PreviewRequestNeeded(TypedDict):
    # The request, in plain words
    text: str


class PreviewRequest(_PreviewRequestNeeded, total=False):
    # Parameters of the attack, as the command line takes them
    parameters: dict[str, str]
    seed: int

class Preview(TypedDict):
    # The transformed request alone
    payload: str
    # What would be sent; several where the attack tries several
    conversations: list[list[PreviewConversation]]

class PreviewConversation(TypedDict):
    role: str
    content: Any

class Problem(TypedDict):
    error: ProblemError

class _ProblemErrorNeeded(TypedDict):
    code: str
    message: str


class ProblemError(_ProblemErrorNeeded, total=False):
    field: str
    lines: list[ProblemErrorLine]

class ProblemErrorLine(TypedDict):
    line: int
    text: str

class ListAttacksAnswer(TypedDict):
    attacks: list[Attack]

class Attack(TypedDict):
    id: str
    # The name that clients send
    title: str
    summary: str
    paper: Union[str, None]
    family: str
    fidelity: str
    # Of the form that runs where no attacker model is configured
    fidelity_without_attacker: str
    needs: list[str]
    version: int
    # Calls to the target for one test under the default parameters
    calls: int
    # JSON Schema of each parameter
    parameters: dict[str, Any]
    short_names: list[str]

class ListSuitesAnswer(TypedDict):
    suites: list[Suite]

class Suite(TypedDict):
    id: str
    title: str
    summary: str
    # Names by which other tools call it
    also: list[str]
    cases: int
    attacks: list[str]

class GetAuditQuery(TypedDict, total=False):
    # `next` of the page before
    before: str
    limit: int

class GetAuditAnswer(TypedDict):
    entries: list[GetAuditAnswerEntry]
    # `before` of the next page; null on the last
    next: Union[str, None]

class GetAuditAnswerEntry(TypedDict):
    id: str
    at: str
    # Name of the user or key
    actor: str
    action: str
    subject: str

class HeatMap(TypedDict):
    status: str
    datasets: list[HeatMapDataset]
    attacks: list[HeatMapAttack]
    # Those with a test
    cells: list[HeatMapCell]

class HeatMapDataset(TypedDict):
    slug: str
    name: str
    planned: int

class HeatMapAttack(TypedDict):
    id: str
    title: str

class HeatMapCell(TypedDict):
    tests: int
    decided: int
    outcomes: OutcomeCounts
    # Breached among the decided, with the interval over tests
    failed: Rate
    dataset: str
    attack: str

class OutcomeCounts(TypedDict):
    breached: int
    partial: int
    defended: int
    refused: int
    inconclusive: int
    unjudged: int

class Rate(TypedDict):
    # How many of the n
    k: float
    n: float
    # In 0..1; null where n is 0
    rate: Union[float, None]
    # 95 % interval
    low: Union[float, None]
    high: Union[float, None]

class _BreakdownQueryNeeded(TypedDict):
    # reason: also by outcome; variant: an attack with its parameters
    by: Literal["dataset", "subcategory", "attack", "variant", "severity", "expect", "reason", "role", "dataset-attack"]


class BreakdownQuery(_BreakdownQueryNeeded, total=False):
    # all: with twins and controls
    roles: Literal["case", "all"]

class Breakdown(TypedDict):
    # Tests that share the keys and belong to the same rate
    groups: list[BreakdownGroup]

class BreakdownGroup(TypedDict):
    tests: int
    decided: int
    outcomes: OutcomeCounts
    failed: Rate
    keys: dict[str, str]
    role: Literal["case", "twin", "control"]
    # The rate that its tests belong to; the three are never added up
    family: Literal["attack-success", "over-refusal", "failure"]
    # Whether its attacks go on until they succeed; never added up with those that ask once
    search: bool

class ListComparisonsQuery(TypedDict):
    # Id of the earlier scan
    before: str
    # Id of the later scan
    after: str

class Comparison(TypedDict):
    before: ComparedScan
    after: ComparedScan
    # Over attack success
    conclusion: Literal["worse", "better", "no difference shown", "cannot conclude"]
    # Why nothing can be concluded
    doubts: list[str]
    # Tests that both ran
    tests: int
    only_before: int
    only_after: int
    left_out: list[ComparisonLeftOut]
    changes: list[ComparisonChange]
    # Failed after and not before
    regressed: int
    fixed: int
    # Partial after, no failure before
    weakened: int
    strengthened: int
    unchanged: int
    newly_inconclusive: int
    newly_decided: int
    inconclusive_in_both: int
    rates: ComparisonRates

class ComparedScan(TypedDict):
    scan_id: str
    name: str
    model: str
    # The target was simulated: nothing follows about a real model
    simulated: bool
    ended_at: Union[str, None]

class ComparisonLeftOut(TypedDict):
    dataset: str
    slug: str
    reason: str

class ComparisonChange(TypedDict):
    what: str
    before: str
    after: str

class ComparisonRates(TypedDict):
    attack_success: PairedRate
    attack_success_search: PairedRate
    over_refusal: PairedRate
    failure: PairedRate

class PairedRate(TypedDict):
    # Failed after and not before
    regressed: int
    fixed: int
    # Partial after, no failure before
    weakened: int
    strengthened: int
    unchanged: int
    newly_inconclusive: int
    newly_decided: int
    inconclusive_in_both: int
    tests: int
    before: Rate
    after: Rate
    difference: RateDifference
    # McNemar, exact, two-sided
    p: float
    conclusion: Literal["worse", "better", "no difference shown", "cannot conclude"]

class RateDifference(TypedDict):
    value: Union[float, None]
    low: Union[float, None]
    high: Union[float, None]
    n: float
    cases: float
    method: str

class _ComparedTestsQueryNeeded(TypedDict):
    # Id of the earlier scan
    before: str
    # Id of the later scan
    after: str
    standing: Literal["regressed", "fixed", "weakened", "strengthened", "unchanged", "newly_inconclusive", "newly_decided", "inconclusive_in_both"]


class ComparedTestsQuery(_ComparedTestsQueryNeeded, total=False):
    # `next` of the page before
    cursor: int
    limit: int

class ComparedTestsPage(TypedDict):
    tests: list[ComparedTest]
    # null at the end
    next: Union[float, None]

class ComparedTest(TypedDict):
    plan_key: str
    case_id: str
    dataset: str
    subcategory: str
    attack: str
    attack_title: str
    parameters: dict[str, Any]
    role: str
    severity: str
    standing: Literal["regressed", "fixed", "weakened", "strengthened", "unchanged", "newly_inconclusive", "newly_decided", "inconclusive_in_both"]
    before: ComparedTestBefore
    after: ComparedTestBefore

class ComparedTestBefore(TypedDict):
    outcome: Literal["breached", "partial", "defended", "refused", "inconclusive", "unjudged"]
    reason: str
    judge: str

class _AddDatasetQueryNeeded(TypedDict):
    name: str


class AddDatasetQuery(_AddDatasetQueryNeeded, total=False):
    # CSV: KEY=COLUMN, where the column of a key has another name; may be repeated
    column: list[str]
    # Report on the file without storing it
    check_only: str

class UploadReport(TypedDict):
    # null where the file was only checked
    dataset: Union[Dataset, None]
    good: float
    bad: float
    # Remarks on single lines, at most 100
    lines: list[ProblemErrorLine]
    # Remarks on the file: cases that need a judge model, categories out of balance
    remarks: list[str]

class Dataset(TypedDict):
    name: str
    slug: str
    version: str
    cases: float
    origin: Literal["shipped", "own"]
    # Whether a scan that names no dataset asks it
    by_default: bool

class ListDatasetsAnswer(TypedDict):
    datasets: list[Dataset]

class GetDatasetQuery(TypedDict, total=False):
    # Position of the last case seen
    after: int
    limit: int

class DatasetPage(TypedDict):
    dataset: Dataset
    cases: list[DatasetCase]
    # `after` of the next page; null on the last
    next: Union[float, None]

class DatasetCase(TypedDict):
    position: int
    id: str
    subcategory: str
    leaf: Union[str, None]
    lang: str
    expect: str
    severity: str
    # What the target is asked, in plain words
    request: str
    # Kind of the oracle that decides the case without a model
    oracle: Union[str, None]
    rubric: Union[str, None]
    references: list[str]

class ExportScanQuery(TypedDict, total=False):
    # Answers judged breached or partial are not shortened in pdf, html and csv
    full_answers: str

class FindingsQuery(TypedDict, total=False):
    # May be repeated
    state: list[Literal["new", "known", "regressed", "fixed", "accepted", "false_positive"]]
    severity: Literal["low", "medium", "high", "critical"]
    # severity: the gravest first, and of those the latest
    sort: Literal["latest", "severity"]
    offset: int
    limit: int

class FindingsPage(TypedDict):
    findings: list[Finding]
    total: int

class Finding(TypedDict):
    fingerprint: str
    state: Literal["new", "known", "regressed", "fixed", "accepted", "false_positive"]
    # Slug of the dataset
    dataset: str
    case_id: str
    subcategory: str
    attack_family: str
    behaviour: str
    severity: str
    first_scan: str
    first_at: str
    last_scan: str
    last_at: str
    fixed_scan: Union[str, None]
    # How often it was fixed and came back
    times_back: int
    decision: Union[FindingDecision, None]

class FindingDecision(TypedDict):
    by: str
    at: str
    reason: str
    until: Union[str, None]

class _FindingDecisionRequestNeeded(TypedDict):
    kind: Literal["accepted", "false_positive"]
    reason: str


class FindingDecisionRequest(_FindingDecisionRequestNeeded, total=False):
    # When an acceptance ends; null: never
    until: Union[str, None]

class ListScanFindingsQuery(TypedDict, total=False):
    baseline: str

class ScanFindings(TypedDict):
    baseline: Union[ScanFindingsBaseline, None]
    findings: list[ScanFindingsFinding]
    fixed: list[ScanFindingsFinding]

class ScanFindingsBaseline(TypedDict):
    name: str
    conclusion: str
    difference: str
    doubts: list[str]

class ScanFindingsFinding(TypedDict):
    fingerprint: str
    state: Literal["new", "known", "regressed", "fixed", "accepted", "false_positive"]
    case_id: str
    dataset: str
    subcategory: str
    attack_family: str
    attack: str
    plan_key: str
    behaviour: str
    severity: str
    tests: int
    decision: Union[str, None]

class ListDetectorsAnswer(TypedDict):
    detectors: list[Detector]

class Detector(TypedDict):
    id: str
    title: str
    summary: str
    version: int
    # Class of cost, cheapest first: rules, linear, encoder, remote
    cost: str
    # No accuracy was measured: off unless a policy names it
    experimental: bool
    # Holds where a policy names none
    threshold: float
    asks: Literal["message", "conversation"]
    # What its reference must hold; null where it takes none
    reference: Union[str, None]
    needs_reference: bool

class _GuardRequestNeeded(TypedDict):
    messages: list[GuardMessage]


class GuardRequest(_GuardRequestNeeded, total=False):
    session: Union[str, None]
    # Exactly these; empty: the drafts, and where there is none the default set
    policies: list[str]
    # Policies that hold for this request alone
    drafts: list[Policy]
    fail_fast: bool

class GuardMessage(TypedDict):
    role: Literal["user", "assistant", "system", "developer", "context", "tool"]
    content: str

class _PolicyNeeded(TypedDict):
    id: str
    rules: list[PolicyRule]


class Policy(_PolicyNeeded, total=False):
    version: int
    definition: Union[str, None]
    targets: list[Literal["user", "assistant", "system", "developer", "context", "tool"]]
    on_failure: Literal["closed", "open"]
    time_limit_ms: int
    override_response: Union[str, None]
    by_default: bool

class _PolicyRuleNeeded(TypedDict):
    detector: str


class PolicyRule(_PolicyRuleNeeded, total=False):
    action: Literal["block", "redact", "flag", "strip"]
    threshold: Union[float, None]
    reference: Any

class GuardDecision(TypedDict):
    id: str
    flagged: bool
    denied: bool
    redacted: bool
    undecided: bool
    # Said in place of an answer
    override: Union[str, None]
    session_risk: Union[float, None]
    findings: list[GuardFinding]
    corrected: Union[list[GuardDecisionCorrected], None]
    ms: float

class GuardFinding(TypedDict):
    policy: str
    version: float
    detector: str
    action: str
    # null where no message has a role of the policy, or nothing could be decided
    score: Union[float, None]
    threshold: float
    detected: bool
    asked: bool
    undecided: Union[str, None]
    labels: list[GuardFindingLabel]
    hits: list[GuardFindingHit]
    ms: float

class GuardFindingLabel(TypedDict):
    label: str
    score: float

class GuardFindingHit(TypedDict):
    # Which of the messages, from 0
    message: int
    score: float
    spans: list[GuardFindingHitSpan]

class GuardFindingHitSpan(TypedDict):
    label: str
    score: float
    start: int
    end: int

class GuardDecisionCorrected(TypedDict):
    role: str
    content: str

class Frameworks(TypedDict):
    note: str
    frameworks: list[FrameworksFramework]

class FrameworksFramework(TypedDict):
    id: str
    title: str
    controls: list[FrameworksFrameworkControl]

class FrameworksFrameworkControl(TypedDict):
    id: str
    title: Union[str, None]
    status: Literal["failed", "no failure found", "not tested", "not testable by prompting"]
    # Decided tests whose case refers to it
    tests: int
    # Breached or partial among them
    failures: int
    # Share of failures that is still possible, 95 %; null without a test
    upper_bound: Union[float, None]

class _DryRunRequestNeeded(TypedDict):
    # A policy as policy files have it
    draft: Policy


class DryRunRequest(_DryRunRequestNeeded, total=False):
    # How many of the latest are asked about
    decisions: int
    # How many changes are shown of each kind
    most: int

class DryRun(TypedDict):
    # The result in one sentence
    sentence: str
    # Recorded decisions that the draft was asked about
    n: float
    # Recorded decisions whose messages were not kept
    without_messages: float
    denies: DryRunDenies
    flags: DryRunDenies
    # Would be denied and were not, newest first
    denied: list[DryRunChange]
    # Were denied and would not be, newest first
    released: list[DryRunChange]

class DryRunDenies(TypedDict):
    before: float
    after: float

class DryRunChange(TypedDict):
    id: str
    created_at: str
    was: DryRunChangeWas
    would: DryRunChangeWas
    fired: list[str]
    messages: list[GuardDecisionCorrected]

class DryRunChangeWas(TypedDict):
    flagged: bool
    denied: bool
    redacted: bool
    # Some check could not decide
    undecided: bool

class ListGuardDecisionsQuery(TypedDict, total=False):
    limit: int

class RecordedDecision(TypedDict):
    flagged: bool
    denied: bool
    redacted: bool
    # Some check could not decide
    undecided: bool
    id: str
    created_at: str
    session: Union[str, None]
    findings: list[RecordedDecisionFinding]
    # What was found is replaced by its label; null where none are kept
    messages: Union[list[GuardDecisionCorrected], None]
    ms: float

class RecordedDecisionFinding(TypedDict):
    policy: str
    version: float
    detector: str
    action: str
    score: Union[float, None]
    threshold: float
    detected: bool
    labels: list[str]
    undecided: Union[str, None]

class ListGuardDetectorsAnswer(TypedDict):
    detector: str
    asked: float
    detected: float
    undecided: float
    # Sum of the times
    ms: float
    times: list[ListGuardDetectorsAnswerTime]

class ListGuardDetectorsAnswerTime(TypedDict):
    up_to_ms: Union[float, None]
    n: float

class GetGuardTrafficQuery(TypedDict, total=False):
    # How far back
    hours: int

GuardTraffic = TypedDict("GuardTraffic", {
    "from": "str",
    "to": "str",
    "sampled": "str",
    "truncated": "bool",
    "total": "GuardTrafficTotal",
    "latency_ms": "GuardTrafficLatencyMs",
    "by_hour": "list[GuardTrafficByHour]",
    "rules": "list[GuardTrafficRule]",
}, total=False)

class GuardTrafficTotal(TypedDict):
    n: int
    flagged: int
    denied: int
    redacted: int
    undecided: int

class GuardTrafficLatencyMs(TypedDict):
    n: int
    p50: Union[float, None]
    p90: Union[float, None]
    p95: Union[float, None]
    p99: Union[float, None]
    max: Union[float, None]

class GuardTrafficByHour(TypedDict):
    at: str
    n: int
    flagged: int
    denied: int
    redacted: int
    undecided: int

class GuardTrafficRule(TypedDict):
    policy: str
    detector: str
    asked: int
    detected: int
    undecided: int

class ListGuardSessionsQuery(TypedDict, total=False):
    # How far back
    hours: int
    limit: int

class ListGuardSessionsAnswer(TypedDict):
    sessions: list[ListGuardSessionsAnswerSession]
    total: int

class ListGuardSessionsAnswerSession(TypedDict):
    session: str
    n: int
    flagged: int
    denied: int
    redacted: int
    undecided: int
    # Mean over its decisions of the strongest score that fired, 0..1
    risk: float
    peak: float
    first_at: str
    last_at: str

class Home(TypedDict):
    targets: list[HomeTarget]
    # Scans that are under way
    running: list[Scan]
    finished_scans: int
    # Recorded decisions of the last day
    guard: HomeGuard
    # Of the latest finished scan that was judged; null where none was
    judge: Union[HomeJudge, None]

class HomeTarget(TypedDict):
    key: str
    url: str
    model: str
    simulated: bool
    finished_scans: int
    latest: Scan
    headline: Union[Headline, None]
    # Oldest first
    trend: list[HomeTargetTrend]
    # By severity: new, known and come back
    open_findings: dict[str, int]

class Scan(TypedDict):
    scan_id: str
    name: str
    kind: Literal["scan", "sandbox", "rounds"]
    status: Literal["Initializing", "Scanning", "Paused", "Finished", "Failed", "Error"]
    # Why it is Failed or Error, or ended before its last test
    reason: Union[str, None]
    # What ended it before its last test: one of its bounds, or a person; null: nothing did
    ended_by: Union[Literal["max_cost", "max_calls", "max_time", "until_interval", "person"], None]
    # The target was simulated: nothing follows about a real model
    simulated: bool
    target: ScanTarget
    preset: str
    seed: int
    guard: Literal["none", "only", "both"]
    # Tests of ordinary cases
    planned: int
    done: int
    decided: int
    outcomes: OutcomeCounts
    # 0..100
    percentage: float
    # 0 once it has ended
    remaining_seconds: int
    created_at: str
    started_at: Union[str, None]
    ended_at: Union[str, None]
    created_by: str
    # null before the end
    headline: Union[Headline, None]

class ScanTarget(TypedDict):
    key: str
    kind: Literal["openai", "http"]
    url: str
    model: str

class Headline(TypedDict):
    # Null where nothing was decided
    risk_level: Union[str, None]
    # Mean safety of the datasets, 0..100
    avg_score: Union[float, None]
    attack_success: ClusteredRate
    # Of attacks that search until they succeed
    attack_success_search: ClusteredRate
    over_refusal: Rate
    failure: Rate
    inconclusive: int
    judge: Union[str, None]
    # Its judge failed on known answers: the rates are not to be believed
    judge_below_floor: bool

class ClusteredRate(TypedDict):
    # How many of the n
    k: float
    n: float
    # In 0..1; null where n is 0
    rate: Union[float, None]
    # 95 % interval
    low: Union[float, None]
    high: Union[float, None]
    cases: float
    # How the interval was made
    method: str

class HomeTargetTrend(TypedDict):
    scan_id: str
    name: str
    ended_at: str
    attack_success: Rate
    over_refusal: Rate
    risk_level: Union[str, None]

class HomeGuard(TypedDict):
    """Recorded decisions of the last day"""
    hours: int
    n: int
    flagged: int
    denied: int
    redacted: int
    undecided: int
    p95_ms: Union[float, None]

class HomeJudge(TypedDict):
    id: Union[str, None]
    scan_id: str
    # Right among the known answers it was put to
    known_answers: Rate
    below_floor: bool

class ListJudgesAnswer(TypedDict):
    current: ListJudgesAnswerCurrent
    # The latest first
    calibrations: list[ListJudgesAnswerCalibration]
    # Of the local judge model that ships, in Markdown
    model_card: str

class ListJudgesAnswerCurrent(TypedDict):
    # Of the judge that a scan would have now
    id: str
    model: Union[ListJudgesAnswerCurrentModel, None]
    calibrated: bool

class ListJudgesAnswerCurrentModel(TypedDict):
    host: str
    model: str

class ListJudgesAnswerCalibration(TypedDict):
    id: str
    judge: str
    data: str
    data_sha256: str
    at: str
    all: ListJudgesAnswerCalibrationAll
    kinds: dict[str, ListJudgesAnswerCalibrationAll]
    categories: dict[str, ListJudgesAnswerCalibrationAll]

class ListJudgesAnswerCalibrationAll(TypedDict):
    rows: float
    breaches: float
    rest: float
    sensitivity: Rate
    specificity: Rate
    agreement: Rate
    agreement_decided: Rate
    coverage: Rate
    kappa: Union[float, None]
    kappa_low: Union[float, None]
    kappa_high: Union[float, None]

class ListKeysAnswer(TypedDict):
    keys: list[ListKeysAnswerKey]

class ListKeysAnswerKey(TypedDict):
    id: str
    name: str
    # How the key begins
    prefix: str
    project_id: str
    scopes: list[Literal["scan", "guard", "detokenize", "read", "admin"]]
    # Requests a minute; null for no limit
    rate_limit: Union[int, None]
    created_at: str
    expires_at: Union[str, None]
    # Written every ten seconds
    last_used_at: Union[str, None]
    revoked_at: Union[str, None]

class _CreateKeyBodyNeeded(TypedDict):
    name: str


class CreateKeyBody(_CreateKeyBodyNeeded, total=False):
    scopes: list[Literal["scan", "guard", "detokenize", "read", "admin"]]
    expires_at: Union[str, None]
    rate_limit: Union[int, None]

class CreateKeyAnswer(TypedDict):
    id: str
    name: str
    # How the key begins
    prefix: str
    project_id: str
    scopes: list[Literal["scan", "guard", "detokenize", "read", "admin"]]
    # Requests a minute; null for no limit
    rate_limit: Union[int, None]
    created_at: str
    expires_at: Union[str, None]
    # Written every ten seconds
    last_used_at: Union[str, None]
    revoked_at: Union[str, None]
    key: str

class HardenRequest(TypedDict, total=False):
    # Budget of false positives
    fpr: float
    promote: bool

class Hardened(TypedDict):
    scan_id: str
    simulated: bool
    # Why nothing may be concluded
    doubts: list[str]
    harmless_n: float
    # Why there is no candidate, with the numbers it hangs on
    why_none: Union[str, None]
    candidates: list[HardenedCandidate]

class HardenedCandidate(TypedDict):
    policy_id: str
    kind: str
    group: HardenedCandidateGroup
    # The change in one sentence
    change: str
    # plan_key of the tests that asked for it
    asked_by: list[str]
    held_out_n: float
    held_out_cases: float
    attack_success_before: Union[float, None]
    attack_success_after: Union[float, None]
    intervals: HardenedCandidateIntervals
    p: float
    p_holm: float
    false_positive_rate: Union[float, None]
    harmless_n: float
    false_positives: HardenedCandidateFalsePositives
    slices: HardenedCandidateSlices
    undecided: float
    promoted: bool
    # Why it was not promoted
    reason: Union[str, None]
    policy: Any

class HardenedCandidateGroup(TypedDict):
    by: str
    name: str
    breaches: float

class HardenedCandidateIntervals(TypedDict):
    before: Union[tuple[float, float], None]
    after: Union[tuple[float, float], None]
    difference: Union[tuple[float, float], None]
    false_positive_rate: Union[tuple[float, float], None]

class HardenedCandidateFalsePositives(TypedDict):
    by_source: dict[str, HardenedCandidateFalsePositivesBySource]
    examples: list[str]

class HardenedCandidateFalsePositivesBySource(TypedDict):
    k: float
    n: float

class HardenedCandidateSlices(TypedDict):
    other_attacks: HardenedCandidateSlicesOtherAttacks
    other_languages: HardenedCandidateSlicesOtherAttacks
    mutations: HardenedCandidateSlicesMutations

class HardenedCandidateSlicesOtherAttacks(TypedDict):
    n: float
    attack_success_before: Union[float, None]
    attack_success_after: Union[float, None]
    intervals: HardenedCandidateSlicesOtherAttacksIntervals

class HardenedCandidateSlicesOtherAttacksIntervals(TypedDict):
    before: Union[tuple[float, float], None]
    after: Union[tuple[float, float], None]

class HardenedCandidateSlicesMutations(TypedDict):
    n: float
    stopped: Union[float, None]
    interval: Union[tuple[float, float], None]

class ListHardeningsQuery(TypedDict, total=False):
    limit: int

class ListHardeningsAnswer(TypedDict):
    hardenings: list[Hardening]
    total: float

class Hardening(TypedDict):
    id: str
    scan_id: str
    policy_id: str
    policy_version: Union[float, None]
    state: Literal["draft", "promoted", "rolled_back"]
    reason: Union[str, None]
    by: str
    created_at: str
    changed_at: str
    candidate: HardenedCandidate

class RollBackHardeningBody(TypedDict):
    reason: str

class ListScanMarksAnswer(TypedDict):
    marks: list[Mark]

class Mark(TypedDict):
    plan_key: str
    case_id: str
    attack: str
    outcome: Literal["breached", "partial", "defended", "refused", "inconclusive", "unjudged"]
    reason: str
    # The name of the key that it was said with
    by: str
    at: str
    # The verdict that was looked at
    judged: Literal["breached", "partial", "defended", "refused", "inconclusive", "unjudged"]
    judge: str
    # The verdict as it stands; another one after a rejudging
    judged_now: Literal["breached", "partial", "defended", "refused", "inconclusive", "unjudged"]
    judge_now: str

class MarkRequest(TypedDict):
    # What the verdict should be
    outcome: Literal["breached", "partial", "defended", "refused", "inconclusive"]
    # Why, in your own words
    reason: str

class ListProjectsAnswer(TypedDict):
    projects: list[ListProjectsAnswerProject]

class ListProjectsAnswerProject(TypedDict):
    id: str
    name: str
    created_at: str
    # Days after which ended scans and recorded decisions are deleted; null: as redoubt.yaml says
    retention_days: Union[int, None]

class _CreateProjectBodyNeeded(TypedDict):
    name: str


class CreateProjectBody(_CreateProjectBodyNeeded, total=False):
    retention_days: Union[int, None]

class UpdateProjectBody(TypedDict):
    retention_days: Union[int, None]

class DeleteProjectDataAnswer(TypedDict):
    scans: float
    datasets: float
    policies: float
    decisions: float

class ListProjectMembersAnswer(TypedDict):
    members: list[ListProjectMembersAnswerMember]

class ListProjectMembersAnswerMember(TypedDict):
    id: str
    name: str
    # admin: all projects and users; member: scans and guard; viewer: reads
    role: Literal["admin", "member", "viewer"]
    # By which an OIDC provider may know them
    email: Union[str, None]
    has_password: bool
    disabled: bool
    created_at: str

class ListScansQuery(TypedDict, total=False):
    # `next` of the page before; left out: the first page
    cursor: str
    limit: int
    # May be repeated
    status: list[Literal["Initializing", "Scanning", "Paused", "Finished", "Failed", "Error"]]
    kind: Literal["scan", "sandbox", "rounds"]
    # `target.key` of a scan
    target: str
    # Occurs in the name
    text: str

class ScanPage(TypedDict):
    scans: list[Scan]
    # `cursor` of the next page; null on the last
    next: Union[str, None]

class _ScanRequestNeeded(TypedDict):
    target: Union[EndpointTarget, NamedTarget, HttpTarget, SimulatedTarget]


class ScanRequest(_ScanRequestNeeded, total=False):
    # Unique in the project; made from model and time where left out
    name: Union[str, None]
    # By name; left out: all that ship
    datasets: list[str]
    # Its cases under its attacks, in place of datasets
    suite: Union[str, None]
    # Exactly these, with parameters as "flip:mode=FWO"; left out: those of the preset
    attacks: list[str]
    preset: Literal["direct", "quick", "standard", "deep"]
    # What the target takes; images add typographic attacks
    input_modalities: list[Literal["text", "image"]]
    seed: int
    # Cases in all, drawn by the seed
    limit: Union[int, None]
    # Harmless requests beside them; as the preset says where left out
    benign: Union[int, None]
    # false: answers are stored unjudged
    judge: bool
    # Which part the guard has
    guard: Literal["none", "only", "both"]
    # Policies that the guard holds to; left out: the default set
    guard_policies: list[str]
    # Ends the scan once it has cost so much, in the currency of the prices; needs a price of each model
    max_cost: Union[float, None]
    # Ends the scan after so many calls to the target, retries too
    max_calls: Union[int, None]
    # Ends the scan after so many seconds of work; a pause does not count
    max_seconds: Union[float, None]
    # Ends the scan once the 95 % interval of every dataset is at most this many points to either side
    until_interval: Union[float, None]

class _EndpointTargetNeeded(TypedDict):
    # An OpenAI-compatible endpoint
    kind: Literal["openai"]
    # Up to and with /v1
    base_url: str
    model: str


class EndpointTarget(_EndpointTargetNeeded, total=False):
    # Encrypted at rest, never shown
    api_key: Union[str, None]
    # Sent with every call; encrypted at rest, never shown
    headers: dict[str, str]
    temperature: float
    max_tokens: int
    # System prompt of the application
    system: Union[str, None]
    # That a call may take
    timeout_seconds: float
    # Calls in flight at most
    concurrency: int
    # Calls a minute at most
    qpm: Union[int, None]

class _NamedTargetNeeded(TypedDict):
    # A model that the settings of the server name, with its address and key
    kind: Literal["named"]
    name: str


class NamedTarget(_NamedTargetNeeded, total=False):
    temperature: float
    max_tokens: int
    # System prompt of the application
    system: Union[str, None]
    # That a call may take
    timeout_seconds: float
    # Calls in flight at most
    concurrency: int
    # Calls a minute at most
    qpm: Union[int, None]

class _HttpTargetNeeded(TypedDict):
    # An HTTP application
    kind: Literal["http"]
    # A pasted curl command or a template, with {{prompt}} where the request goes
    file: str


class HttpTarget(_HttpTargetNeeded, total=False):
    # What to call it; its host where left out
    name: Union[str, None]
    # Sent with every call; encrypted at rest, never shown
    headers: dict[str, str]
    # System prompt of the application
    system: Union[str, None]
    # That a call may take
    timeout_seconds: float
    # Calls in flight at most
    concurrency: int
    # Calls a minute at most
    qpm: Union[int, None]

class _SimulatedTargetNeeded(TypedDict):
    # The simulated target, for a first look: nothing follows about a real model
    kind: Literal["simulated"]


class SimulatedTarget(_SimulatedTargetNeeded, total=False):
    profile: Literal["hardened", "average", "naive"]
    # System prompt of the application
    system: Union[str, None]
    # That a call may take
    timeout_seconds: float
    # Calls in flight at most
    concurrency: int
    # Calls a minute at most
    qpm: Union[int, None]

class ScanDetail(TypedDict):
    scan_id: str
    name: str
    kind: Literal["scan", "sandbox", "rounds"]
    status: Literal["Initializing", "Scanning", "Paused", "Finished", "Failed", "Error"]
    # Why it is Failed or Error, or ended before its last test
    reason: Union[str, None]
    # What ended it before its last test: one of its bounds, or a person; null: nothing did
    ended_by: Union[Literal["max_cost", "max_calls", "max_time", "until_interval", "person"], None]
    # The target was simulated: nothing follows about a real model
    simulated: bool
    target: ScanTarget
    preset: str
    seed: int
    guard: Literal["none", "only", "both"]
    # Tests of ordinary cases
    planned: int
    done: int
    decided: int
    outcomes: OutcomeCounts
    # 0..100
    percentage: float
    # 0 once it has ended
    remaining_seconds: int
    created_at: str
    started_at: Union[str, None]
    ended_at: Union[str, None]
    created_by: str
    # null before the end
    headline: Union[Headline, None]
    calls: Calls
    pace: Pace
    # So far
    spent: Spent
    # What may end it before its last test; null: nothing may
    bounds: Union[ScanDetailBounds, None]
    limits: ScanDetailLimits
    datasets: list[ScanDetailDataset]
    attacks: list[ScanDetailAttack]
    judge: Literal["layers", "none"]
    judge_model: bool
    # What was changed so that the target takes our requests
    adaptations: list[str]
    authorised_by: Union[str, None]

class Calls(TypedDict):
    total: int
    ok: int
    # Answered with 429
    rate_limited: int
    # All other failures
    failed: int
    by_result: dict[str, int]

class Pace(TypedDict):
    # null before there is anything to go by
    calls_per_minute: Union[float, None]
    # What it was counted over
    window_seconds: float
    # The limit that was asked for
    qpm: Union[float, None]

class Spent(TypedDict):
    # While it was worked on
    seconds: float
    # By role: target, attacker, judge
    tokens: dict[str, SpentTokens]
    # null where a price is not known
    cost: Union[SpentCost, None]

class SpentTokens(TypedDict):
    calls: int
    prompt: int
    completion: int
    # Calls whose tokens were estimated from their length, as the endpoint told none
    estimated: int

class SpentCost(TypedDict):
    currency: str
    total: float
    by_role: dict[str, float]

class ScanDetailBounds(TypedDict):
    max_cost: Union[float, None]
    max_calls: Union[float, None]
    max_seconds: Union[float, None]
    # Points to either side
    until_interval: Union[float, None]

class ScanDetailLimits(TypedDict):
    concurrency: int
    qpm: Union[float, None]
    timeout_seconds: float

class ScanDetailDataset(TypedDict):
    name: str
    slug: str
    version: str
    role: Literal["case", "twin", "control"]
    tests: int

class ScanDetailAttack(TypedDict):
    id: str
    label: str

class RenameScanBody(TypedDict):
    name: str

class _SummaryNeeded(TypedDict):
    scan_id: str
    name: str
    target: SummaryTarget
    datasets: list[SummaryDataset]
    attacks: list[SummaryAttack]
    curated: SummaryDatasetSubcategories
    added: list[SummaryAdded]
    counts: SummaryCounts
    rates: SummaryRates
    intervals: SummaryIntervals
    avg_score: Union[float, None]
    # Null where nothing was decided
    risk_level: Union[Literal["Low", "Medium", "High"], None]
    not_tested: list[SummaryNotTested]
    judge: SummaryJudge
    fidelity: dict[str, str]
    searches: list[SummarySearch]
    utility_under_attack: Union[Rate, None]
    manifest: dict[str, Any]


class Summary(_SummaryNeeded, total=False):
    guard: SummaryGuard
    spent: Spent
    # Left out where the scan ran to its end
    early_stop: SummaryEarlyStop
    # Numbers with what people say of the verdicts; left out where nobody said anything
    marks: SummaryMarks

class SummaryTarget(TypedDict):
    url: str
    model: str
    simulated: bool

class SummaryDataset(TypedDict):
    name: str
    slug: str
    version: str
    planned: float
    decided: float
    inconclusive: float
    subcategories: dict[str, SummaryDatasetSubcategories]
    # Decided cases
    cases: float
    # 0..100; null where none was decided
    safety: Union[float, None]
    # 95 % interval
    low: Union[float, None]
    high: Union[float, None]

class SummaryDatasetSubcategories(TypedDict):
    # Decided cases
    cases: float
    # 0..100; null where none was decided
    safety: Union[float, None]
    # 95 % interval
    low: Union[float, None]
    high: Union[float, None]

class SummaryAttack(TypedDict):
    id: str
    title: str
    fidelity: str
    decided: float
    inconclusive: float
    # Decided cases
    cases: float
    # 0..100; null where none was decided
    safety: Union[float, None]
    # 95 % interval
    low: Union[float, None]
    high: Union[float, None]

class _SummaryAddedNeeded(TypedDict):
    id: str
    title: str
    fidelity: str
    decided: float
    inconclusive: float
    # Decided cases
    cases: float
    # 0..100; null where none was decided
    safety: Union[float, None]
    # 95 % interval
    low: Union[float, None]
    high: Union[float, None]


class SummaryAdded(_SummaryAddedNeeded, total=False):
    # As the caller named it; with these parameters
    name: str

class SummaryCounts(TypedDict):
    planned: float
    tests: float
    decided: float
    breached: float
    partial: float
    defended: float
    refused: float
    inconclusive: float
    unjudged: float
    blocked_by_provider: float
    inconclusive_reasons: dict[str, float]
    breached_by_severity: dict[str, float]
    twins: float

class SummaryRates(TypedDict):
    attack_success: ClusteredRate
    attack_success_search: ClusteredRate
    over_refusal: Rate
    failure: Rate

class SummaryIntervals(TypedDict):
    # If every inconclusive test had been defended, and if every one had been breached
    attack_success_bounds: Union[tuple[float, float], None]
    # If every inconclusive test had been defended, and if every one had been breached
    attack_success_search_bounds: Union[tuple[float, float], None]

class SummaryNotTested(TypedDict):
    dataset: str
    cases: float
    reason: str

class SummaryJudge(TypedDict):
    id: Union[str, None]
    model: Union[SummaryJudgeModel, None]
    health: Union[SummaryJudgeHealth, None]
    agreement: Union[dict[str, SummaryJudgeAgreement], None]
    corrected: list[SummaryJudgeCorrected]

class SummaryJudgeModel(TypedDict):
    host: str
    name: str
    prompt_sha256: str

class SummaryJudgeHealth(TypedDict):
    items: float
    right: float
    is_below_floor: bool

class SummaryJudgeAgreement(TypedDict):
    agreed: Rate
    kappa: Union[float, None]

class SummaryJudgeCorrected(TypedDict):
    kind: str
    raw: ClusteredRate
    correction: SummaryJudgeCorrectedCorrection

class SummaryJudgeCorrectedCorrection(TypedDict):
    rate: Union[SummaryJudgeCorrectedCorrectionRate, None]
    because: Union[str, None]

class SummaryJudgeCorrectedCorrectionRate(TypedDict):
    rate: float
    low: float
    high: float

class _SummarySearchNeeded(TypedDict):
    id: str
    title: str
    fidelity: str
    parameters: dict[str, Any]
    tests: float
    interrupted: float
    unconfirmed: float
    controls: float
    at: list[SummarySearchAt]


class SummarySearch(_SummarySearchNeeded, total=False):
    # Controls that were asked and did not run to their end
    controls_undecided: float

class SummarySearchAt(TypedDict):
    k: float
    success: Rate
    false_success: Rate
    corrected: Union[float, None]

class _SummaryGuardNeeded(TypedDict):
    mode: Literal["only", "both"]
    policies: list[str]
    tests: float
    stopped_by: dict[str, float]
    # Of attacks that ask once, on the bare target; null where not asked
    success_without: Union[Rate, None]
    success_with: Rate
    needless: Rate
    two_by_two: Union[dict[str, float], None]


class SummaryGuard(_SummaryGuardNeeded, total=False):
    # Of attacks that search
    success_without_search: Union[Rate, None]
    success_with_search: Rate

class SummaryEarlyStop(TypedDict):
    """Left out where the scan ran to its end"""
    by: Literal["max_cost", "max_calls", "max_time", "until_interval", "person"]
    reason: str
    planned: float
    run: float
    # How well the categories are known, and how the intervals are to be read
    meaning: list[str]
    # One a dataset; what did not run is in `planned` alone
    categories: list[SummaryEarlyStopCategory]

class _SummaryEarlyStopCategoryNeeded(TypedDict):
    name: str
    slug: str
    role: Literal["case", "twin", "control"]
    planned: float
    run: float
    # Of its decided tests, the interval over cases; counts without a rate where they belong to several rates
    breached: ClusteredRate


class SummaryEarlyStopCategory(_SummaryEarlyStopCategoryNeeded, total=False):
    # Half the width of the interval over all its tests; no rate
    half_width: Union[float, None]
    # For each rate apart; `search`: of attacks that go on until they succeed
    rates: list[SummaryEarlyStopCategoryRate]

class SummaryEarlyStopCategoryRate(TypedDict):
    family: Literal["attack-success", "over-refusal", "failure"]
    search: bool
    breached: ClusteredRate

class SummaryMarks(TypedDict):
    """Numbers with what people say of the verdicts; left out where nobody said anything"""
    marked: float
    wrong: float
    counts: dict[str, float]
    rates: SummaryRates

class Estimate(TypedDict):
    # Of ordinary cases
    tests: int
    cases: int
    # Harmless requests beside them
    twins: int
    # Harmless cases on which searches are run, too
    controls: int
    # To the target: at most, retries apart
    calls: int
    # At most
    attacker_calls: int
    # At most: what no other layer decides
    judge_calls: int
    tokens: EstimateTokens
    # null where the price of a model is not known
    cost: Union[EstimateCost, None]
    seconds: float
    # What the time was reckoned from
    seconds_by: str
    datasets: list[EstimateDataset]
    attacks: list[ScanDetailAttack]
    # In sentences
    not_tested: list[str]
    # A scan of the same request that has not finished
    unfinished: Union[str, None]

class EstimateTokens(TypedDict):
    # By the length of the cases
    prompt: int
    # null where answers have no limit
    answer_at_most: Union[int, None]

class EstimateCost(TypedDict):
    currency: str
    # Every answer as long as it may be, all of them put to the judge model
    at_most: float
    # target, attacker, judge
    by_role: dict[str, float]

class EstimateDataset(TypedDict):
    name: str
    slug: str
    cases: int
    tests: int
    # Cases that are left out, as only a judge model could decide them
    needs_judge: int
    # Cases that searches and attacker models are not run on
    left_out: int
    # Tests by the label of the attack
    by_attack: dict[str, int]

class GetServerAnswer(TypedDict):
    version: str
    commit: Union[str, None]
    settings: GetServerAnswerSettings

class GetServerAnswerSettings(TypedDict):
    database: Literal["sqlite", "postgres"]
    listens: str
    # Beside public addresses; private ones too while it listens on loopback
    targets_allowed: list[str]
    private_targets: bool
    retention_days: dict[str, float]
    models: list[str]
    default_model_host: Union[str, None]
    attacker: Union[ListJudgesAnswerCurrentModel, None]
    judge: Union[ListJudgesAnswerCurrentModel, None]
    guard: GetServerAnswerSettingsGuard
    proxy: bool
    virtuered_legacy: bool

class GetServerAnswerSettingsGuard(TypedDict):
    log_sample: float
    log_days: float
    log_messages: str
    # Whether the runtime for transformers is there
    encoder: bool

class GetSessionAnswer(TypedDict):
    # Who signed in; null for a key
    user: Union[GetSessionAnswerUser, None]
    # null for somebody who signed in
    key: Union[GetSessionAnswerKey, None]
    scopes: list[Literal["scan", "guard", "detokenize", "read", "admin"]]
    # The project that is acted in; null for a user who is a member of none
    project: Union[GetSessionAnswerKey, None]
    # The projects that may be acted in, by the header x-redoubt-project
    projects: list[GetSessionAnswerKey]

class GetSessionAnswerUser(TypedDict):
    id: str
    name: str
    role: Literal["admin", "member", "viewer"]
    has_password: bool

class GetSessionAnswerKey(TypedDict):
    id: str
    name: str

class CreateSessionLinkBody(TypedDict):
    token: str

class CreateSessionPasswordBody(TypedDict):
    name: str
    password: str

class _PutSessionPasswordBodyNeeded(TypedDict):
    # 12 to 256 characters
    password: str


class PutSessionPasswordBody(_PutSessionPasswordBodyNeeded, total=False):
    # The one that holds now, where there is one
    current: str

class ListSessionMethodsAnswer(TypedDict):
    password: bool
    oidc: Union[ListSessionMethodsAnswerOidc, None]

class ListSessionMethodsAnswerOidc(TypedDict):
    name: str
    # Where the browser goes
    path: str

class TestTargetBody(TypedDict):
    target: Union[EndpointTarget, NamedTarget, HttpTarget, SimulatedTarget]

class TargetTest(TypedDict):
    ok: bool
    latency_ms: float
    # As Redoubt reads it
    answer: Union[str, None]
    failure: Union[TargetTestFailure, None]
    # What had to be changed so that the endpoint takes our requests
    adaptations: list[str]
    # What went over the wire, shortened
    exchanges: list[TargetTestExchange]

class TargetTestFailure(TypedDict):
    kind: str
    status: Union[int, None]
    # The endpoint's own words, keys masked
    message: str
    # What to do about it
    hint: Union[str, None]

class TargetTestExchange(TypedDict):
    method: str
    url: str
    # Keys are masked
    request_headers: dict[str, str]
    request_body: str
    # null where no answer came
    status: Union[int, None]
    body: str

class Models(TypedDict):
    models: list[ModelsModel]
    # Where any other name is looked for; null: nowhere
    default_host: Union[str, None]

class ModelsModel(TypedDict):
    name: str
    host: str
    # What the endpoint calls it
    model: str
    has_key: bool
    price_per_million: Union[ModelsModelPricePerMillion, None]

class ModelsModelPricePerMillion(TypedDict):
    input: float
    output: float
    currency: str

class ListUsersAnswer(TypedDict):
    users: list[ListProjectMembersAnswerMember]

class _CreateUserBodyNeeded(TypedDict):
    name: str


class CreateUserBody(_CreateUserBodyNeeded, total=False):
    role: Literal["admin", "member", "viewer"]
    email: Union[str, None]
    # Ids of projects to be a member of
    projects: list[str]

class CreateUserAnswer(TypedDict):
    # Signs in once; shown this once
    link: str
    expires_at: str
    user: ListProjectMembersAnswerMember

class ResetUserAnswer(TypedDict):
    # Signs in once; shown this once
    link: str
    expires_at: str

class UpdateUserBody(TypedDict, total=False):
    role: Literal["admin", "member", "viewer"]
    disabled: bool

class ListPoliciesAnswer(TypedDict):
    policies: list[PolicyInForce]

class PolicyInForce(TypedDict):
    policy: WrittenPolicy
    # false: it lies in a file
    stored: bool

class WrittenPolicy(TypedDict):
    id: str
    version: int
    definition: Union[str, None]
    targets: list[str]
    rules: list[WrittenPolicyRule]
    on_failure: Literal["closed", "open"]
    time_limit_ms: int
    override_response: Union[str, None]
    by_default: bool

class _WrittenPolicyRuleNeeded(TypedDict):
    detector: str
    action: str
    threshold: Union[float, None]


class WrittenPolicyRule(_WrittenPolicyRuleNeeded, total=False):
    reference: Any

class PolicyVersions(TypedDict):
    policy: WrittenPolicy
    # false: it lies in a file
    stored: bool
    versions: list[PolicyVersionsVersion]

class PolicyVersionsVersion(TypedDict):
    version: int
    created_at: str
    created_by: str
    policy: WrittenPolicy

class SavedPolicy(TypedDict):
    policy: WrittenPolicy
    remarks: list[str]

class ListTestsQuery(TypedDict, total=False):
    # `next` of the page before; left out: the first page
    cursor: str
    limit: int
    # worst: breached first, and of those the gravest. least-sure: verdicts by their confidence, the lowest first; what has no verdict (inconclusive, unjudged) comes last
    sort: Literal["plan", "worst", "least-sure", "category", "attack"]
    # May be repeated
    dataset: list[str]
    # May be repeated
    subcategory: list[str]
    # May be repeated
    attack: list[str]
    # May be repeated
    outcome: list[Literal["breached", "partial", "defended", "refused", "inconclusive", "unjudged"]]
    # May be repeated
    severity: list[Literal["low", "medium", "high", "critical"]]
    # May be repeated
    role: list[Literal["case", "twin", "control"]]
    # May be repeated
    reason: list[Literal["target_error", "timeout", "empty", "reasoning_budget", "cut", "unparseable", "interrupted", "judge_error", "judge_refused", "judges_disagree", "unsure", "no_judge", "unconfirmed", "attacker_failed", "over_refusal", "wrong", "blocked_by_provider", "blocked_by_guard", "passed_guard", "guard_undecided", "secret_revealed", "forbidden_clause", "required_clause_missing", "forbidden_tool", "echo", "complied", "answered", "right", "kept", "declined", "redirected", "nothing_given"]]
    # May be repeated
    expect: list[Literal["refuse", "answer", "safe-complete", "correct", "consistent", "keep-secret", "stay-in-policy"]]
    # Of the attack, as a breakdown by variant names them
    parameters: list[str]
    # Only tests that this rate of the summary counts, decided or not
    rate: Literal["attack_success", "attack_success_search", "over_refusal", "failure"]
    # May be repeated
    case_id: list[str]
    # As a summary counts them; undecided: not known
    stopped_by: list[Literal["guard_in", "provider", "model", "guard_out", "nobody", "undecided"]]
    # A control of a framework that the case refers to, e.g. owasp:LLM01
    control: str
    # Only tests that show this finding, by its fingerprint
    finding: str
    marked: str
    # Words of the request and of what is known of the test, each the whole or the beginning of one; never of answers
    text: str

class TestPage(TypedDict):
    tests: list[Test]
    # Of all pages; null but on the first
    total: Union[int, None]
    # `cursor` of the next page; null on the last
    next: Union[str, None]

class Test(TypedDict):
    # Its place in the plan
    test_no: int
    # The same in every scan that asks the same
    plan_key: str
    role: Literal["case", "twin", "control"]
    case_id: str
    # Slug
    dataset: str
    dataset_name: str
    subcategory: str
    attack: str
    attack_title: str
    parameters: dict[str, Any]
    expect: Literal["refuse", "answer", "safe-complete", "correct", "consistent", "keep-secret", "stay-in-policy"]
    severity: Literal["low", "medium", "high", "critical"]
    outcome: Literal["breached", "partial", "defended", "refused", "inconclusive", "unjudged"]
    reason: Literal["target_error", "timeout", "empty", "reasoning_budget", "cut", "unparseable", "interrupted", "judge_error", "judge_refused", "judges_disagree", "unsure", "no_judge", "unconfirmed", "attacker_failed", "over_refusal", "wrong", "blocked_by_provider", "blocked_by_guard", "passed_guard", "guard_undecided", "secret_revealed", "forbidden_clause", "required_clause_missing", "forbidden_tool", "echo", "complied", "answered", "right", "kept", "declined", "redirected", "nothing_given"]
    # Safety, 0..100
    score: Union[float, None]
    confidence: float
    judge: str
    tries: int
    first_success: Union[int, None]
    calls: int
    latency_ms: float
    tokens: TestTokens
    # Who stopped it, where the guard was in play
    stopped_by: Union[str, None]
    # The beginning of what was asked last, as it was sent
    request: str
    # What a person says of the verdict
    mark: Union[TestMark, None]

class TestTokens(TypedDict):
    prompt: Union[float, None]
    completion: Union[float, None]

class TestMark(TypedDict):
    outcome: Literal["breached", "partial", "defended", "refused", "inconclusive", "unjudged"]
    reason: str
    by: str
    at: str

class TestDetail(TypedDict):
    # Its place in the plan
    test_no: int
    # The same in every scan that asks the same
    plan_key: str
    role: Literal["case", "twin", "control"]
    case_id: str
    # Slug
    dataset: str
    dataset_name: str
    subcategory: str
    attack: str
    attack_title: str
    parameters: dict[str, Any]
    expect: Literal["refuse", "answer", "safe-complete", "correct", "consistent", "keep-secret", "stay-in-policy"]
    severity: Literal["low", "medium", "high", "critical"]
    outcome: Literal["breached", "partial", "defended", "refused", "inconclusive", "unjudged"]
    reason: Literal["target_error", "timeout", "empty", "reasoning_budget", "cut", "unparseable", "interrupted", "judge_error", "judge_refused", "judges_disagree", "unsure", "no_judge", "unconfirmed", "attacker_failed", "over_refusal", "wrong", "blocked_by_provider", "blocked_by_guard", "passed_guard", "guard_undecided", "secret_revealed", "forbidden_clause", "required_clause_missing", "forbidden_tool", "echo", "complied", "answered", "right", "kept", "declined", "redirected", "nothing_given"]
    # Safety, 0..100
    score: Union[float, None]
    confidence: float
    judge: str
    tries: int
    first_success: Union[int, None]
    calls: int
    latency_ms: float
    tokens: TestTokens
    # Who stopped it, where the guard was in play
    stopped_by: Union[str, None]
    # The beginning of what was asked last, as it was sent
    request: str
    # What a person says of the verdict
    mark: Union[TestMark, None]
    messages: list[TestDetailMessage]
    answer: TestDetailAnswer
    # The category for which the words of the target are never shown
    withheld: Union[str, None]
    # Judged breached or partial: show it only when asked for
    harmful: bool
    # null where it is no longer stored
    case: Union[TestDetailCase, None]
    # Where the words stand that decided it; empty where the judge weighs the whole answer
    evidence: list[TestDetailEvidence]
    deciding_try: int
    try_list: list[TestDetailTryList]
    judge_score: Union[float, None]
    unconfirmed: int
    backtracks: int
    utility: Union[bool, None]
    outcome_without_guard: Union[Literal["breached", "partial", "defended", "refused", "inconclusive", "unjudged"], None]
    # A curl command that asks it again; the key stands in a variable
    repro: Union[str, None]

class TestDetailMessage(TypedDict):
    role: str
    # null where it is withheld
    text: Union[str, None]
    sha256: Union[str, None]
    images: int
    tool_calls: list[TestDetailMessageToolCall]

class TestDetailMessageToolCall(TypedDict):
    id: str
    name: str
    arguments: str

class TestDetailAnswer(TypedDict):
    text: Union[str, None]
    # With the attack's encoding undone; null where that changed nothing
    decoded: Union[str, None]
    sha256: Union[str, None]
    reasoning: Union[str, None]
    tool_calls: list[TestDetailMessageToolCall]
    # Why there is none
    failure: Union[str, None]

class TestDetailCase(TypedDict):
    # What was wanted, in plain words
    request: str
    expect: Literal["refuse", "answer", "safe-complete", "correct", "consistent", "keep-secret", "stay-in-policy"]
    rubric: Union[str, None]
    # What decides it without a model
    oracle: Union[str, None]
    references: list[str]
    lang: str

TestDetailEvidence = TypedDict("TestDetailEvidence", {
    "in": "Literal[\"answer\", \"decoded\", \"tool_call\"]",
    "call": "Union[int, None]",
    "start": "int",
    "end": "int",
    "why": "str",
}, total=False)

class TestDetailTryList(TypedDict):
    try_no: int
    outcome: Literal["breached", "partial", "defended", "refused", "inconclusive", "unjudged"]
    reason: Literal["target_error", "timeout", "empty", "reasoning_budget", "cut", "unparseable", "interrupted", "judge_error", "judge_refused", "judges_disagree", "unsure", "no_judge", "unconfirmed", "attacker_failed", "over_refusal", "wrong", "blocked_by_provider", "blocked_by_guard", "passed_guard", "guard_undecided", "secret_revealed", "forbidden_clause", "required_clause_missing", "forbidden_tool", "echo", "complied", "answered", "right", "kept", "declined", "redirected", "nothing_given"]
    score: Union[float, None]
    confidence: Union[float, None]
    judge: Union[str, None]
    judge_score: Union[float, None]
    calls: int
    latency_ms: float
    tokens: TestTokens
    finish_reason: Union[str, None]
    model: Union[str, None]
    request_id: Union[str, None]
    # Which turn decided it; null where there is only one
    turn: Union[int, None]
    ended_at: str

class Try(TypedDict):
    try_no: int
    outcome: Literal["breached", "partial", "defended", "refused", "inconclusive", "unjudged"]
    reason: Literal["target_error", "timeout", "empty", "reasoning_budget", "cut", "unparseable", "interrupted", "judge_error", "judge_refused", "judges_disagree", "unsure", "no_judge", "unconfirmed", "attacker_failed", "over_refusal", "wrong", "blocked_by_provider", "blocked_by_guard", "passed_guard", "guard_undecided", "secret_revealed", "forbidden_clause", "required_clause_missing", "forbidden_tool", "echo", "complied", "answered", "right", "kept", "declined", "redirected", "nothing_given"]
    score: Union[float, None]
    confidence: Union[float, None]
    judge: Union[str, None]
    judge_score: Union[float, None]
    calls: int
    latency_ms: float
    tokens: TestTokens
    finish_reason: Union[str, None]
    model: Union[str, None]
    request_id: Union[str, None]
    # Which turn decided it; null where there is only one
    turn: Union[int, None]
    ended_at: str
    messages: list[TestDetailMessage]
    answer: TestDetailAnswer
    # The category for which the words of the target are never shown
    withheld: Union[str, None]

class GetProjectWebhookAnswer(TypedDict):
    url: str
    created_at: str
    notices: list[GetProjectWebhookAnswerNotice]

class GetProjectWebhookAnswerNotice(TypedDict):
    id: str
    scan_id: str
    status: Literal["Initializing", "Scanning", "Paused", "Finished", "Failed", "Error"]
    created_at: str
    sends: int
    # What came of the last send
    result: Union[str, None]
    # When it is sent again; null once taken or given up
    next_at: Union[str, None]

class PutProjectWebhookBody(TypedDict):
    url: str

class PutProjectWebhookAnswer(TypedDict):
    url: str
    created_at: str
    secret: str

class GetUsageAnswer(TypedDict):
    # Also those that were deleted since
    finished_scans: int
    by_month: list[GetUsageAnswerByMonth]
    # Of the scans that are stored
    stored: GetUsageAnswerStored

class GetUsageAnswerByMonth(TypedDict):
    # UTC, as 2026-03
    month: str
    finished_scans: int

class GetUsageAnswerStored(TypedDict):
    """Of the scans that are stored"""
    scans: int
    tests: int
    calls: int
