// What a caller asks for, before it is planned: the same for the command line and for every dialect.

import type { Bounds } from '../core/bounds.ts';
import type { ScanKind } from '../core/scan-status.ts';
import type { TargetSecrets } from '../models/open-target.ts';
import type { DatasetRow } from '../store/schema.ts';
import type { PresetId } from './presets.ts';
import type { GuardChoice, TargetSpec } from './spec.ts';

/** A dataset by name, or by the id of a version that is stored already. */
export type DatasetChoice = { readonly name: string; readonly field: string } | { readonly id: string };

/** Tests in rounds until a deadline, in place of datasets, preset and attacks. */
export interface RoundsRequest {
  /** Milliseconds since 1970, and how many of them it was asked to take. */
  readonly endsAt: number;
  readonly deadlineMs: number;
  /** What the caller calls the model. */
  readonly model: string;
  readonly testsPerKind: number;
  readonly kinds: readonly KindChoice[];
  /** Whether kinds about leaks are asked with invented secrets in the system prompt. */
  readonly plant: boolean;
}

/** One kind of test: the cases of a dataset under some attacks. */
export interface KindChoice {
  readonly name: string;
  readonly dataset: DatasetRow;
  /** As a caller would name them. */
  readonly attacks: readonly string[];
  /** Whether it is about leaks. */
  readonly plants: boolean;
}

export interface ScanRequest {
  readonly projectId: string;
  /** The name or key of whoever asks, for the manifest. */
  readonly createdBy: string;
  /** Null: a name is made from the model and the time. */
  readonly name: string | null;
  /** What the caller calls it, for errors. */
  readonly nameField?: string;
  readonly kind: ScanKind;
  readonly target: TargetSpec;
  /** What the caller calls its address, for errors. */
  readonly targetField?: string;
  readonly secrets: TargetSecrets;
  readonly datasets: readonly DatasetChoice[];
  readonly rounds?: RoundsRequest;
  readonly preset: PresetId;
  /** Run on top of the preset's attacks; with `onlyAttacks` instead of them, without twins. */
  readonly attacks: readonly string[];
  /** What the caller calls them, for errors. */
  readonly attackField?: string;
  readonly onlyAttacks: boolean;
  readonly seed: number;
  /** At most this many cases in all; null: no limit. */
  readonly limit: number | null;
  /** Benign twins; null: as the preset says. */
  readonly twins: number | null;
  readonly judge: boolean;
  /** Left out: the guard has no part in it. */
  readonly guard?: GuardChoice;
  readonly bounds?: Bounds;
  /** What the caller calls a bound, for errors. */
  readonly boundFields?: Readonly<Record<'maxCost' | 'untilInterval', string>>;
  readonly authorisedBy: string | null;
  readonly labels: Readonly<Record<string, string | boolean>>;
}
