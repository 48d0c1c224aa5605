// Adds up rows that share a key, before they are added to the counters of the database.

/**
 * The first row of each key carries the sum of `n`, and of what `add` adds. In the order of the keys: workers that add to
 * the same counters then wait for one another, and never in a circle.
 */
export function tally<Row extends { n: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  add: (sum: Row, row: Row) => void = () => undefined,
): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    const sum = sums.get(key);
    if (!sum) {
      sums.set(key, { ...row });
      continue;
    }
    sum.n += row.n;
    add(sum, row);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
