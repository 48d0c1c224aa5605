// Adds to rows that count something: what shares a key is added up here first, then to what the database holds.
import { bulkInsert, type Runner } from './bulk-insert.ts';
import type { Database } from './schema.ts';
import type { StoreKind } from './store.ts';

type Counter<Key extends string, Sum extends string> = Readonly<Record<Key, string>> & Readonly<Record<Sum, number>>;

/**
 * One row for each key, with the sums over its rows. In the order of the keys: workers that add to the same counters then
 * wait for one another, and never in a circle.
 */
export function addedUp<Key extends string, Sum extends string, Row extends Counter<Key, Sum>>(
  rows: readonly Row[],
  keys: readonly Key[],
  sums: readonly Sum[],
): Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const key = keys.map((name) => row[name]).join('\0');
    const sum: Record<Sum, number> | undefined = byKey.get(key);
    if (sum === undefined) byKey.set(key, { ...row });
    else for (const name of sums) sum[name] += row[name];
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

/** Writes to one table of counters; its SQL is made once a store. */
export function counterWriter<Key extends string, Sum extends string>(
  kind: StoreKind,
  table: keyof Database,
  keys: readonly Key[],
  sums: readonly Sum[],
): (run: Runner, rows: readonly Counter<Key, Sum>[]) => Promise<void> {
  const conflict = keys.map((name) => `"${name}"`).join(', ');
  const added = sums.map((name) => `"${name}" = "${table}"."${name}" + excluded."${name}"`).join(', ');
  const ending = `on conflict (${conflict}) do update set ${added}`;
  const add = bulkInsert<Counter<Key, Sum>>(kind, table, [...keys, ...sums], ending);
  return async (run, rows) => void (await add(run, addedUp(rows, keys, sums)));
}
