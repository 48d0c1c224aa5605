// What can be done with scans: started, paused, resumed, looked at, deleted.
// The command line and every dialect go through here.
import { RedoubtError } from '../core/errors.ts';
import { sha256OfJson } from '../core/hash.ts';
import { newId } from '../core/ids.ts';
import { isoTime } from '../core/iso-time.ts';
import { isActive, nextStatus } from '../core/scan-status.ts';
import type { TargetSecrets } from '../models/open-target.ts';
import { noteInAudit } from '../store/audit.ts';
import { usedKey } from '../store/idempotency.ts';
import { countersOf, reopenUnanswered } from '../store/results.ts';
import {
  countResume,
  deleteScan,
  findUnfinished,
  insertScan,
  listScans,
  moveScan,
  renameScan,
  requireScan,
} from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import { placeOfTarget, type Vault } from '../store/vault.ts';
import type { Errand } from './errands.ts';
import { marksSummaryOf } from './marks.ts';
import { type PlanContext, type PlannedScan, planScan } from './planning.ts';
import { type Progress, progressOf } from './progress.ts';
import type { ScanRequest } from './request.ts';
import type { TargetSpec } from './spec.ts';
import type { Summary } from './summarise.ts';

export interface ScanServiceOptions extends PlanContext {
  readonly vault: Vault;
  /** Told that a scan wants a worker, or wants to be let go. */
  readonly onChange: (scanId: string) => void;
  /** Has something done beside the scans; left out where nobody does it. */
  readonly onErrand?: (errand: Errand) => void;
}

/** A client's key for a request that is to be done once. */
export interface Once {
  readonly key: string;
  readonly bodySha256: string;
  /** Where the key came from, for errors. */
  readonly field: string;
}

export interface ScanService {
  /** Plans without storing anything: for the estimate, and to find an unfinished scan of the same request. */
  plan(request: ScanRequest): Promise<PlannedScan>;
  /** With `once` the scan that this key started, if it did. Throws KEY_REUSED where it was sent with another body. */
  start(request: ScanRequest, planned?: PlannedScan, once?: Once): Promise<ScanRow>;
  /** The scan that a key started; null where it is new. Throws KEY_REUSED. */
  startedBy(projectId: string, once: Once): Promise<ScanRow | null>;
  /** The latest scan of the same request that has not finished. */
  unfinished(projectId: string, planned: PlannedScan): Promise<ScanRow | undefined>;
  get(projectId: string, scanId: string, asked?: string): Promise<ScanRow>;
  pause(projectId: string, scanId: string, asked?: string): Promise<void>;
  /** Goes on with a Paused, Failed or Error scan; with `secrets` under another key than before. */
  retry(projectId: string, scanId: string, asked?: string, secrets?: TargetSecrets): Promise<void>;
  /** Ends a scan before its last test: what is decided by then is counted and reported, in the background. */
  stop(projectId: string, scanId: string, by: string, asked?: string): Promise<void>;
  /** Judges a finished scan anew, in the background. Throws ILLEGAL_TRANSITION before its end. */
  rejudge(projectId: string, scanId: string, by: string, asked?: string): Promise<void>;
  /** Makes the words of a finished scan ready to be searched, in the background. */
  prepareSearch(row: ScanRow): void;
  /** Throws DUPLICATE_NAME. */
  rename(projectId: string, scanId: string, name: string, asked?: string): Promise<void>;
  progress(projectId: string, scanId: string, asked?: string): Promise<Progress>;
  list(projectId: string, since?: number): Promise<Progress[]>;
  /** Throws SCAN_NOT_FINISHED before the end; `what` names what was asked for. */
  summary(projectId: string, scanId: string, what: string, asked?: string): Promise<Summary>;
  /** `by`: who the audit log names. */
  remove(projectId: string, scanId: string, by: string): Promise<void>;
}

/** By it calls of several scans to one target are paced together. */
export const targetKeyOf = (target: TargetSpec): string =>
  sha256OfJson([target.kind, target.url, target.model]).slice(0, 32);

/** What stands in the row of a scan on which nobody has worked yet. */
export const notStarted = {
  status: 'Initializing',
  reason: null,
  ended_by: null,
  started_at: null,
  ended_at: null,
  resumed_at: null,
  active_ms: 0,
  owner: null,
  heartbeat_at: null,
  resumes: 0,
  adaptations: '[]',
  summary: null,
} as const satisfies Partial<ScanRow>;

function rowOf({ clock, vault }: ScanServiceOptions, request: ScanRequest, planned: PlannedScan): ScanRow {
  const id = newId();
  const now = clock.now();
  return {
    id,
    project_id: request.projectId,
    name: request.name ?? `${request.target.model} ${isoTime(now)} ${id.slice(-4)}`,
    kind: request.kind,
    request: JSON.stringify(planned.spec),
    request_hash: planned.requestHash,
    target_key: targetKeyOf(request.target),
    target_secrets: vault.seal(JSON.stringify(request.secrets), placeOfTarget(id)),
    plan_hash: planned.planHash,
    planned: planned.planned,
    planned_all: planned.plannedAll,
    created_by: request.createdBy,
    created_at: now,
    ...notStarted,
  };
}

async function progressOfRows({ store, clock }: ScanServiceOptions, rows: readonly ScanRow[]): Promise<Progress[]> {
  const counters = await countersOf(
    store,
    rows.map((row) => row.id),
  );
  return rows.map((row) => progressOf(row, counters, clock.now()));
}

