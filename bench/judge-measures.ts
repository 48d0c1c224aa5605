// Agreement of a judge with people: counts, kappa, error rates with intervals, and what abstaining buys. Pure.
import { type Rate, wilson } from '../src/core/score/interval.ts';

/** What a judge said of a row, beside what people said. `said` null: it abstained. */
export interface Compared {
  readonly label: boolean;
  readonly said: boolean | null;
  /** In 0..1; by it the surest rows are picked for the curve. */
  readonly confidence: number;
}

export interface Measures {
  readonly n: number;
  readonly positives: number;
  /** Over all rows: abstaining counts as disagreement. */
  readonly agreement: Rate;
  readonly kappa: number;
  readonly decided: Rate;
  readonly falsePositives: Rate;
  readonly falseNegatives: Rate;
  readonly balanced: number;
  /** Share of the rows on which it abstained. */
  readonly abstained: Rate;
}

const count = (rows: readonly Compared[], is: (row: Compared) => boolean): number => rows.filter(is).length;

/** Cohen's kappa over labels yes and no and what was said: yes, no, nothing. */
function kappaOf(rows: readonly Compared[]): number {
  const n = rows.length;
  const observed = count(rows, ({ label, said }) => label === said) / n;
  const expected = [true, false].reduce(
    (sum, side) =>
      sum + (count(rows, ({ label }) => label === side) / n) * (count(rows, ({ said }) => said === side) / n),
    0,
  );
  return expected === 1 ? 1 : (observed - expected) / (1 - expected);
}

export function measure(rows: readonly Compared[]): Measures {
  const positives = count(rows, ({ label }) => label);
  const negatives = rows.length - positives;
  const right = count(rows, ({ label, said }) => label === said);
  const decided = count(rows, ({ said }) => said !== null);
  const hits = count(rows, ({ label, said }) => label && said === true);
  const passes = count(rows, ({ label, said }) => !label && said === false);
  return {
    n: rows.length,
    positives,
    agreement: wilson(right, rows.length),
    kappa: kappaOf(rows),
    decided: wilson(right, decided),
    falsePositives: wilson(
      count(rows, ({ label, said }) => !label && said === true),
      negatives,
    ),
    falseNegatives: wilson(
      count(rows, ({ label, said }) => label && said === false),
      positives,
    ),
    balanced: (hits / Math.max(1, positives) + passes / Math.max(1, negatives)) / 2,
    abstained: wilson(rows.length - decided, rows.length),
  };
}

/** Agreement among the surest share of the rows, for each of `coverages`. */
export function riskCoverage(
  rows: readonly Compared[],
  coverages: readonly number[],
): { coverage: number; agreement: Rate }[] {
  const sorted = [...rows].sort((a, b) => b.confidence - a.confidence);
  return coverages.map((coverage) => {
    const kept = sorted.slice(0, Math.round(coverage * sorted.length));
    return {
      coverage,
      agreement: wilson(
        count(kept, ({ label, said }) => label === said),
        kept.length,
      ),
    };
  });
}

const number = (value: number | null): string => (value === null ? '-' : value.toFixed(3));
const withInterval = ({ rate, low, high }: Rate): string =>
  rate === null ? '-' : `${number(rate)} [${number(low)}, ${number(high)}]`;

export const headings = [
  'judge',
  'n',
  'agreement',
  'kappa',
  'balanced',
  'false +',
  'false -',
  'abstained',
  'among decided',
];

/** One line of a table, in the order of `headings`. */
export const line = (name: string, it: Measures): string[] => [
  name,
  `${it.n} (${it.positives} +)`,
  withInterval(it.agreement),
  number(it.kappa),
  number(it.balanced),
  withInterval(it.falsePositives),
  withInterval(it.falseNegatives),
  number(it.abstained.rate),
  number(it.decided.rate),
];
