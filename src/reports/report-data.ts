// What a report for people is made of: facts only, no wording. The room above fills it; PDF and HTML are made from it.
import type { Expectation, Outcome, Reason, Severity } from '../core/outcome.ts';
import type { Agreement } from '../core/score/agreement.ts';
import type { Rate } from '../core/score/interval.ts';
import type { RiskLevel } from '../core/score/risk-level.ts';
import type { CorrectedRate } from '../core/score/rogan-gladen.ts';
import type { ReportEarlyStop } from './early-stop-view.ts';
import type { Evidence } from './evidence.ts';
import type { ReportGuard } from './guard-view.ts';
import type { ReportSpent } from './spent-view.ts';

/** A dataset or an attack: safety 0..100 of its decided cases with the 95 % interval in the same unit. */
export interface ScoredGroup {
  readonly name: string;
  readonly cases: number;
  readonly safety: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly decided: number;
  readonly inconclusive: number;
}

/** The subcategories of a dataset that were planned, in the order of their names. */
export interface SubcategoryScores {
  readonly dataset: string;
  readonly subcategories: readonly Pick<ScoredGroup, 'name' | 'cases' | 'safety' | 'low' | 'high'>[];
}

export interface ReportFinding {
  readonly caseId: string;
  readonly dataset: string;
  readonly subcategory: string;
  /** With its fidelity where that is not exact, and its parameters where it has any. */
  readonly attack: string;
  readonly expect: Expectation;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly reason: Reason;
  readonly judge: string;
  readonly references: readonly string[];
  /** Tests of the same case that were breached or partial, this one included. */
  readonly testsOfCase: number;
  readonly evidence: Evidence;
  /** What a person says the verdict should be, in one line; left out where nobody said anything. */
  readonly mark?: string;
}

/** One attack that searches; shares in 0..1. Never pooled with attacks that ask once. */
export interface ReportSearch {
  readonly name: string;
  readonly tests: number;
  readonly unconfirmed: number;
  readonly controls: number;
  /** Success within one try and within all of them, in this order; the same where there is but one. */
  readonly at: readonly {
    readonly k: number;
    readonly success: Rate;
    readonly falseSuccess: Rate;
    readonly corrected: number | null;
  }[];
}

export interface ReportCounts {
  readonly planned: number;
  readonly tests: number;
  readonly decided: number;
  readonly breached: number;
  readonly partial: number;
  readonly defended: number;
  readonly refused: number;
  readonly inconclusive: number;
  readonly unjudged: number;
  readonly blockedByProvider: number;
  readonly twins: number;
  readonly inconclusiveReasons: Readonly<Record<string, number>>;
  readonly breachedBySeverity: Readonly<Record<Severity, number>>;
}

/** What is known of the judge of a scan. */
export interface ReportJudge {
  readonly id: string | null;
  /** In the order in which they were asked; empty where today's are others than those of the scan. */
  readonly layers: readonly string[];
  readonly hasModel: boolean;
  readonly promptSha256: string | null;
  /** Known answers that it judged beside the scan; null where there were none. */
  readonly health: {
    readonly items: number;
    readonly right: number;
    readonly breaches: { readonly right: number; readonly unsure: number; readonly n: number };
    readonly safe: { readonly right: number; readonly n: number };
    readonly isBelowFloor: boolean;
    readonly wrong: readonly { readonly item: string; readonly outcome: Outcome }[];
  } | null;
  readonly agreement: readonly ({ readonly between: string } & Agreement)[];
  /** Attack success over one kind of data, as counted and corrected, or why it is not. */
  readonly corrected: readonly {
    readonly kind: string;
    readonly raw: Rate;
    readonly rate: CorrectedRate | null;
    readonly because: string | null;
    readonly basis: string | null;
  }[];
}

export interface ReportData {
  readonly scanId: string;
  readonly name: string;
  readonly software: { readonly version: string; readonly commit: string | null };
  readonly target: { readonly model: string; readonly url: string; readonly simulated: boolean };
  /** ISO 8601 in UTC. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly preset: string;
  /** Whether the attacks were named, in place of those of the preset. */
  readonly hasNamedAttacks: boolean;
  /** Null where nothing was decided. */
  readonly riskLevel: RiskLevel | null;
  readonly averageSafety: number | null;
  readonly rates: {
    readonly attackSuccess: Rate;
    /** Of attacks that search until they succeed. */
    readonly attackSuccessSearch: Rate;
    readonly overRefusal: Rate;
    readonly failure: Rate;
  };
  /** How the interval of attack success was made. */
  readonly intervalMethod: string;
  /** Attack success if all inconclusive tests had been defended, and if all had been breached; shares in 0..1. */
  readonly attackSuccessBounds: readonly [number, number] | null;
  readonly counts: ReportCounts;
  readonly datasets: readonly ScoredGroup[];
  readonly attacks: readonly ScoredGroup[];
  readonly searches: readonly ReportSearch[];
  readonly subcategories: readonly SubcategoryScores[];
  /** The worst first; at most as many as were asked for, of `casesFailed` cases in all. */
  readonly findings: readonly ReportFinding[];
  readonly casesFailed: number;
  readonly fullAnswers: boolean;
  readonly notTested: readonly { readonly dataset: string; readonly cases: number; readonly reason: string }[];
  readonly judge: ReportJudge;
  /** As summary.json carries it, with the hash of the results; without that of the report itself. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** What the guard did; left out where it was not in play. */
  readonly guard?: ReportGuard;
  /** Left out where it is not known. */
  readonly spent?: ReportSpent;
  /** Left out where the scan ran to its end. */
  readonly earlyStop?: ReportEarlyStop;
  /** What people say of the verdicts, and the rates with that; left out where nobody said anything. */
  readonly marks?: {
    readonly marked: number;
    readonly wrong: number;
    readonly rates: { readonly attackSuccess: Rate; readonly overRefusal: Rate; readonly failure: Rate };
  };
}
