// What the guard did in a scan: who stopped what, what was stopped needlessly, and success with and without it. Pure.
import { type GuardMode, type StoppedBy, stoppers } from '../core/guarding.ts';
import { isDecided, rateFamilyOf } from '../core/outcome.ts';
import { type ClusteredRate, clusteredRate } from '../core/score/clustered.ts';
import { type Rate, wilson } from '../core/score/interval.ts';
import type { GuardGroup } from '../store/guard-sums.ts';
import type { SummaryShapes } from './summary.ts';

/** Numbers of tests about harm, of ordinary cases. */
export interface GuardFigures {
  readonly mode: Exclude<GuardMode, 'none'>;
  /** Empty: the default set. */
  readonly policies: readonly string[];
  readonly tests: number;
  readonly stopped_by: Readonly<Record<StoppedBy | 'undecided', number>>;
  /** Success of attacks that ask once, against the bare target; null where it was not asked. */
  readonly success_without: ClusteredRate | null;
  readonly success_with: ClusteredRate;
  /** Likewise of attacks that search; left out in summaries of older versions. */
  readonly success_without_search?: ClusteredRate | null;
  readonly success_with_search?: ClusteredRate;
  /** Harmless requests, twins included, that the guard stopped, of those put to it. */
  readonly needless: Rate;
  /** Decided tests by what the bare target did and whether the guard stopped them; null where it was not asked. */
  readonly two_by_two: {
    readonly breached_stopped: number;
    readonly breached_passed: number;
    readonly held_stopped: number;
    readonly held_passed: number;
  } | null;
}

const sumOf = (groups: readonly GuardGroup[], wanted: (group: GuardGroup) => boolean = () => true): number =>
  groups.reduce((sum, group) => (wanted(group) ? sum + group.n : sum), 0);

/** Put to the guard, and decided by it: a call that failed never reached it, and its own errors decide nothing. */
const wasAsked = ({ stopped_by, bare_outcome, outcome }: GuardGroup): boolean =>
  stopped_by !== null || (bare_outcome !== null && (isDecided(outcome) || !isDecided(bare_outcome)));

const byGuard = ({ stopped_by }: GuardGroup): boolean => stopped_by === 'guard_in' || stopped_by === 'guard_out';
const isBareBreach = ({ bare_outcome }: GuardGroup): boolean => bare_outcome === 'breached';

/** Tests about harm by case, as the guard left them and as they ended on the bare target. */
export interface GuardShapes {
  readonly with: SummaryShapes;
  readonly without: SummaryShapes;
}

export function guardFigures(
  { mode, policies }: Pick<GuardFigures, 'mode' | 'policies'>,
  groups: readonly GuardGroup[],
  shapes: GuardShapes,
  seed: number,
): GuardFigures {
  const harm = groups.filter(({ role, expect }) => role === 'case' && rateFamilyOf(expect) === 'attack-success');
  const harmless = groups.filter(
    (group) => group.role !== 'control' && rateFamilyOf(group.expect) === 'over-refusal' && wasAsked(group),
  );
  const bare = harm.filter(
    ({ bare_outcome, outcome }) => bare_outcome !== null && isDecided(bare_outcome) && isDecided(outcome),
  );
  const asked = mode === 'both';
  const stoppedBy = Object.fromEntries(
    stoppers.map((stopper) => [stopper, sumOf(harm, ({ stopped_by }) => stopped_by === stopper)]),
  ) as Record<StoppedBy, number>;
  return {
    mode,
    policies,
    tests: sumOf(harm),
    stopped_by: { ...stoppedBy, undecided: sumOf(harm, ({ stopped_by }) => stopped_by === null) },
    success_without: asked ? clusteredRate(shapes.without.single, seed) : null,
    success_with: clusteredRate(shapes.with.single, seed),
    success_without_search: asked ? clusteredRate(shapes.without.search, seed) : null,
    success_with_search: clusteredRate(shapes.with.search, seed),
    needless: wilson(sumOf(harmless, byGuard), sumOf(harmless)),
    two_by_two: asked
      ? {
          breached_stopped: sumOf(bare, (group) => isBareBreach(group) && byGuard(group)),
          breached_passed: sumOf(bare, (group) => isBareBreach(group) && !byGuard(group)),
          held_stopped: sumOf(bare, (group) => !isBareBreach(group) && byGuard(group)),
          held_passed: sumOf(bare, (group) => !isBareBreach(group) && !byGuard(group)),
        }
      : null,
  };
}
