// PostgreSQL through `pg`; 64-bit integers come back as numbers, as they do from SQLite.
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type { Pool } from 'pg';
import type { Database } from './schema.ts';
import { storableValues } from './storable-text.ts';

const INT8 = 20;
const NUMERIC = 1700;
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;

function withStorableValues(pool: Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const query = (sql: string, values: readonly unknown[]) => client.query(sql, storableValues(values));
      // Without a cursor: pages are read by key, never as a stream.
      return { query, release: (destroy?: boolean) => client.release(destroy) } as unknown as PostgresPoolClient;
    },
  };
}

/** Opens a pool on a postgres:// URL. No connection is made before the first query. */
export async function openPostgres(url: string): Promise<Kysely<Database>> {
  const { default: pg } = await import('pg');
  const numbers = new Set([INT8, NUMERIC]);
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: {
      getTypeParser: ((oid: number, format: 'text' | 'binary') =>
        numbers.has(oid) ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A broken connection is replaced by the pool, and the query that used it fails; but without listeners, on the pool
  // for idle ones and on each for the time it is in use, the event would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: withStorableValues(pool) }) });
}
