// EvalGuard's synchronous scan: looks the names of a request up, starts the scan once, waits for its end.
import type { Caller } from '../../access/keys.ts';
import { RedoubtError, rateLimited } from '../../core/errors.ts';
import { isActive } from '../../core/scan-status.ts';
import { MOST_SCANS_AT_ONCE } from '../../jobs/in-process.ts';
import { kindOf } from '../../scan/plan-rounds.ts';
import type { KindChoice } from '../../scan/request.ts';
import { roundsFigures } from '../../scan/rounds.ts';
import type { Once } from '../../scan/service.ts';
import { specOf } from '../../scan/spec.ts';
import { testEnds } from '../../store/aggregates.ts';
import { projectById } from '../../store/projects.ts';
import { countActive, requireScan } from '../../store/scans.ts';
import type { ScanRow } from '../../store/schema.ts';
import type { DialectServices } from '../dialect.ts';
import { FieldProblems } from './problem.ts';
import type { ScanBody } from './schema.ts';
import { type Deadline, type FoundNames, type ScanState, scanRequest } from './translate.ts';

/** Beyond its deadline a scan needs this long at most: what is under way is broken off, the rest is counted. */
const GRACE_MS = 4_000;
const LOOK_EVERY_MS = 50;
/** Until one of the scans that run will have ended. */
const BUSY_WAIT_MS = 5_000;

/**
 * What is no project's id means the project of the key, also the document's zeros. Throws NOT_FOUND for another
 * project's.
 */
export async function requireOwnProject(
  { store }: Pick<DialectServices, 'store'>,
  caller: Caller,
  projectId: string | null | undefined,
): Promise<void> {
  if (!projectId || projectId === caller.projectId) return;
  if (await projectById(store, projectId)) throw new RedoubtError('NOT_FOUND', { field: 'Project', value: projectId });
}

/** All attack types, or what is wrong with them: the first unknown name is answered with what there is. */
async function findKinds(
  services: DialectServices,
  caller: Caller,
  names: readonly string[],
): Promise<{ readonly kinds: KindChoice[]; readonly problems: string[] }> {
  const kinds: KindChoice[] = [];
  const problems: string[] = [];
  for (const [index, name] of names.entries()) {
    const field = `attackTypes[${index}]`;
    try {
      kinds.push(await kindOf(services, caller.projectId, name, field));
    } catch (error) {
      if (!(error instanceof RedoubtError) || error.code !== 'UNKNOWN_VALUE') throw error;
      problems.push(problems.length === 0 ? error.message : `${field}: "${name}" is not known.`);
    }
  }
  return { kinds, problems };
}

/** Throws FieldProblems, with those of the body's schema before its own. */
export async function findNames(
  services: DialectServices,
  caller: Caller,
  { model: name, attackTypes }: Pick<ScanBody, 'model' | 'attackTypes'>,
  earlier: readonly string[],
): Promise<FoundNames> {
  const model = services.models.find(name);
  const { kinds, problems } = await findKinds(services, caller, attackTypes);
  const isRead = !earlier.some((problem) => problem.startsWith('model:'));
  if (model === null && isRead)
    problems.unshift(
      `model: no model "${name}" is set up. Name it under models: in redoubt.yaml, or set OPENAI_BASE_URL and OPENAI_API_KEY.`,
    );
  if (model === null || earlier.length + problems.length > 0) throw new FieldProblems([...earlier, ...problems]);
  return { model, kinds };
}

/** Starts the scan, or finds the one that the key started. Throws RATE_LIMITED while as many run as can. */
export async function startOnce(
  services: DialectServices,
  caller: Caller,
  body: ScanBody,
  found: FoundNames,
  { once, ...time }: Deadline & { readonly once: Once | undefined },
): Promise<ScanRow> {
  const { scans, store } = services;
  if ((await countActive(store, 'rounds')) >= MOST_SCANS_AT_ONCE)
    throw rateLimited(`for scans that are waited for: ${MOST_SCANS_AT_ONCE} run already`, BUSY_WAIT_MS);
  return scans.start(scanRequest(body, found, caller, time), undefined, once);
}

/** Waits until the scan has ended. Throws SCAN_GOES_ON where it has not in time, or the server is being stopped. */
export async function untilEnded(services: DialectServices, row: ScanRow, closing: AbortSignal): Promise<ScanRow> {
  const { store, clock } = services;
  const { endsAt = 0 } = specOf(row).rounds ?? {};
  const patience = clock.monotonic() + Math.max(0, endsAt + GRACE_MS - clock.now());
  for (;;) {
    const now = await requireScan(store, row.project_id, row.id);
    if (!isActive(now.status)) return now;
    if (closing.aborted || clock.monotonic() > patience) throw new RedoubtError('SCAN_GOES_ON', { value: row.id });
    await clock.sleep(LOOK_EVERY_MS, closing);
  }
}

/** Scans with what is counted of them. */
export async function statesOf(
  { store }: Pick<DialectServices, 'store'>,
  rows: readonly ScanRow[],
): Promise<ScanState[]> {
  const ends = await testEnds(
    store,
    rows.map(({ id }) => id),
  );
  const byScan = Map.groupBy(ends, (end) => end.scan_id);
  return rows.map((row) => {
    const spec = specOf(row);
    const stored = byScan.get(row.id) ?? [];
    const figures = roundsFigures(spec.rounds ?? { kinds: [] }, stored);
    return { row, spec, figures, tests: stored.filter(({ test_no }) => test_no < figures.countedBelow) };
  });
}

/** A scan of this face; others are answered like none. Throws SCAN_NOT_FOUND. */
export async function requireState(services: DialectServices, caller: Caller, id: string): Promise<ScanState> {
  const row = await requireScan(services.store, caller.projectId, id);
  if (row.kind !== 'rounds') throw new RedoubtError('SCAN_NOT_FOUND', { value: id });
  const [state] = await statesOf(services, [row]);
  return state!;
}
