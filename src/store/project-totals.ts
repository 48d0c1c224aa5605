// How much of a project is stored, from the running numbers of its scans.
import { sql } from 'kysely';
import type { Store } from './store.ts';

export interface ProjectTotals {
  readonly scans: number;
  readonly tests: number;
  readonly calls: number;
}

export async function projectTotals(store: Store, projectId: string): Promise<ProjectTotals> {
  const { rows } = await sql<ProjectTotals>`
    select (select count(*) from scans where project_id = ${projectId}) as scans,
      (select coalesce(sum(n), 0) from counters join scans on scans.id = counters.scan_id
        where project_id = ${projectId}) as tests,
      (select coalesce(sum(n), 0) from call_counters join scans on scans.id = call_counters.scan_id
        where project_id = ${projectId}) as calls`.execute(store.db);
  const { scans = 0, tests = 0, calls = 0 } = rows[0] ?? {};
  return { scans: Number(scans), tests: Number(tests), calls: Number(calls) };
}
