// Fills the report from our summary and the stored tests: names instead of ids, the worst findings opened.
import { riskLevelOf } from '../core/score/risk-level.ts';
import { evidenceOf } from '../reports/evidence.ts';
import type { ReportCounts, ReportData, ReportFinding, ReportSearch, ScoredGroup } from '../reports/report-data.ts';
import { attackLabel, withParameters } from '../reports/wording.ts';
import { marksBetween } from '../store/marks.ts';
import { testsByNumber } from '../store/results.ts';
import type { MarkRow, ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { openTest, type StoredTest } from '../store/stored-test.ts';
import type { Vault } from '../store/vault.ts';
import { fidelityOf } from './attacks/attack.ts';
import { findAttackById } from './attacks/index.ts';
import { reportJudgeOf } from './report-judge.ts';
import type { SearchFigures } from './search-figures.ts';
import { type ScanSpec, specOf } from './spec.ts';
import type { Summary } from './summarise.ts';
import type { Counts, Score } from './summary.ts';
import { worstFindings } from './worst-findings.ts';

const MOST_FINDINGS = 20;

/** An attack's title with its fidelity, for people; the id where the attack is no longer known. */
export function attackTitle(id: string, hasAttacker = false): string {
  const attack = findAttackById(id);
  return attack === undefined ? id : attackLabel(attack.title, fidelityOf(attack, hasAttacker));
}

export interface ReportOptions {
  readonly resultsSha256: string;
  readonly fullAnswers: boolean;
}

interface ReportContext {
  readonly store: Store;
  readonly vault: Vault;
}

const countsOf = (counts: Counts): ReportCounts => ({
  planned: counts.planned,
  tests: counts.tests,
  decided: counts.decided,
  breached: counts.breached,
  partial: counts.partial,
  defended: counts.defended,
  refused: counts.refused,
  inconclusive: counts.inconclusive,
  unjudged: counts.unjudged,
  blockedByProvider: counts.blocked_by_provider,
  twins: counts.twins,
  inconclusiveReasons: counts.inconclusive_reasons as Readonly<Record<string, number>>,
  breachedBySeverity: counts.breached_by_severity,
});

type Group = Score & { readonly decided: number; readonly inconclusive: number };

const scored = (name: string, { cases, safety, low, high, decided, inconclusive }: Group): ScoredGroup => ({
  name,
  cases,
  safety,
  low,
  high,
  decided,
  inconclusive,
});

function attackOf({ row }: StoredTest, hasAttacker: boolean): string {
  return withParameters(attackTitle(row.attack, hasAttacker), JSON.parse(row.parameters) as Record<string, unknown>);
}

const markText = ({ outcome, reason, marked_by, marked_at }: MarkRow): string =>
  `Marked as ${outcome} by ${marked_by} on ${new Date(marked_at).toISOString().slice(0, 10)}: ${reason}`;

/** Nothing where no attack that searches was decided, with the guard or without. */
function searchUnderGuard({
  success_without_search: without = null,
  success_with_search: withGuard,
}: NonNullable<Summary['guard']>): Pick<NonNullable<ReportData['guard']>, 'search'> {
  if (withGuard === undefined || withGuard.n + (without?.n ?? 0) === 0) return {};
  return { search: { successWithout: without, successWith: withGuard } };
}

function guardOf({ guard }: Summary): Pick<ReportData, 'guard'> {
  if (guard === undefined) return {};
  const { mode, policies, tests, needless } = guard;
  return {
    guard: {
      mode,
      policies,
      tests,
      stoppedBy: guard.stopped_by,
      successWithout: guard.success_without,
      successWith: guard.success_with,
      ...searchUnderGuard(guard),
      needless,
      twoByTwo: guard.two_by_two,
    },
  };
}

function marksOf({ marks }: Summary): Pick<ReportData, 'marks'> {
  if (marks === undefined) return {};
  const { attack_success, over_refusal, failure } = marks.rates;
  const rates = { attackSuccess: attack_success, overRefusal: over_refusal, failure };
  return { marks: { marked: marks.marked, wrong: marks.wrong, rates } };
}

async function findingsOf(
  { store, vault }: ReportContext,
  row: ScanRow,
  spec: ScanSpec,
  fullAnswers: boolean,
): Promise<Pick<ReportData, 'findings' | 'casesFailed'>> {
  const { tests, casesFailed } = await worstFindings(store, row.id, MOST_FINDINGS);
  const titles = new Map(spec.datasets.map((dataset) => [dataset.slug, dataset.title]));
  const testsOfCase = new Map(tests.map((test) => [test.testNo, test.testsOfCase]));
  const rows = await testsByNumber(store, row.id, [...testsOfCase.keys()]);
  const numbers = rows.map((found) => found.test_no);
  const marks = await marksBetween(store, row.id, Math.min(0, ...numbers), Math.max(0, ...numbers));
  const findings = rows.map((found): ReportFinding => {
    const mark = marks.get(found.test_no);
    const test = openTest(vault, found);
    return {
      caseId: found.case_id,
      dataset: titles.get(found.dataset) ?? found.dataset,
      subcategory: found.subcategory,
      attack: attackOf(test, spec.helpers.attacker !== null),
      expect: found.expect,
      outcome: found.outcome,
      severity: found.severity,
      reason: found.reason,
      judge: found.judge,
      references: JSON.parse(found.refs) as string[],
      testsOfCase: testsOfCase.get(found.test_no) ?? 1,
      evidence: evidenceOf(test, fullAnswers),
      ...(mark === undefined ? {} : { mark: markText(mark) }),
    };
  });
  return { findings, casesFailed };
}

function searchOf(search: SearchFigures): ReportSearch {
  const { title, fidelity, tests, unconfirmed, controls, at } = search;
  const ends = at.length > 1 ? [at[0]!, at.at(-1)!] : at;
  return {
    name: attackLabel(title, fidelity),
    tests,
    unconfirmed,
    controls,
    at: ends.map(({ k, success, false_success, corrected }) => ({
      k,
      success,
      falseSuccess: false_success,
      corrected,
    })),
  };
}

/** Everything that PDF and HTML are made of. */
export async function reportDataOf(
  context: ReportContext,
  row: ScanRow,
  summary: Summary,
  { resultsSha256, fullAnswers }: ReportOptions,
): Promise<ReportData> {
  const spec = specOf(row);
  const software = summary.manifest.software as { version: string; commit: string | null };
  return {
    scanId: summary.scan_id,
    name: summary.name,
    software: { version: software.version, commit: software.commit },
    target: summary.target,
    startedAt: summary.manifest.started_at as string | null,
    endedAt: summary.manifest.ended_at as string | null,
    preset: spec.preset,
    hasNamedAttacks: spec.curated === 0,
    riskLevel: riskLevelOf(summary),
    averageSafety: summary.avg_score,
    rates: {
      attackSuccess: summary.rates.attack_success,
      attackSuccessSearch: summary.rates.attack_success_search,
      overRefusal: summary.rates.over_refusal,
      failure: summary.rates.failure,
    },
    intervalMethod: summary.rates.attack_success.method,
    attackSuccessBounds: summary.intervals.attack_success_bounds,
    counts: countsOf(summary.counts),
    datasets: summary.datasets.map((dataset) => scored(dataset.name, dataset)),
    subcategories: summary.datasets.map(({ name, subcategories }) => ({
      dataset: name,
      subcategories: Object.entries(subcategories).map(([subcategory, score]) => ({ name: subcategory, ...score })),
    })),
    attacks: summary.attacks.map((attack) => scored(attackLabel(attack.title, attack.fidelity), attack)),
    searches: (summary.searches ?? []).map(searchOf),
    ...(await findingsOf(context, row, spec, fullAnswers)),
    fullAnswers,
    notTested: summary.not_tested,
    judge: reportJudgeOf(summary),
    manifest: { ...summary.manifest, results_sha256: resultsSha256 },
    ...(summary.spent === undefined ? {} : { spent: summary.spent }),
    ...(summary.early_stop === undefined ? {} : { earlyStop: summary.early_stop }),
    ...guardOf(summary),
    ...marksOf(summary),
  };
}