async function retry(options: ScanServiceOptions, row: ScanRow, secrets?: TargetSecrets): Promise<void> {
  const { store, vault, onChange } = options;
  const renewed = secrets ? { target_secrets: vault.seal(JSON.stringify(secrets), placeOfTarget(row.id)) } : {};
  await moveScan(
    store,
    row.id,
    'retry',
    { reason: null, ended_by: null, ended_at: null, ...renewed },
    async (trx, from) => {
      await countResume(trx, row.id);
      if (from !== 'Paused') await reopenUnanswered(trx, row.id);
    },
  );
  onChange(row.id);
}

async function startedBy({ store, clock }: ScanServiceOptions, projectId: string, once: Once): Promise<ScanRow | null> {
  const used = await usedKey(store, projectId, once.key, clock.now());
  if (used === undefined) return null;
  if (used.body_sha256 !== once.bodySha256)
    throw new RedoubtError('KEY_REUSED', { field: once.field, value: once.key });
  return requireScan(store, projectId, used.scan_id);
}

async function start(
  options: ScanServiceOptions,
  request: ScanRequest,
  planned?: PlannedScan,
  once?: Once,
): Promise<ScanRow> {
  const { projectId } = request;
  const known = once ? await startedBy(options, projectId, once) : null;
  if (known) return known;
  const row = rowOf(options, request, planned ?? (await planScan(options, request)));
  const { id: scan_id, created_at } = row;
  const key = once ? { project_id: projectId, key: once.key, body_sha256: once.bodySha256, scan_id, created_at } : null;
  if (!(await insertScan(options.store, row, key, request.nameField))) return start(options, request, planned, once);
  await noted(options, row, 'scan.start', row.created_by);
  options.onChange(row.id);
  return row;
}

function summaryOf(row: ScanRow, what: string): Summary {
  if (row.status !== 'Finished' || row.summary === null)
    throw new RedoubtError('SCAN_NOT_FINISHED', { value: row.status, reason: what });
  return { ...(JSON.parse(row.summary) as Summary), name: row.name };
}

async function stop(options: ScanServiceOptions, row: ScanRow, by: string): Promise<void> {
  const { store, onChange, onErrand } = options;
  if (isActive(row.status)) {
    try {
      await moveScan(store, row.id, 'pause');
    } catch (error) {
      // Somebody else paused, stopped or ended it in the very moment: as it stands now, it may be stopped or not.
      const now = await requireScan(store, row.project_id, row.id);
      if (isActive(now.status)) throw error;
      return stop(options, now, by);
    }
    onChange(row.id);
  } else nextStatus(row.status, 'finish');
  onErrand?.({ kind: 'finish', scanId: row.id, by });
}

function rejudge({ onErrand }: ScanServiceOptions, row: ScanRow, by: string): void {
  if (row.status !== 'Finished')
    throw new RedoubtError('ILLEGAL_TRANSITION', { value: row.status, reason: 'judged anew', allowed: ['Finished'] });
  onErrand?.({ kind: 'rejudge', scanId: row.id, by });
}

const noted = (
  { store, clock }: ScanServiceOptions,
  { id, name, project_id }: ScanRow,
  action: 'scan.start' | 'scan.delete',
  actor: string,
): Promise<void> =>
  noteInAudit(store, { project_id, created_at: clock.now(), actor, action, subject: `${id} ${name}` });

async function remove(options: ScanServiceOptions, row: ScanRow, by: string): Promise<void> {
  if (isActive(row.status)) throw new RedoubtError('SCAN_BUSY');
  await deleteScan(options.store, row.id);
  await noted(options, row, 'scan.delete', by);
}

export function createScanService(options: ScanServiceOptions): ScanService {
  const { store, onChange } = options;
  const get: ScanService['get'] = (projectId, scanId, asked) => requireScan(store, projectId, scanId, asked);
  return {
    plan: (request) => planScan(options, request),
    start: (request, planned, once) => start(options, request, planned, once),
    startedBy: (projectId, once) => startedBy(options, projectId, once),
    unfinished: (projectId, planned) => findUnfinished(store, projectId, planned.requestHash),
    get,
    async pause(projectId, scanId, asked) {
      await moveScan(store, (await get(projectId, scanId, asked)).id, 'pause');
      onChange(scanId);
    },
    retry: async (projectId, scanId, asked, secrets) => retry(options, await get(projectId, scanId, asked), secrets),
    stop: async (projectId, scanId, by, asked) => stop(options, await get(projectId, scanId, asked), by),
    rejudge: async (projectId, scanId, by, asked) => rejudge(options, await get(projectId, scanId, asked), by),
    prepareSearch({ id, status }) {
      if (status === 'Finished') options.onErrand?.({ kind: 'index', scanId: id });
    },
    rename: async (projectId, scanId, name, asked) => renameScan(store, (await get(projectId, scanId, asked)).id, name),
    async progress(projectId, scanId, asked) {
      const [progress] = await progressOfRows(options, [await get(projectId, scanId, asked)]);
      return progress!;
    },
    list: async (projectId, since) => progressOfRows(options, await listScans(store, projectId, since)),
    async summary(projectId, scanId, what, asked) {
      const row = await get(projectId, scanId, asked);
      const summary = summaryOf(row, what);
      const marks = await marksSummaryOf(store, row);
      return marks === null ? summary : { ...summary, marks };
    },
    remove: async (projectId, scanId, by) => remove(options, await get(projectId, scanId), by),
  };
}
