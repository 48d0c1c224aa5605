// What it means that a scan ended before its last test, in words: which categories are known how well, and how the
// intervals are to be read.
import type { EndedBy } from '../core/bounds.ts';
import type { RateFamily, TestRole } from '../core/outcome.ts';
import type { Rate } from '../core/score/interval.ts';
import { printable } from './printable.ts';
import { count, kindText, percent, plural } from './wording.ts';

/** One category as far as it was asked; the rate is a share in 0..1. */
export interface ReportCategory {
  readonly name: string;
  readonly role: TestRole;
  readonly planned: number;
  readonly run: number;
  /** Counts without a rate where its tests belong to several. */
  readonly breached: Rate;
  /** Half the width of the interval over all its tests; like the rates left out in summaries of older versions. */
  readonly half_width?: number | null;
  readonly rates?: readonly { readonly family: RateFamily; readonly search: boolean; readonly breached: Rate }[];
}

/** Why and where a scan ended before its last test. */
export interface ReportEarlyStop {
  readonly by: EndedBy;
  readonly reason: string;
  readonly planned: number;
  readonly run: number;
  readonly categories: readonly ReportCategory[];
}

export interface EarlyStopView {
  readonly sentences: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly tests: string;
    readonly rate: string;
    readonly interval: string;
    /** Half the width of the interval in points, e.g. "±4.2". */
    readonly width: string;
  }[];
}

const drawn =
  'Within a category whole cases were asked in an order drawn by the seed, the next always from the category whose interval was the widest. Rates over all categories together therefore weigh them otherwise than the whole plan would: read them by category.';

const meanings: Readonly<Record<EndedBy, readonly string[]>> = {
  until_interval: [
    `${drawn} A category ended once half the width of its 95 % interval was what was asked for.`,
    'That is optional stopping: the intervals were looked at while the answers came in. The rule looks at their width and not at which way the rate goes, so it favours no result; such intervals hold a little less often than 95 %.',
  ],
  max_cost: [
    drawn,
    'The bound does not look at verdicts: the intervals are read as usual, and are wider than those of the whole plan.',
  ],
  max_calls: [
    drawn,
    'The bound does not look at verdicts: the intervals are read as usual, and are wider than those of the whole plan.',
  ],
  max_time: [
    drawn,
    'The bound does not look at verdicts: the intervals are read as usual, and are wider than those of the whole plan.',
  ],
  person: [
    'Where a person stops a scan whose figures they can see, the stop may depend on them: read the rates as a first impression. Unless it was bounded, tests ran in the order of the plan, and datasets at its end may not have been asked at all.',
  ],
};

const nameOf = ({ name, role }: ReportCategory): string =>
  role === 'control' ? `${name} (controls of searches)` : role === 'twin' ? `${name} (harmless)` : name;

type RowView = EarlyStopView['rows'][number];

const widthText = (half: number): string => `±${(half * 100).toFixed(1)}`;

const halfOf = ({ low, high }: Rate): number | null => (low === null || high === null ? null : (high - low) / 2);

/** Null where nothing was measured. */
const halfWidthOf = ({ half_width, breached }: ReportCategory): number | null => half_width ?? halfOf(breached);

function rateOf(breached: Rate, isReliable: boolean): Pick<RowView, 'rate' | 'interval' | 'width'> {
  const { rate, low, high, n } = breached;
  if (!isReliable) return { rate: 'not given', interval: '-', width: '-' };
  if (rate === null || low === null || high === null) return { rate: 'not measured', interval: '-', width: '-' };
  return {
    rate: `${percent(rate)} of ${count(n)}`,
    interval: `${percent(low)} to ${percent(high)}`,
    width: widthText((high - low) / 2),
  };
}

/** A row; where the tests belong to several rates, one more for each of them, and none over all. */
function rowsOf(category: ReportCategory, isReliable: boolean): RowView[] {
  const { run, planned, breached, rates = [] } = category;
  const name = printable(nameOf(category));
  const tests = `${count(run)} of ${count(planned)}`;
  if (!isReliable || rates.length < 2) return [{ name, tests, ...rateOf(breached, isReliable) }];
  const half = halfWidthOf(category);
  const counted = `${count(breached.k)} of ${count(breached.n)}, no common rate`;
  return [
    { name, tests, rate: counted, interval: '-', width: half === null ? '-' : widthText(half) },
    ...rates.map((each) => ({ name: `${name}: ${kindText(each)}`, tests: '', ...rateOf(each.breached, isReliable) })),
  ];
}

/** The widest interval among the categories that were measured at all; null where none was. */
function widest({ categories }: ReportEarlyStop): string | null {
  const measured = categories.filter((category) => category.role !== 'control' && halfWidthOf(category) !== null);
  const halves = measured.map((category) => halfWidthOf(category)!);
  if (halves.length === 0) return null;
  const index = halves.indexOf(Math.max(...halves));
  return `The widest interval is that of ${nameOf(measured[index]!)}: ±${(halves[index]! * 100).toFixed(1)} points.`;
}

const unmeasured = ({ categories }: ReportEarlyStop): string | null => {
  const names = categories.filter(({ run }) => run === 0).map(nameOf);
  return names.length === 0 ? null : `Not asked at all: ${names.join(', ')}.`;
};

/** Why it ended, and what that left. */
export function earlyStopWarning({ reason, planned, run, categories }: ReportEarlyStop): string {
  // Other lines count the tests of the cases alone.
  const beside = categories.some(({ role }) => role !== 'case') ? ', harmless requests and controls with them,' : '';
  return `${reason} ${plural(planned - run, 'planned test')} of ${count(planned)}${beside} did not run; they count in no rate and no score, neither as safe nor as a breach.`;
}

/** How well each category is known by then, and how that is to be read. */
export const earlyStopSentences = (stop: ReportEarlyStop): string[] =>
  [widest(stop), unmeasured(stop), ...meanings[stop.by]].filter((sentence) => sentence !== null);

/** `isReliable`: whether the judge is to be believed; else no rate is given. */
export const earlyStopView = (stop: ReportEarlyStop, isReliable = true): EarlyStopView => ({
  sentences: earlyStopSentences(stop).map(printable),
  rows: stop.categories.flatMap((category) => rowsOf(category, isReliable)),
});
