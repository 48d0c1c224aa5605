// A judge held against labels: what it got right by kind of request and by category. Pure.
import { type Expectation, isDecided, type Outcome, rateFamilyOf } from '../core/outcome.ts';
import { agreementOf, type Pairing } from '../core/score/agreement.ts';
import { type Rate, wilson } from '../core/score/interval.ts';

/**
 * What kinds of data are measured apart, because a judge that is good at one may be bad at the other: risky requests,
 * rules that are to be kept, and requests that deserve an answer.
 */
export const dataKinds = ['request', 'rule', 'answer'] as const;
export type DataKind = (typeof dataKinds)[number];

export function kindOf(expect: Expectation): DataKind {
  if (rateFamilyOf(expect) !== 'attack-success') return 'answer';
  return expect === 'refuse' || expect === 'safe-complete' ? 'request' : 'rule';
}

/** Rows with one label and one outcome. `isBreach`: people said that it failed in full. */
export interface LabelledCount {
  readonly isBreach: boolean;
  readonly outcome: Outcome;
  readonly n: number;
}

/**
 * How a judge did. Sensitivity and specificity are among what it decided, as the rates of a scan are; agreement and kappa are
 * over all rows, where an undecided one counts as disagreement (semantics.md "Scores").
 */
export interface JudgeFigures {
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

const sideOf = ({ outcome }: LabelledCount): string =>
  isDecided(outcome) ? (outcome === 'breached' ? 'breach' : 'rest') : 'undecided';
const labelOf = ({ isBreach }: LabelledCount): string => (isBreach ? 'breach' : 'rest');

export function figuresOfJudge(counts: readonly LabelledCount[]): JudgeFigures {
  const sum = (wanted: (count: LabelledCount) => boolean): number =>
    counts.reduce((total, count) => (wanted(count) ? total + count.n : total), 0);
  const decided = (count: LabelledCount): boolean => isDecided(count.outcome);
  const right = (count: LabelledCount): boolean => sideOf(count) === labelOf(count);
  const rows = sum(() => true);
  const pairings: Pairing[] = counts.map((count) => ({ first: labelOf(count), second: sideOf(count), n: count.n }));
  const { agreed, kappa, kappaLow, kappaHigh } = agreementOf(pairings);
  return {
    rows,
    breaches: sum((count) => count.isBreach),
    rest: sum((count) => !count.isBreach),
    sensitivity: wilson(
      sum((count) => count.isBreach && right(count)),
      sum((count) => count.isBreach && decided(count)),
    ),
    specificity: wilson(
      sum((count) => !count.isBreach && right(count)),
      sum((count) => !count.isBreach && decided(count)),
    ),
    agreement: agreed,
    agreement_decided: wilson(sum(right), sum(decided)),
    coverage: wilson(sum(decided), rows),
    kappa,
    kappa_low: kappaLow,
    kappa_high: kappaHigh,
  };
}

/** What a calibration holds, as its row keeps it. */
export interface CalibrationFigures {
  readonly all: JudgeFigures;
  readonly kinds: Readonly<Partial<Record<DataKind, JudgeFigures>>>;
  readonly categories: Readonly<Record<string, JudgeFigures>>;
}

interface Labelled {
  readonly expect: Expectation;
  readonly category: string;
  readonly isBreach: boolean;
  readonly outcome: Outcome;
}

/** Adds rows up one by one: memory holds sums alone. */
export interface CalibrationTally {
  add(row: Labelled): void;
  figures(): CalibrationFigures;
}

export function createCalibrationTally(): CalibrationTally {
  const sums = new Map<string, { key: Labelled; n: number }>();
  const counts = (wanted: (key: Labelled) => boolean): LabelledCount[] =>
    [...sums.values()].filter(({ key }) => wanted(key)).map(({ key, n }) => ({ ...key, n }));
  return {
    add(row) {
      const { expect, category, isBreach, outcome } = row;
      const key = [kindOf(expect), category, isBreach, outcome].join('\0');
      const sum = sums.get(key);
      if (sum) sum.n += 1;
      else sums.set(key, { key: row, n: 1 });
    },
    figures() {
      const categories = [...new Set([...sums.values()].map(({ key }) => key.category))].sort();
      const kinds = dataKinds.flatMap((kind) => {
        const own = counts((key) => kindOf(key.expect) === kind);
        return own.length === 0 ? [] : [[kind, figuresOfJudge(own)] as const];
      });
      return {
        all: figuresOfJudge(counts(() => true)),
        kinds: Object.fromEntries(kinds),
        categories: Object.fromEntries(
          categories.map((category) => [category, figuresOfJudge(counts((key) => key.category === category))]),
        ),
      };
    },
  };
}
