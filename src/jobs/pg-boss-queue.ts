// The queue over pg-boss on the store's PostgreSQL: one queue a scan, so that a worker chooses whose chunk is next.
import type { Chunk, Queue, QueueDepth, TakenChunk } from '../core/ports.ts';
import { unopenedInWords } from '../store/failure.ts';
import type { RunSql } from '../store/postgres.ts';

/** pg-boss takes no less; with the look every second a dead worker is noticed within 12 s. */
const SILENT_SECONDS = 10;
const LOOK_SECONDS = 1;
/** A chunk that ends its worker every time must not do so for ever. */
const MOST_ATTEMPTS = 100;
/** The longest that pg-boss knows: a chunk of long searches may take hours, and its heartbeats tell that it lives. */
const DAY_SECONDS = 24 * 60 * 60;
const KEEP_DONE_SECONDS = 60;
const SCHEMA = 'pgboss';
/** A queue that is not there has nothing in it. */
const MISSING_QUEUE = /^Queue .* does not exist$/;

const PREFIX = 'scan-';
const queueOf = (scanId: string): string => `${PREFIX}${scanId}`;

export interface PgBossQueueOptions {
  readonly runSql: RunSql;
  readonly onError: (error: unknown) => void;
}

async function whereThere<Value>(work: Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && MISSING_QUEUE.test(error.message)) return otherwise;
    throw error;
  }
}

async function startBoss({ runSql, onError }: PgBossQueueOptions) {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => runSql(text, values ?? []) as Promise<{ rows: unknown[] }> },
    schema: SCHEMA,
    schedule: false,
    superviseIntervalSeconds: LOOK_SECONDS,
    monitorIntervalSeconds: LOOK_SECONDS,
    maintenanceIntervalSeconds: KEEP_DONE_SECONDS,
  });
  boss.on('error', onError);
  try {
    await boss.start();
  } catch (cause) {
    throw unopenedInWords(cause);
  }
  return boss;
}

async function depthOf(runSql: RunSql, scanId: string): Promise<QueueDepth> {
  const { rows } = await runSql(
    `select count(*) filter (where state < 'active') as waiting, count(*) filter (where state = 'active') as taken,
       max(output::text) filter (where state = 'failed') as failed from ${SCHEMA}.job where name = $1`,
    [queueOf(scanId)],
  );
  const [row] = rows as [{ waiting: number; taken: number; failed: string | null }];
  return row;
}

/**
 * Opens the queue, whose tables pg-boss makes by itself in the schema `pgboss`. Throws DATABASE_UNREACHABLE, DATABASE_UNUSABLE.
 * Every worker looks for what dead ones held; they agree on whose turn it is.
 */
export async function openPgBossQueue(options: PgBossQueueOptions): Promise<Queue> {
  const { runSql } = options;
  const boss = await startBoss(options);
  return {
    async put(scanId, chunks) {
      const queue = queueOf(scanId);
      await boss.createQueue(queue, {
        policy: 'exclusive',
        retryLimit: MOST_ATTEMPTS,
        expireInSeconds: DAY_SECONDS,
        heartbeatSeconds: SILENT_SECONDS,
        deleteAfterSeconds: KEEP_DONE_SECONDS,
      });
      const jobs = chunks.map((chunk) => ({ data: chunk, singletonKey: `${chunk.resumes}:${chunk.from}` }));
      await boss.insert(queue, jobs);
    },
    async take(scanId, most) {
      const fetching = boss.fetch<Chunk>(queueOf(scanId), { batchSize: most, includeMetadata: true });
      const jobs = await whereThere(fetching, []);
      return jobs.map((job): TakenChunk => ({ id: job.id, hold: job.retryCount, chunk: job.data }));
    },
    async hold(scanId, taken) {
      const { rows } = await runSql(
        `update ${SCHEMA}.job set heartbeat_on = now()
           from unnest($2::uuid[], $3::int[]) as held(id, hold)
          where job.name = $1 and job.id = held.id and job.retry_count = held.hold and job.state = 'active'
          returning job.id`,
        [queueOf(scanId), taken.map(({ id }) => id), taken.map(({ hold }) => hold)],
      );
      return new Set((rows as { id: string }[]).map(({ id }) => id));
    },
    async done(scanId, { id }) {
      await whereThere(
        boss.complete(queueOf(scanId), id).then(() => undefined),
        undefined,
      );
    },
    async giveBack(scanId, { id }, reason) {
      await whereThere(
        boss.fail(queueOf(scanId), id, { reason }).then(() => undefined),
        undefined,
      );
    },
    depth: (scanId) => depthOf(runSql, scanId),
    async scans() {
      const { rows } = await runSql(`select name from ${SCHEMA}.queue where starts_with(name, $1)`, [PREFIX]);
      return (rows as { name: string }[]).map(({ name }) => name.slice(PREFIX.length));
    },
    async clear(scanId) {
      const queue = queueOf(scanId);
      try {
        await boss.deleteQueue(queue);
      } catch (error) {
        // pg-boss remembers queues; of one that somebody else took away meanwhile it makes a statement that fails.
        const { rows } = await runSql(`select name from ${SCHEMA}.queue where name = $1`, [queue]);
        if (rows.length > 0) throw error;
      }
    },
    close: () => boss.stop({ graceful: false }),
  };
}
