// What a caller asks for, before it is planned: the same for the command line and for every dialect.
import type { TargetSecrets } from '../models/open-target.ts';
import type { PresetId } from './presets.ts';
import type { GuardChoice, TargetSpec } from './spec.ts';

/** A dataset by name, or by the id of a version that is stored already. */
export type DatasetChoice = { readonly name: string; readonly field: string } | { readonly id: string };

export interface ScanRequest {
  readonly projectId: string;
  /** The name or key of whoever asks, for the manifest. */
  readonly createdBy: string;
  /** Null: a name is made from the model and the time. */
  readonly name: string | null;
  readonly kind: 'scan' | 'sandbox';
  readonly target: TargetSpec;
  readonly secrets: TargetSecrets;
  readonly datasets: readonly DatasetChoice[];
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
  readonly authorisedBy: string | null;
  readonly labels: Readonly<Record<string, string | boolean>>;
}
