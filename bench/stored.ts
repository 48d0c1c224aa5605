// Reads what a data folder holds of its one scan, from a copy of the database: the folder itself stays untouched.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Stored {
  /** Of the one scan; null before there is one. */
  readonly status: string | null;
  readonly scanId: string | null;
  readonly scans: number;
  /** A hash of each try's whole row, messages and sealed answer included, by "test/try". */
  readonly tries: ReadonlyMap<string, string>;
  /** The same of each test's row, by its plan key. */
  readonly tests: ReadonlyMap<string, string>;
  /** Tests whose plan key another row has, too. */
  readonly storedTwice: number;
  /** Outcomes and calls for which the running numbers are not those of the rows. */
  readonly wrongCounters: readonly string[];
}

const nothing: Stored = {
  status: null,
  scanId: null,
  scans: 0,
  tries: new Map(),
  tests: new Map(),
  storedTwice: 0,
  wrongCounters: [],
};

type Row = Readonly<Record<string, unknown>>;

function hashOf(row: Row): string {
  const hash = createHash('sha256');
  for (const [name, value] of Object.entries(row)) {
    hash.update(`\u0000${name}=`);
    hash.update(value instanceof Uint8Array ? value : String(value));
  }
  return hash.digest('hex');
}

/** Compares the sums of rows with the running numbers; both queries give columns `name` and `n`. */
function differences(database: DatabaseSync, rows: string, counters: string): string[] {
  const sumsOf = (sql: string): Map<string, number> =>
    new Map(
      database
        .prepare(sql)
        .all()
        .map((row) => [String(row.name), Number(row.n)]),
    );
  const counted = sumsOf(counters);
  const summed = sumsOf(rows);
  return [...new Set([...counted.keys(), ...summed.keys()])]
    .filter((name) => (counted.get(name) ?? 0) !== (summed.get(name) ?? 0))
    .map((name) => `${name}: ${counted.get(name) ?? 0} counted, ${summed.get(name) ?? 0} stored`);
}

const groups = `role || '/' || dataset || '/' || attack || '/' || outcome`;

function read(database: DatabaseSync): Stored {
  const hasScans = database.prepare(`select 1 from sqlite_master where name = 'scans'`).get() !== undefined;
  if (!hasScans) return nothing;
  const scans = database.prepare('select id, status from scans').all();
  const tries = database.prepare('select * from tries').all();
  const tests = database.prepare('select * from tests').all();
  const byPlanKey = new Map(tests.map((row) => [String(row.plan_key), hashOf(row)]));
  return {
    status: scans[0] === undefined ? null : String(scans[0].status),
    scanId: scans[0] === undefined ? null : String(scans[0].id),
    scans: scans.length,
    tries: new Map(tries.map((row) => [`${row.test_no}/${row.try_no}`, hashOf(row)])),
    tests: byPlanKey,
    storedTwice: tests.length - byPlanKey.size,
    wrongCounters: [
      ...differences(
        database,
        `select ${groups} as name, count(*) as n from tests group by name`,
        `select ${groups} as name, sum(n) as n from counters group by name`,
      ),
      ...differences(
        database,
        `select 'calls' as name, coalesce(sum(calls), 0) as n from tests`,
        `select 'calls' as name, coalesce(sum(n), 0) as n from call_counters`,
      ),
    ],
  };
}

/** Only while no process writes there. A folder without a database holds nothing. */
export function readStored(dataFolder: string): Stored {
  const original = join(dataFolder, 'redoubt.db');
  if (!existsSync(original)) return nothing;
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-copy-'));
  try {
    for (const ending of ['', '-wal'])
      if (existsSync(original + ending)) copyFileSync(original + ending, join(folder, `redoubt.db${ending}`));
    const database = new DatabaseSync(join(folder, 'redoubt.db'));
    try {
      return read(database);
    } finally {
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Keys of `before` that `after` lacks or holds with other bytes. */
export const lostOf = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...before].filter(([key, hash]) => after.get(key) !== hash).map(([key]) => key);
