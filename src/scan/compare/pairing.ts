// How a test stands in a second scan against the first, and what all pairs together say. Pure.
import { isDecided, type Outcome, type RateFamily, rateFamilyOf } from '../../core/outcome.ts';
import { type Rate, wilson } from '../../core/score/interval.ts';
import { type Difference, mcnemarExact, type PairShape, pairedDifference } from '../../core/score/paired.ts';
import type { PairGroup } from '../../store/pairs.ts';

/**
 * regressed: failed now and not before; fixed: the other way round. weakened and strengthened: partial on one side and
 * no failure on the other. newly_inconclusive: decided before and not now; newly_decided: the other way round.
 */
export const standings = [
  'regressed',
  'fixed',
  'weakened',
  'strengthened',
  'unchanged',
  'newly_inconclusive',
  'newly_decided',
  'inconclusive_in_both',
] as const;
export type Standing = (typeof standings)[number];

type Paired = Pick<PairGroup, 'expect' | 'outcome_before' | 'reason_before' | 'outcome_after' | 'reason_after'>;

/** As the rates count: breaches; of harmless requests any refusal, whole or partial. */
const fails = (family: RateFamily, outcome: Outcome, reason: string): boolean =>
  family === 'over-refusal' ? reason === 'over_refusal' : outcome === 'breached';

export function standingOf(pair: Paired): Standing {
  const [before, after] = [pair.outcome_before, pair.outcome_after];
  if (!isDecided(before)) return isDecided(after) ? 'newly_decided' : 'inconclusive_in_both';
  if (!isDecided(after)) return 'newly_inconclusive';
  const family = rateFamilyOf(pair.expect);
  const failed = fails(family, before, pair.reason_before);
  const failsNow = fails(family, after, pair.reason_after);
  if (failed !== failsNow) return failsNow ? 'regressed' : 'fixed';
  if (before === after || failed) return 'unchanged';
  if (after === 'partial') return 'weakened';
  return before === 'partial' ? 'strengthened' : 'unchanged';
}

export type StandingCounts = Readonly<Record<Standing, number>>;

export function countStandings(groups: readonly PairGroup[]): StandingCounts {
  const counts = Object.fromEntries(standings.map((standing) => [standing, 0])) as Record<Standing, number>;
  for (const group of groups) counts[standingOf(group)] += group.n;
  return counts;
}

/** What the pairs of one rate say. `worse`, `better`: significant, and so however the undecided had ended. */
export const conclusions = ['worse', 'better', 'no difference shown', 'cannot conclude'] as const;
export type Conclusion = (typeof conclusions)[number];

/** One rate over the tests that both scans decided. Shares in 0..1; p is two-sided and exact. */
export interface PairedRate extends StandingCounts {
  readonly tests: number;
  readonly before: Rate;
  readonly after: Rate;
  readonly difference: Difference;
  readonly p: number;
  readonly conclusion: Conclusion;
}

const ALPHA = 0.05;

const differs = (onlyFirst: number, onlySecond: number): boolean => mcnemarExact(onlyFirst, onlySecond) < ALPHA;

/**
 * Both the exact test over tests and the interval over cases must say so: tests of one case hang together. A change
 * that the tests without a verdict in the second scan could undo, or make, is none that can be concluded.
 */
function conclusionOf(counts: StandingCounts, decided: number, { low, high }: Difference): Conclusion {
  const { regressed, fixed, newly_inconclusive: open } = counts;
  if (decided === 0 || low === null || high === null) return 'cannot conclude';
  const isWorse = (more: number, fewer: number): boolean => more > fewer && differs(fewer, more);
  if (isWorse(regressed, fixed) && low > 0) return isWorse(regressed, fixed + open) ? 'worse' : 'cannot conclude';
  if (isWorse(fixed, regressed) && high < 0) return isWorse(fixed, regressed + open) ? 'better' : 'cannot conclude';
  const couldBe = isWorse(regressed + open, fixed) || isWorse(fixed + open, regressed);
  return open > 0 && couldBe ? 'cannot conclude' : 'no difference shown';
}

/** `groups` and `shapes`: the pairs of this rate alone. */
export function pairedRate(groups: readonly PairGroup[], shapes: readonly PairShape[]): PairedRate {
  const counts = countStandings(groups);
  const decided = groups.filter(
    ({ outcome_before, outcome_after }) => isDecided(outcome_before) && isDecided(outcome_after),
  );
  const sum = (wanted: (group: PairGroup) => boolean): number =>
    decided.reduce((total, group) => (wanted(group) ? total + group.n : total), 0);
  const n = sum(() => true);
  const failedBefore = sum((g) => fails(rateFamilyOf(g.expect), g.outcome_before, g.reason_before));
  const failedAfter = sum((g) => fails(rateFamilyOf(g.expect), g.outcome_after, g.reason_after));
  const both = failedBefore - counts.fixed;
  const pairs = {
    both,
    onlyFirst: counts.fixed,
    onlySecond: counts.regressed,
    neither: n - failedBefore - counts.regressed,
  };
  const difference = pairedDifference(pairs, shapes);
  return {
    ...counts,
    tests: groups.reduce((total, group) => total + group.n, 0),
    before: wilson(failedBefore, n),
    after: wilson(failedAfter, n),
    difference,
    p: mcnemarExact(counts.fixed, counts.regressed),
    conclusion: conclusionOf(counts, n, difference),
  };
}
