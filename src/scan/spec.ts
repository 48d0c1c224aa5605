// What a scan is asked to do, and what is kept of it: everything that a worker needs, and no secret.
import type { ChosenAttack } from './attacks/index.ts';
import type { PresetId } from './presets.ts';

/** A model behind a chat completions endpoint, or an HTTP application. Secrets are apart (TargetSecrets). */
export interface TargetSpec {
  readonly kind: 'openai' | 'http';
  /** Base URL of the endpoint; of an HTTP application its origin and path. */
  readonly url: string;
  readonly model: string;
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  readonly system: string | null;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly qpm: number | null;
  /** Calls that one try may take; left out: as many as design.md says. */
  readonly callsPerTry?: number;
}

/** Encrypted at rest, in no log, report, export, error or answer. */
export interface TargetSecrets {
  readonly apiKey: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The file that describes an HTTP application: a curl command or a template, as it was given. */
  readonly targetFile: string | null;
}

/** One dataset of a plan. */
export interface PlannedDataset {
  readonly datasetId: string;
  readonly slug: string;
  readonly title: string;
  readonly version: string;
  readonly sha256: string;
  readonly role: 'case' | 'twin';
  /** How many cases are drawn by the seed; null: all that can be planned. */
  readonly sample: number | null;
  /** Tests that this dataset brings. */
  readonly tests: number;
  /** Cases that only a judge model could decide. */
  readonly needsJudge: number;
}

/** The whole plan: the same spec gives the same tests, byte for byte. */
export interface ScanSpec {
  readonly target: TargetSpec;
  readonly preset: PresetId;
  readonly seed: number;
  readonly judge: 'layers' | 'none';
  readonly judgeModel: boolean;
  readonly attacks: readonly ChosenAttack[];
  /** How many of the attacks, from the first, are the preset's. */
  readonly curated: number;
  readonly datasets: readonly PlannedDataset[];
  readonly authorisedBy: string | null;
  /** Kept for the caller and given back as they came. */
  readonly labels: Readonly<Record<string, string | boolean>>;
}

export const DEFAULT_SEED = 1;
