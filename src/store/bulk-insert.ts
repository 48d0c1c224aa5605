// Inserts many rows of one table with few statements: the path of every result, so its SQL is made once per size.
import { CompiledQuery, type Kysely, type Transaction } from 'kysely';
import type { Database } from './schema.ts';

const ROWS_PER_STATEMENT = 50;

/** SQL for `rows` rows, e.g. insert into "tests" ("a", "b") values (?, ?), (?, ?) on conflict do nothing. */
type StatementBuilder = (rows: number) => string;

function statementBuilder(
  kind: 'sqlite' | 'postgres',
  table: string,
  columns: readonly string[],
  ending: string,
): StatementBuilder {
  const bySize = new Map<number, string>();
  const placeholder = kind === 'postgres' ? (n: number) => `$${n}` : () => '?';
  return (rows) => {
    const known = bySize.get(rows);
    if (known) return known;
    const tuples = Array.from({ length: rows }, (_, row) => {
      const places = columns.map((_, column) => placeholder(row * columns.length + column + 1));
      return `(${places.join(', ')})`;
    });
    const names = columns.map((name) => `"${name}"`).join(', ');
    const sql = `insert into "${table}" (${names}) values ${tuples.join(', ')} ${ending}`;
    bySize.set(rows, sql);
    return sql;
  };
}

/** Inserts rows given as objects; answers with what `returning` names for those rows that were new. */
export type BulkInsert<Row> = <Returned>(
  db: Kysely<Database> | Transaction<Database>,
  rows: readonly Row[],
) => Promise<Returned[]>;

/** `ending` follows the values, e.g. "on conflict do nothing returning test_no". Rows come in any number. */
export function bulkInsert<Row extends object>(
  kind: 'sqlite' | 'postgres',
  table: keyof Database,
  columns: readonly (keyof Row & string)[],
  ending: string,
): BulkInsert<Row> {
  const build = statementBuilder(kind, table, columns, ending);
  return async <Returned>(db: Kysely<Database> | Transaction<Database>, rows: readonly Row[]) => {
    const returned: Returned[] = [];
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
      const slice = rows.slice(start, start + ROWS_PER_STATEMENT);
      const parameters: unknown[] = [];
      for (const row of slice) for (const column of columns) parameters.push(row[column]);
      const result = await db.executeQuery(CompiledQuery.raw(build(slice.length), parameters));
      returned.push(...(result.rows as Returned[]));
    }
    return returned;
  };
}
