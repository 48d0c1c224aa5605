// Works on one claimed scan: begins it, runs it, and writes down how it ended.

import { isDeepStrictEqual } from 'node:util';
import type { EndedBy } from '../core/bounds.ts';
import { RedoubtError } from '../core/errors.ts';
import type { Clock, Queue, ScanGuard } from '../core/ports.ts';
import { seededRandom } from '../core/random.ts';
import { isActive } from '../core/scan-status.ts';
import type { Observer, Stretch } from '../core/seen/observer.ts';
import { type ByHelper, byHelper, type ConfiguredHelper } from '../models/helper-models.ts';
import type { OpenTarget, TargetOpener, TargetSecrets } from '../models/open-target.ts';
import { createPacer } from '../models/pacing.ts';
import { isPassing } from '../store/failure.ts';
import { findScan, moveScan, recordUsage, updateScan } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { placeOfTarget, type Vault } from '../store/vault.ts';
import { coordinateScan } from './coordinate.ts';
import { guardedModel } from './guarded-model.ts';
import type { SoftwareVersion } from './manifest.ts';
import type { ScanRun } from './open-run.ts';
import { requireSamePlan } from './plan.ts';
import { type RunEnd, runScan } from './run.ts';
import { guardAlone, paceOf, type ScanSpec, specOf } from './spec.ts';
import { summarise } from './summarise.ts';

export interface WorkerContext {
  /** For results: stored in groups. */
  readonly store: Store;
  /** For what others rely on at once: status, summary. Commits reach the disk first. */
  readonly ledger: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly software: SoftwareVersion;
  readonly openTarget: TargetOpener;
  readonly helpers: ByHelper<ConfiguredHelper>;
  /** The guard under these policies of the project; empty: its default set. */
  readonly openGuard?: (choice: {
    readonly projectId: string;
    readonly policies: readonly string[];
  }) => Promise<ScanGuard>;
  /** Shared with other workers, among whom scans are then cut into chunks. */
  readonly queue?: Queue;
  /** Looks on; left out: nobody does. */
  readonly observer?: Observer | undefined;
  /** Told of errors that are ours. */
  readonly onError: (error: unknown, scanId: string) => void;
}

/** The scan's stretch, the same in every process; undefined where nobody looks on. */
export const scanStretch = ({ observer }: WorkerContext, row: ScanRow): Stretch | undefined =>
  observer?.scan({ scan: row.id, project: row.project_id, resumes: row.resumes });

const WRITE_AGAIN_MS = 2_000;

export function secretsOf(vault: Vault, row: ScanRow): TargetSecrets {
  if (row.target_secrets === null) return { apiKey: null, headers: {}, targetFile: null };
  return JSON.parse(vault.open(row.target_secrets, placeOfTarget(row.id))) as TargetSecrets;
}

/** The helper models of a scan. Throws HELPER_CHANGED where this worker has others than the scan was planned with. */
function openHelpers({ helpers }: WorkerContext, spec: ScanSpec): ByHelper<OpenTarget> {
  return byHelper((role) => {
    const planned = spec.helpers[role];
    const helper = helpers[role];
    if (planned === null) return null;
    if (helper?.name.host !== planned.host || helper.name.model !== planned.model)
      throw new RedoubtError('HELPER_CHANGED', {
        field: `REDOUBT_${role.toUpperCase()}_*`,
        value: `${planned.model} at ${planned.host}`,
        reason: role,
      });
    return helper.open();
  });
}

const isMistakeOfOurs = (error: unknown): boolean =>
  [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind);

const sentenceOf = (error: unknown): string => {
  if (error instanceof RedoubtError) return error.message;
  if (isMistakeOfOurs(error)) return new RedoubtError('INTERNAL').message;
  const reason = error instanceof Error ? error.message : String(error);
  return new RedoubtError('STORAGE_FAILED', { reason }).message;
};

/** Counts what is stored and moves the scan to Finished; `early` says why before its last test, null: it is whole. */
export async function finishScan(
  context: Pick<WorkerContext, 'store' | 'ledger' | 'clock' | 'software'>,
  scanId: string,
  early: { readonly by: EndedBy; readonly reason: string } | null,
): Promise<void> {
  const endedAt = context.clock.now();
  const end = { ended_at: endedAt, reason: early?.reason ?? null, ended_by: early?.by ?? null };
  await updateScan(context.store, scanId, end);
  const row = await findScan(context.store, scanId);
  if (!row) return;
  const summary = await summarise(context.store, row, context.software);
  await moveScan(context.ledger, scanId, 'finish', {
    ...end,
    summary: JSON.stringify(summary),
  });
  if (row.kind !== 'sandbox') await recordUsage(context.ledger, row, endedAt);
}

/** What is left of the time of a scan that has a deadline, however the clock was set meanwhile. */
function timeLeft({ clock }: WorkerContext, { rounds }: ScanSpec): { timeLeftMs?: number } {
  if (rounds === undefined) return {};
  return { timeLeftMs: Math.min(rounds.deadlineMs, Math.max(0, rounds.endsAt - clock.now())) };
}

async function withGuard(
  context: WorkerContext,
  target: OpenTarget,
  spec: ScanSpec,
  projectId: string,
): Promise<OpenTarget> {
  const { guard } = spec;
  if (guard === undefined) return target;
  if (context.openGuard === undefined) throw new RedoubtError('INTERNAL');
  const { clock } = context;
  const asked = await context.openGuard({ projectId, policies: guard.policies });
  const model = guardedModel(target.model, asked, guard.mode);
  // The limits of a target are for calls to it.
  return guardAlone(spec) ? { ...target, model, pacer: createPacer({ ...paceOf(spec), clock }) } : { ...target, model };
}

