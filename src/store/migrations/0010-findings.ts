// Findings that live longer than the scan which found them, what people decided on them, and which scans were read.
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

export const findings = ({ text, integer }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('findings')
      .addColumn('project_id', text, (c) => c.notNull())
      .addColumn('fingerprint', text, (c) => c.notNull())
      .addColumn('dataset', text, (c) => c.notNull())
      .addColumn('case_id', text, (c) => c.notNull())
      .addColumn('subcategory', text, (c) => c.notNull())
      .addColumn('attack_family', text, (c) => c.notNull())
      .addColumn('behaviour', text, (c) => c.notNull())
      .addColumn('severity', text, (c) => c.notNull())
      .addColumn('target_key', text, (c) => c.notNull())
      .addColumn('first_scan', text, (c) => c.notNull())
      .addColumn('first_at', integer, (c) => c.notNull())
      .addColumn('last_scan', text, (c) => c.notNull())
      .addColumn('last_at', integer, (c) => c.notNull())
      .addColumn('fixed_scan', text)
      .addColumn('fixed_at', integer)
      .addColumn('times_back', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('findings_key', ['project_id', 'fingerprint'])
      .execute();
    await db.schema
      .createTable('finding_decisions')
      .addColumn('project_id', text, (c) => c.notNull())
      .addColumn('fingerprint', text, (c) => c.notNull())
      .addColumn('kind', text, (c) => c.notNull())
      .addColumn('reason', text, (c) => c.notNull())
      .addColumn('decided_by', text, (c) => c.notNull())
      .addColumn('decided_at', integer, (c) => c.notNull())
      .addColumn('until', integer)
      .addPrimaryKeyConstraint('finding_decisions_key', ['project_id', 'fingerprint'])
      .execute();
    await db.schema
      .createTable('finding_scans')
      .addColumn('project_id', text, (c) => c.notNull())
      .addColumn('scan_id', text, (c) => c.notNull())
      .addColumn('read_at', integer, (c) => c.notNull())
      .addPrimaryKeyConstraint('finding_scans_key', ['project_id', 'scan_id'])
      .execute();
  },
});
