// A candidate with its proof, as commands, our API and the database hold it. Shares lie in 0..1.
import type { Rate } from '../../core/score/interval.ts';
import { writtenPolicy } from '../policy.ts';
import type { Candidate } from './candidates.ts';
import type { Group } from './groups.ts';
import type { Proof, Slice } from './proof.ts';

type Interval = readonly [number, number] | null;

interface DescribedSlice {
  readonly n: number;
  readonly attack_success_before: number | null;
  readonly attack_success_after: number | null;
  readonly intervals: { readonly before: Interval; readonly after: Interval };
}

export interface Described {
  readonly policy_id: string;
  readonly kind: string;
  readonly group: Pick<Group, 'by' | 'name' | 'breaches'>;
  readonly change: string;
  /** Keys of the tests that asked for it. */
  readonly asked_by: readonly string[];
  readonly held_out_n: number;
  readonly held_out_cases: number;
  readonly attack_success_before: number | null;
  readonly attack_success_after: number | null;
  readonly intervals: {
    readonly before: Interval;
    readonly after: Interval;
    readonly difference: Interval;
    readonly false_positive_rate: Interval;
  };
  readonly p: number;
  readonly p_holm: number;
  readonly false_positive_rate: number | null;
  readonly harmless_n: number;
  readonly false_positives: {
    readonly by_source: Readonly<Record<string, { k: number; n: number }>>;
    readonly examples: readonly string[];
  };
  readonly slices: {
    readonly other_attacks: DescribedSlice;
    readonly other_languages: DescribedSlice;
    readonly mutations: { readonly n: number; readonly stopped: number | null; readonly interval: Interval };
  };
  readonly undecided: number;
  readonly promoted: boolean;
  readonly reason: string | null;
  readonly policy: unknown;
}

const interval = ({ low, high }: Pick<Rate, 'low' | 'high'>): Interval =>
  low === null || high === null ? null : [low, high];

const slice = ({ n, before, after }: Slice): DescribedSlice => ({
  n,
  attack_success_before: before.rate,
  attack_success_after: after.rate,
  intervals: { before: interval(before), after: interval(after) },
});

export function describeCandidate(
  { policy, kind, group, change, askedBy }: Candidate,
  proof: Proof,
  adjusted: number,
  { promoted, reason }: { readonly promoted: boolean; readonly reason: string | null },
): Described {
  const { before, after, difference, harmless, slices } = proof;
  const bySource = Object.entries(harmless.bySource).map(([source, { k, n }]) => [source, { k, n }]);
  return {
    policy_id: policy.id,
    kind,
    group: { by: group.by, name: group.name, breaches: group.breaches },
    change,
    asked_by: askedBy,
    held_out_n: proof.n,
    held_out_cases: proof.cases,
    attack_success_before: before.rate,
    attack_success_after: after.rate,
    intervals: {
      before: interval(before),
      after: interval(after),
      difference: interval(difference),
      false_positive_rate: interval(harmless.rate),
    },
    p: proof.p,
    p_holm: adjusted,
    false_positive_rate: harmless.rate.rate,
    harmless_n: harmless.rate.n,
    false_positives: { by_source: Object.fromEntries(bySource), examples: harmless.stopped },
    slices: {
      other_attacks: slice(slices.other_attacks),
      other_languages: slice(slices.other_languages),
      mutations: { n: slices.mutations.n, stopped: slices.mutations.rate, interval: interval(slices.mutations) },
    },
    undecided: proof.undecided,
    promoted,
    reason,
    policy: writtenPolicy(policy),
  };
}