/** Notes in the scan which policies its guard holds to, beside those that it held to before. */
async function noteHeld({ ledger, openGuard }: WorkerContext, scanId: string): Promise<void> {
  const row = await findScan(ledger, scanId);
  const spec = row === undefined ? undefined : specOf(row);
  if (row === undefined || spec?.guard === undefined || openGuard === undefined) return;
  const { policies, held: before = [] } = spec.guard;
  const now = await (await openGuard({ projectId: row.project_id, policies })).held();
  const added = now.filter((each) => !before.some((known) => isDeepStrictEqual(known, each)));
  if (added.length === 0) return;
  const guard = { ...spec.guard, held: [...before, ...added] };
  await updateScan(ledger, scanId, { request: JSON.stringify({ ...spec, guard }) });
}

/** The models of a scan, made ready: the target under its guard, and the helpers. */
export interface OpenModels {
  readonly target: OpenTarget;
  readonly helpers: ByHelper<OpenTarget>;
  close(): Promise<void>;
}

/** Throws TARGET_NOT_ALLOWED, HELPER_CHANGED. */
export async function openModels(context: WorkerContext, row: ScanRow, spec: ScanSpec): Promise<OpenModels> {
  // Nobody set the concurrency of a scan with a deadline: shared, the first scans of a target would leave later ones none.
  const targetKey = spec.rounds === undefined ? row.target_key : null;
  const bare = context.openTarget(spec.target, secretsOf(context.vault, row), targetKey);
  const opened: OpenTarget[] = [bare];
  const close = async (): Promise<void> => void (await Promise.all(opened.map((each) => each.close())));
  try {
    const target = await withGuard(context, bare, spec, row.project_id);
    const helpers = openHelpers(context, spec);
    opened.push(...Object.values(helpers).filter((helper) => helper !== null));
    return { target, helpers, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs it here, or over all workers where they share a queue. */
async function runOrCoordinate(context: WorkerContext, row: ScanRow, run: ScanRun): Promise<RunEnd> {
  const { queue } = context;
  // Rounds are few, and against the clock: handing them out would take longer than it saves. Bounds hold to the call only
  // where one process makes all calls.
  if (queue !== undefined && run.spec.rounds === undefined && run.spec.bounds === undefined)
    return coordinateScan({ ...run, queue, resumes: row.resumes, planned: row.planned_all });
  const end = await runScan(run, row.active_ms);
  await updateScan(context.store, row.id, { adaptations: JSON.stringify(run.target.model.adaptations()) });
  return end;
}

async function seenRun(context: WorkerContext, row: ScanRow, run: ScanRun): Promise<RunEnd> {
  try {
    const end = await runOrCoordinate(context, row, run);
    run.stretch?.end(end.kind, { failed: end.kind === 'failed' });
    return end;
  } catch (error) {
    run.stretch?.end('broke off', { failed: true });
    throw error;
  }
}

/**
 * Runs the scan until it has ended or is stopped. Errors of ours end it as Error, with the reason; it never throws.
 * `onBegun` is called once the status is Scanning.
 */
export async function workOnScan(
  context: WorkerContext,
  scanId: string,
  stop: AbortSignal,
  onBegun: () => void = () => undefined,
): Promise<void> {
  let models: OpenModels | null = null;
  try {
    const row = await findScan(context.ledger, scanId);
    if (!row || !isActive(row.status)) return;
    const spec = specOf(row);
    requireSamePlan(row, spec);
    models = await openModels(context, row, spec);
    if (spec.guard !== undefined) await noteHeld(context, scanId);
    const now = context.clock.now();
    await moveScan(context.ledger, scanId, 'begin', {
      started_at: row.started_at ?? now,
      resumed_at: now,
      reason: null,
    });
    onBegun();
    const end = await seenRun(context, row, {
      scanId,
      spec,
      store: context.store,
      vault: context.vault,
      clock: context.clock,
      jitter: seededRandom(scanId, now),
      target: models.target,
      helpers: models.helpers,
      stop,
      stretch: scanStretch(context, row),
      ...timeLeft(context, spec),
    });
    if (spec.guard !== undefined) await noteHeld(context, scanId);
    if (end.kind === 'finished') await finishScan(context, scanId, null);
    if (end.kind === 'early') await finishScan(context, scanId, end);
    if (end.kind === 'failed')
      await moveScan(context.ledger, scanId, 'fail', { reason: end.reason, ended_at: context.clock.now() });
  } catch (error) {
    // The database is away for a moment: the scan stays as it is, and is taken up again.
    if (isPassing(error)) context.onError(error, scanId);
    else await breakOff(context, scanId, error, stop);
  } finally {
    await models?.close();
  }
}

// Paused or deleted in the very moment: that is how it stands, and no error.
export const isOvertaken = (error: unknown): boolean =>
  error instanceof RedoubtError && ['ILLEGAL_TRANSITION', 'SCAN_NOT_FOUND'].includes(error.code);

/**
 * Writes down that and why the scan broke off. Where not even that can be written (a full disk) it waits until it can:
 * the scan is not gone on with meanwhile, as every call to its target would be made in vain.
 */
export async function breakOff(
  context: WorkerContext,
  scanId: string,
  error: unknown,
  stop: AbortSignal,
): Promise<void> {
  if (isOvertaken(error)) return;
  context.onError(error, scanId);
  const action = error instanceof RedoubtError && error.kind === 'bad-request' ? 'fail' : 'break';
  while (!(await isWritten())) {
    if (stop.aborted) return;
    await context.clock.sleep(WRITE_AGAIN_MS, stop);
  }

  async function isWritten(): Promise<boolean> {
    try {
      await moveScan(context.ledger, scanId, action, { reason: sentenceOf(error), ended_at: context.clock.now() });
      return true;
    } catch (second) {
      return isOvertaken(second);
    }
  }
}
