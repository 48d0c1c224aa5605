// The sums of a scan that ran with the guard, counted by the database once it has ended.
import { sql } from 'kysely';
import type { TestRow } from './schema.ts';
import type { Store } from './store.ts';

export type GuardGroup = Pick<TestRow, 'role' | 'expect' | 'outcome' | 'stopped_by' | 'bare_outcome'> & {
  readonly n: number;
};

export async function guardGroups(store: Store, scanId: string): Promise<GuardGroup[]> {
  const columns = ['role', 'expect', 'outcome', 'stopped_by', 'bare_outcome'] as const;
  const rows = await store.db
    .selectFrom('tests')
    .select(columns)
    .select(sql<number>`count(*)`.as('n'))
    .where('scan_id', '=', scanId)
    .groupBy(columns)
    .execute();
  return rows.map((row) => ({ ...row, n: Number(row.n) }));
}
