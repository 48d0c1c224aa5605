// Fills the reports for pipelines: findings with their state, and how the scan stands against its baseline.
import { RedoubtError } from '../../core/errors.ts';
import type { CiBaseline, CiData, CiFinding } from '../../reports/ci-data.ts';
import { earlyStopWarning } from '../../reports/early-stop-view.ts';
import { whyNoHeadline } from '../../reports/judge-view.ts';
import { percent, points } from '../../reports/wording.ts';
import type { FindingDecisionRow } from '../../store/finding-rows.ts';
import { decisionsOf } from '../../store/findings.ts';
import type { ScanRow } from '../../store/schema.ts';
import { compareScans, type ScanComparison } from '../compare/compare.ts';
import { attackTitle } from '../report.ts';
import { reportJudgeOf } from '../report-judge.ts';
import { specOf } from '../spec.ts';
import type { Summary } from '../summarise.ts';
import { type FindingsAgainst, findingsAgainst } from './against.ts';
import type { FindingContext } from './findings.ts';
import { decisionNow, type FindingState } from './life.ts';
import type { ShownFinding } from './reading.ts';

/** A finished scan with what is known of it beside another. */
export interface StandingScan {
  readonly scan: ScanRow;
  readonly summary: Summary;
  readonly baseline: ScanRow | null;
  readonly against: FindingsAgainst;
  /** Null without a baseline, and where the two cannot be compared: `incomparable` then says why. */
  readonly comparison: ScanComparison | null;
  readonly incomparable: string | null;
}

/** Holds a finished scan against its baseline; null: against all scans before it. */
export async function standingOfScan(
  context: FindingContext,
  scan: ScanRow,
  summary: Summary,
  baseline: ScanRow | null,
): Promise<StandingScan> {
  const against = await findingsAgainst(context, scan, baseline);
  const base = { scan, summary, baseline, against };
  if (baseline === null) return { ...base, comparison: null, incomparable: null };
  try {
    return { ...base, comparison: await compareScans(context.store, baseline, scan), incomparable: null };
  } catch (error) {
    if (!(error instanceof RedoubtError && ['NOT_COMPARABLE', 'SCAN_NOT_FINISHED'].includes(error.code))) throw error;
    return { ...base, comparison: null, incomparable: error.message };
  }
}

function baselineOf({ baseline, comparison, incomparable }: StandingScan): CiBaseline | null {
  if (baseline === null) return null;
  if (comparison === null)
    return {
      name: baseline.name,
      conclusion: 'cannot conclude',
      difference: 'not compared',
      doubts: [incomparable ?? ''],
    };
  const { conclusion, doubts, rates } = comparison;
  const { difference, p, before, after } = rates.attack_success;
  const { value, low, high, n } = difference;
  const told =
    value === null || low === null || high === null
      ? 'no test was decided in both'
      : `attack success ${percent(before.rate ?? 0)} before, ${percent(after.rate ?? 0)} now: ${points(value)} points, 95 % interval ${points(low)} to ${points(high)}, p = ${p.toPrecision(2)}, n = ${n}`;
  return { name: baseline.name, conclusion, difference: told, doubts };
}

function decisionText(decision: FindingDecisionRow | undefined, now: number): string | null {
  if (decision === undefined || decisionNow(decision, now) === null) return null;
  const until = decision.until === null ? '' : ` until ${new Date(Number(decision.until)).toISOString().slice(0, 10)}`;
  return `${decision.kind.replace('_', ' ')}${until} by ${decision.decided_by}: ${decision.reason}`;
}

/** What people said of the findings, by fingerprint, as far as it holds now. */
export async function decisionTexts(context: FindingContext, projectId: string): Promise<ReadonlyMap<string, string>> {
  const now = context.clock.now();
  const rows = await decisionsOf(context.store, projectId);
  const texts = rows.map((row): [string, string | null] => [row.fingerprint, decisionText(row, now)]);
  return new Map(texts.filter((entry): entry is [string, string] => entry[1] !== null));
}

export async function ciDataOf(context: FindingContext, standing: StandingScan): Promise<CiData> {
  const { scan, summary, against } = standing;
  const spec = specOf(scan);
  const titles = new Map(spec.datasets.map(({ slug, title }) => [slug, title]));
  const decisions = await decisionTexts(context, scan.project_id);
  const findingOf = (
    { fingerprint, family, behaviour, test, tests }: ShownFinding,
    state: FindingState,
  ): CiFinding => ({
    fingerprint,
    state,
    caseId: test.case_id,
    dataset: titles.get(test.dataset) ?? test.dataset,
    subcategory: test.subcategory,
    family,
    attack: attackTitle(test.attack, spec.helpers.attacker !== null),
    planKey: test.plan_key,
    behaviour,
    severity: test.severity,
    references: JSON.parse(test.refs) as string[],
    tests,
    decision: decisions.get(fingerprint) ?? null,
  });
  return {
    scanId: scan.id,
    name: scan.name,
    model: summary.target.model,
    simulated: summary.target.simulated,
    version: (summary.manifest.software as { version: string }).version,
    attackSuccess: summary.rates.attack_success,
    attackSuccessSearch: summary.rates.attack_success_search,
    overRefusal: summary.rates.over_refusal,
    failure: summary.rates.failure,
    unreliable: whyNoHeadline(reportJudgeOf(summary)),
    tests: summary.counts.tests,
    inconclusive: summary.counts.inconclusive,
    earlyStop: summary.early_stop === undefined ? null : earlyStopWarning(summary.early_stop),
    baseline: baselineOf(standing),
    findings: against.shown.map((finding) => findingOf(finding, finding.state)),
    fixed: against.fixed.map((finding) => findingOf(finding, 'fixed')),
  };
}
