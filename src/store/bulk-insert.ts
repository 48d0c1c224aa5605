// Inserts many rows of one table with few statements: the path of every result, so its SQL is made once per size.
import { CompiledQuery, type QueryResult } from 'kysely';
import type { Database } from './schema.ts';

const MOST_ROWS = 32;

/** The largest power of two that is not larger: groups come in any size, and each size would be a statement to keep. */
const rowsAtOnce = (left: number): number => Math.min(MOST_ROWS, 2 ** Math.floor(Math.log2(left)));

/** Runs a statement: the database, or what is in a transaction on it. */
export interface Runner {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<QueryResult<Row>>;
}

/** Runs the work in one transaction. What it runs goes to the driver as it is: Kysely's layers would cost as much again. */
export type InTransaction = <Value>(work: (run: Runner) => Promise<Value>) => Promise<Value>;

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
export type BulkInsert<Row> = <Returned>(run: Runner, rows: readonly Row[]) => Promise<Returned[]>;

/** `ending` follows the values, e.g. "on conflict do nothing returning test_no". Rows come in any number. */
export function bulkInsert<Row extends object>(
  kind: 'sqlite' | 'postgres',
  table: keyof Database,
  columns: readonly (keyof Row & string)[],
  ending: string,
): BulkInsert<Row> {
  const build = statementBuilder(kind, table, columns, ending);
  return async <Returned>(run: Runner, rows: readonly Row[]) => {
    const returned: Returned[] = [];
    for (let start = 0; start < rows.length; ) {
      const end = start + rowsAtOnce(rows.length - start);
      const parameters: unknown[] = [];
      for (const row of rows.slice(start, end)) for (const column of columns) parameters.push(row[column]);
      const query: CompiledQuery<Returned> = CompiledQuery.raw(build(end - start), parameters);
      start = end;
      returned.push(...(await run.executeQuery(query)).rows);
    }
    return returned;
  };
}
