// Words of a scan's requests, so that its tests can be found by them: FTS5 in SQLite, tsvector in PostgreSQL.
// SQLite keeps the words alone, not the text they came from: that stands in `tries`.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

export const testSearch = ({ text, integer, clustered: isSqlite }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('search_indexes')
      .addColumn('scan_id', text, (c) => c.primaryKey())
      .addColumn('project_id', text, (c) => c.notNull())
      .addColumn('first_row', integer, (c) => c.notNull().unique())
      .addColumn('last_row', integer, (c) => c.notNull())
      .addColumn('built_at', integer)
      .execute();
    if (isSqlite) {
      await sql`create virtual table test_words using
        fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2')`.execute(db);
      return;
    }
    await db.schema
      .createTable('test_words')
      .addColumn('row_no', integer, (c) => c.primaryKey())
      .addColumn('words', sql`tsvector`, (c) => c.notNull())
      .execute();
    await sql`create index test_words_by_word on test_words using gin (words)`.execute(db);
  },
});
