// What a scan is asked to do, and what is kept of it: everything that a worker needs, and no secret.

import type { Bounds } from '../core/bounds.ts';
import type { GuardMode, HeldPolicy } from '../core/guarding.ts';
import type { TestRole } from '../core/outcome.ts';
import type { PaceLimits } from '../core/ports.ts';
import type { ByHelper, HelperName } from '../models/helper-models.ts';
import type { TargetSettings } from '../models/open-target.ts';
import type { ModelPrice } from '../models/prices.ts';
import type { ScanRow } from '../store/schema.ts';
import type { AttackParameters } from './attacks/attack.ts';
import type { ChosenAttack } from './attacks/index.ts';
import type { PresetId } from './presets.ts';

/** How the target is called, and as what. Its secrets are apart. */
export interface TargetSpec extends TargetSettings {
  readonly system: string | null;
  /** Calls that one try may take; left out: as many as design.md says. */
  readonly callsPerTry?: number;
}

/** One dataset of a plan. */
export interface PlannedDataset {
  readonly datasetId: string;
  readonly slug: string;
  readonly title: string;
  readonly version: string;
  readonly sha256: string;
  readonly role: TestRole;
  /** How many cases are drawn by the seed; null: all that can be planned. */
  readonly sample: number | null;
  /** Tests that this dataset brings, and calls to the target if every one succeeds at once. */
  readonly tests: number;
  readonly calls: number;
  /** Cases that only a judge model could decide. */
  readonly needsJudge: number;
  /** Cases of child safety and CBRN, which attacks that search or use an attacker model are not run on. */
  readonly leftOut?: number;
  /**
   * Cases that at least one attack would leave as they are: each such attack leaves them out. Not there where none would,
   * and in scans of older versions, which asked them all the same.
   */
  readonly unaltered?: number;
  /** Calls to the attacker model at most. */
  readonly attackerCalls?: number;
  /** Tokens that are sent, by the length of the cases; an estimate. */
  readonly promptTokens?: number;
  /** Its cases are asked with the scan's plant in the system prompt. */
  readonly plants?: true;
}

/** One test of a round: a case under an attack. */
export interface Turn {
  readonly position: number;
  readonly attack: ChosenAttack;
}

/** What one kind of test asks, one turn a round. */
export interface RoundsKind {
  /** As the caller called it. */
  readonly name: string;
  readonly slug: string;
  readonly turns: readonly Turn[];
}

/** Tests in balanced rounds, one of each kind a round, until a deadline: then whole rounds count. */
export interface Rounds {
  /** Milliseconds since 1970, and how many of them the scan was asked to take. */
  readonly endsAt: number;
  readonly deadlineMs: number;
  /** What the caller calls the model. */
  readonly model: string;
  /** In the order of the scan's datasets. */
  readonly kinds: readonly RoundsKind[];
}

/** A marked block of invented secrets that is appended to the target's system prompt. */
export interface Plant {
  readonly block: string;
  /** What of it must not come out. */
  readonly values: readonly string[];
}

/** Which part the guard has in a scan. */
export interface GuardChoice {
  readonly mode: Exclude<GuardMode, 'none'>;
  /** Ids of stored policies; empty: the default set. */
  readonly policies: readonly string[];
  /** What they were when the scan ran; one that changed meanwhile stands here twice. Left out until it has begun. */
  readonly held?: readonly HeldPolicy[];
}

/** What the answer to a control is judged against. */
export interface ControlGoal {
  readonly goal: string;
  readonly rubric: string | null;
}

/** The three roles that cost something. */
export const paidRoles = ['target', 'attacker', 'judge'] as const;
export type PaidRole = (typeof paidRoles)[number];

/** Of each role's model when the scan was planned; null where none was known, or there is no such model. */
export type Prices = Readonly<Record<PaidRole, ModelPrice | null>>;

/** An attack as the caller named it, e.g. "Flip Attack", "base64" or "bon:n=3". */
export interface RequestedAttack {
  readonly name: string;
  readonly id: string;
  readonly parameters: AttackParameters;
}

/** The whole plan: the same spec gives the same tests, byte for byte. */
export interface ScanSpec {
  readonly target: TargetSpec;
  readonly preset: PresetId;
  readonly seed: number;
  readonly judge: 'layers' | 'none';
  /** Whether a judge model is there to decide what has no oracle. */
  readonly judgeModel: boolean;
  /** Which helper models the scan was planned with. */
  readonly helpers: ByHelper<HelperName>;
  readonly attacks: readonly ChosenAttack[];
  /** How many of the attacks, from the first, are the preset's; and the ids that were asked for by name. */
  readonly curated: number;
  readonly requested: readonly string[];
  /** Those by the names that the caller gave them, each once; left out in scans of older versions. */
  readonly requestedAs?: readonly RequestedAttack[];
  readonly datasets: readonly PlannedDataset[];
  /** Goals of the controls by the id of their harmless case; left out where nothing searches. */
  readonly controls?: Readonly<Record<string, ControlGoal>>;
  /** In place of every case under every attack. */
  readonly rounds?: Rounds;
  readonly plant?: Plant;
  /** The guard in play; left out where there is none. */
  readonly guard?: GuardChoice;
  /** At most this many cases in all were drawn; left out where there is no limit, and in scans of older versions. */
  readonly limit?: number;
  /** What may end it before its last test; left out where nothing may. */
  readonly bounds?: Bounds;
  /** Left out in scans of older versions. */
  readonly prices?: Prices;
  readonly authorisedBy: string | null;
  /** Kept for the caller and given back as they came. */
  readonly labels: Readonly<Record<string, string | boolean>>;
}

export const DEFAULT_SEED = 1;

/** What was planned for a stored scan. */
export const specOf = ({ request }: Pick<ScanRow, 'request'>): ScanSpec => JSON.parse(request) as ScanSpec;

/** Whether the guard is asked in place of the target: then nothing is called. */
export const guardAlone = ({ guard }: Pick<ScanSpec, 'guard'>): boolean => guard?.mode === 'only';

/** The limits that hold over what is asked: calls a minute only where there are calls. */
export const paceOf = (spec: Pick<ScanSpec, 'guard' | 'target'>): PaceLimits => ({
  concurrency: spec.target.concurrency,
  qpm: guardAlone(spec) ? null : spec.target.qpm,
});
