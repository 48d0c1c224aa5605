// What a summary says about the judge: who judged, how it did on known answers, how far two readings agree, and what
// attack success is once its known errors are taken out.
import { type Expectation, expectations } from '../core/outcome.ts';
import { type CaseShape, type ClusteredRate, clusteredRate } from '../core/score/clustered.ts';
import { latestCalibration, sentinelsOf } from '../store/judge-health.ts';
import { opinionsOf } from '../store/opinions.ts';
import type { Store } from '../store/store.ts';
import { type DataKind, kindOf } from './calibration.ts';
import { type Correction, correctionOf } from './correction.ts';
import { agreementByOccasion, healthOf, type JudgeAgreement, type JudgeHealth } from './judge-health.ts';
import { judgeIdOf } from './judging.ts';
import { promptHash } from './llm-judge/prompt.ts';
import type { ScanSpec } from './spec.ts';

/** Attack success over one kind of data under attacks that ask once: counted, and corrected or why not. */
export interface CorrectedSuccess {
  readonly kind: DataKind;
  readonly raw: ClusteredRate;
  readonly correction: Correction;
}

export interface JudgeSummary {
  /** Null where answers were stored unjudged. */
  readonly id: string | null;
  /** The judge model, where one was asked. */
  readonly model: { readonly host: string; readonly name: string; readonly prompt_sha256: string } | null;
  readonly health: JudgeHealth | null;
  readonly agreement: JudgeAgreement | null;
  readonly corrected: readonly CorrectedSuccess[];
}

/** Expectations over which attack success is counted, by the kind of data. */
export const attackedKinds: readonly { readonly kind: DataKind; readonly expects: readonly Expectation[] }[] = (
  ['request', 'rule'] as const
).map((kind) => ({ kind, expects: expectations.filter((expect) => kindOf(expect) === kind) }));

export async function judgeSummary(
  store: Store,
  scanId: string,
  spec: ScanSpec,
  shapes: Readonly<Partial<Record<DataKind, readonly CaseShape[]>>>,
): Promise<JudgeSummary> {
  const id = judgeIdOf(spec);
  const { judge } = spec.helpers;
  const calibration = id === null ? undefined : await latestCalibration(store, id);
  const corrected = attackedKinds.flatMap(({ kind }): CorrectedSuccess[] => {
    const raw = clusteredRate(shapes[kind] ?? [], spec.seed);
    return raw.n === 0 ? [] : [{ kind, raw, correction: correctionOf(raw, kind, calibration) }];
  });
  return {
    id,
    model: judge === null ? null : { host: judge.host, name: judge.model, prompt_sha256: promptHash() },
    health: healthOf(await sentinelsOf(store, scanId)),
    agreement: agreementByOccasion(await opinionsOf(store, scanId)),
    corrected: id === null ? [] : corrected,
  };
}
