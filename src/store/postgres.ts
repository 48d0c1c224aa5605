// PostgreSQL through `pg`; 64-bit integers come back as numbers, as they do from SQLite. A server that restarts is
// waited for: who needs a connection gets one once it is back.
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { awayInWords, isPassing } from './failure.ts';
import type { Database } from './schema.ts';
import { storableValues } from './storable-text.ts';

const INT8 = 20;
const NUMERIC = 1700;
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;
const CONNECT_AGAIN_MS = 250;
/** A query that waits for a machine which went without a word fails soon after: the system's own start is two hours. */
const KEEP_ALIVE_MS = 10_000;

/** Runs SQL as it is, outside of any transaction of ours. */
export type RunSql = (text: string, values?: readonly unknown[]) => Promise<{ rows: unknown[] }>;

export interface OpenPostgres {
  readonly db: Kysely<Database>;
  readonly runSql: RunSql;
}

/**
 * A connection, for which an outage is sat out: nothing has been said on it yet, so that it may be asked for again. The
 * first one is not waited for: then the address is as likely to be wrong.
 */
function patientConnect(pool: Pool, patienceMs: number): () => Promise<PoolClient> {
  let isKnown = false;
  return async () => {
    const until = performance.now() + patienceMs;
    for (;;) {
      try {
        const client = await pool.connect();
        isKnown = true;
        return client;
      } catch (error) {
        if (!isKnown || !isPassing(error) || performance.now() >= until) throw error;
      }
      await sleep(CONNECT_AGAIN_MS);
    }
  };
}

const rethrow = (error: unknown): never => {
  throw awayInWords(error);
};

function withStorableValues(pool: Pool, connect: () => Promise<PoolClient>): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await connect().catch(rethrow);
      const query = (sql: string, values: readonly unknown[]) =>
        client.query(sql, storableValues(values)).catch(rethrow);
      // Without a cursor: pages are read by key, never as a stream.
      return { query, release: (destroy?: boolean) => client.release(destroy) } as unknown as PostgresPoolClient;
    },
  };
}

function sqlRunner(connect: () => Promise<PoolClient>): RunSql {
  return async (text, values = []) => {
    const client = await connect();
    try {
      const result = await client.query(text, storableValues(values));
      client.release();
      return result;
    } catch (error) {
      // What failed may have begun a transaction of its own: nobody else may be given a connection that is in one.
      client.release(true);
      throw error;
    }
  };
}

/**
 * Opens a pool on a postgres:// URL. No connection is made before the first query. `patienceMs`: how long an outage is
 * sat out once there was a connection.
 */
export async function openPostgres(url: string, patienceMs: number): Promise<OpenPostgres> {
  const { default: pg } = await import('pg');
  const numbers = new Set([INT8, NUMERIC]);
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types: {
      getTypeParser: ((oid: number, format: 'text' | 'binary') =>
        numbers.has(oid) ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A broken connection is replaced by the pool, and the query that used it fails; but without listeners, on the pool
  // for idle ones and on each for the time it is in use, the event would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const connect = patientConnect(pool, patienceMs);
  const dialect = new PostgresDialect({ pool: withStorableValues(pool, connect) });
  return { db: new Kysely<Database>({ dialect }), runSql: sqlRunner(connect) };
}
