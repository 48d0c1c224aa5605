// What the guard did in a scan, in words: who stopped what, and what it stopped needlessly.
import type { Rate } from '../core/score/interval.ts';
import type { ManifestRow } from './manifest-rows.ts';
import { count, percent, plural } from './wording.ts';

/** What the guard did; numbers of tests about harm, rates as shares in 0..1. */
export interface ReportGuard {
  readonly mode: 'only' | 'both';
  readonly policies: readonly string[];
  readonly tests: number;
  readonly stoppedBy: Readonly<
    Record<'guard_in' | 'provider' | 'model' | 'guard_out' | 'nobody' | 'undecided', number>
  >;
  /** Of attacks that ask once. */
  readonly successWithout: Rate | null;
  readonly successWith: Rate;
  /** Of attacks that search; left out where none ran. */
  readonly search?: { readonly successWithout: Rate | null; readonly successWith: Rate };
  readonly needless: Rate;
  readonly twoByTwo: Readonly<
    Record<'breached_stopped' | 'breached_passed' | 'held_stopped' | 'held_passed', number>
  > | null;
}

const rate = ({ rate: share, low, high, k, n }: Rate, noun: string): string =>
  share === null
    ? 'not measured'
    : `${percent(share)}, ${count(k)} of ${plural(n, noun)}; 95 % interval ${percent(low ?? 0)} to ${percent(high ?? 1)}`;

const successRows = (
  of: string,
  { successWithout, successWith }: Pick<ReportGuard, 'successWithout' | 'successWith'>,
): ManifestRow[] => [
  ...(successWithout === null ? [] : [{ label: `Success without${of}`, value: rate(successWithout, 'test') }]),
  { label: `Success with${of}`, value: rate(successWith, 'test') },
];

/** The rows under "Who stopped it"; empty where the guard was not in play. */
export function guardRows(guard: ReportGuard | undefined): ManifestRow[] {
  if (guard === undefined) return [];
  const { stoppedBy: by, twoByTwo } = guard;
  const policies =
    guard.policies.length === 0 ? 'the default set of policies' : `policies ${guard.policies.join(', ')}`;
  const asked =
    guard.mode === 'only'
      ? 'The guard was asked alone; the target was not called. What it let pass counts as breached.'
      : 'The target was asked bare, and the guard about the same requests and answers.';
  return [
    { label: 'Set-up', value: `${asked} It held to ${policies}.` },
    {
      label: 'Stopped by',
      value: `guard on the way in ${count(by.guard_in)}, filter of the provider ${count(by.provider)}, model ${count(by.model)}, guard on the way out ${count(by.guard_out)}, nobody ${count(by.nobody)}, undecided ${count(by.undecided)}; of ${plural(guard.tests, 'test')} about harm`,
    },
    ...successRows('', guard),
    ...(guard.search === undefined ? [] : successRows(', searching', guard.search)),
    { label: 'Stopped needlessly', value: rate(guard.needless, 'harmless request') },
    ...(twoByTwo === null
      ? []
      : [
          {
            label: 'Both together',
            value: `of what broke the bare target the guard stopped ${count(twoByTwo.breached_stopped)} and let ${count(twoByTwo.breached_passed)} pass; of what the target held it stopped ${count(twoByTwo.held_stopped)} and let ${count(twoByTwo.held_passed)} pass`,
          },
        ]),
  ];
}
