// What scans cost: tokens counted with the calls, and what ended a scan before its last test.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

export const spending = ({ text, integer }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema.alterTable('scans').addColumn('ended_by', text).execute();
    for (const table of ['call_counters', 'helper_calls'])
      await db.schema
        .alterTable(table)
        .addColumn('estimated', integer, (c) => c.notNull().defaultTo(0))
        .execute();
    for (const column of ['tokens_in', 'tokens_out']) {
      await db.schema
        .alterTable('call_counters')
        .addColumn(column, integer, (c) => c.notNull().defaultTo(0))
        .execute();
      await sql`update call_counters set ${sql.ref(column)} = coalesce(
        (select sum(${sql.ref(column)}) from tries where tries.scan_id = call_counters.scan_id), 0)
        where result = 'ok'`.execute(db);
    }
  },
});
