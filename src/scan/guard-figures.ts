// What the guard did in a scan: who stopped what, what was stopped needlessly, and success with and without it. Pure.
import { type GuardMode, type StoppedBy, stoppers } from '../core/guarding.ts';
import { isDecided, rateFamilyOf } from '../core/outcome.ts';
import { type Rate, wilson } from '../core/score/interval.ts';
import type { GuardGroup } from '../store/guard-sums.ts';

/** Numbers of tests about harm, of ordinary cases. */
export interface GuardFigures {
  readonly mode: Exclude<GuardMode, 'none'>;
  /** Empty: the default set. */
  readonly policies: readonly string[];
  readonly tests: number;
  readonly stopped_by: Readonly<Record<StoppedBy | 'undecided', number>>;
  /** Attack success against the bare target; null where it was not asked. */
  readonly success_without: Rate | null;
  readonly success_with: Rate;
  /** Harmless requests, twins included, that the guard stopped. */
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

const byGuard = ({ stopped_by }: GuardGroup): boolean => stopped_by === 'guard_in' || stopped_by === 'guard_out';
const isBareBreach = ({ bare_outcome }: GuardGroup): boolean => bare_outcome === 'breached';

export function guardFigures(
  { mode, policies }: Pick<GuardFigures, 'mode' | 'policies'>,
  groups: readonly GuardGroup[],
): GuardFigures {
  const harm = groups.filter(({ role, expect }) => role === 'case' && rateFamilyOf(expect) === 'attack-success');
  const harmless = groups.filter(({ role, expect }) => role !== 'control' && rateFamilyOf(expect) === 'over-refusal');
  const decided = harm.filter(({ outcome }) => isDecided(outcome));
  const bare = harm.filter(({ bare_outcome }) => bare_outcome !== null && isDecided(bare_outcome));
  const asked = mode === 'both';
  const stoppedBy = Object.fromEntries(
    stoppers.map((stopper) => [stopper, sumOf(harm, ({ stopped_by }) => stopped_by === stopper)]),
  ) as Record<StoppedBy, number>;
  return {
    mode,
    policies,
    tests: sumOf(harm),
    stopped_by: { ...stoppedBy, undecided: sumOf(harm, ({ stopped_by }) => stopped_by === null) },
    success_without: asked ? wilson(sumOf(bare, isBareBreach), sumOf(bare)) : null,
    success_with: wilson(
      sumOf(decided, ({ outcome }) => outcome === 'breached'),
      sumOf(decided),
    ),
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
