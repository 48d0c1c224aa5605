// A worker as Kubernetes, Prometheus and a reader of its log see it.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Command, killAll, newFolder, notBuilt, redoubt, suiteName, until } from './fakes/command-line.ts';
import { type CountingTarget, startCountingTarget } from './fakes/counting-target.ts';
import { startPostgres } from './fakes/postgres.ts';
import { openWorkplace, type Workplace } from './fakes/scan-here.ts';

const postgres = await startPostgres();
const skipped = 'skipped' in postgres ? postgres.skipped : notBuilt;

afterAll(async () => {
  killAll();
  if (!('skipped' in postgres)) await postgres.stop();
});

describe.skipIf(skipped !== null)(suiteName('a worker seen from outside', skipped), { timeout: 60_000 }, () => {
  let place: Workplace;
  let target: CountingTarget;
  let worker: Command;
  let origin: string;

  beforeAll(async () => {
    if ('skipped' in postgres) return;
    const database = await postgres.newDatabase();
    const secret = randomBytes(32).toString('base64');
    place = await openWorkplace(undefined, { database_url: database, secret_key: secret });
    target = await startCountingTarget(5);
    const env = { REDOUBT_DATABASE_URL: database, REDOUBT_SECRET_KEY: secret };
    worker = redoubt(['worker', '--port', '0', '--data', newFolder('worker')], { env });
    origin = await until('it shows itself', () => /metrics at (\S+)/.exec(worker.output())?.[1]);
  }, 60_000);
  afterAll(async () => {
    await target?.close();
    await place?.close().catch(() => undefined);
  });

  const statusOf = async (path: string): Promise<number> => (await fetch(`${origin}${path}`)).status;
  const metrics = async (): Promise<string> => (await fetch(`${origin}/metrics`)).text();

  it('lives and is ready', async () => {
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(await statusOf('/healthz')).toBe(200);
    await until('it is ready', async () => (await statusOf('/readyz')) === 200);
  });

  it('counts its calls, chunks and verdicts, and has a line of its log for each chunk, with no secret in it', async () => {
    const scan = await place.start(target.url, 250);
    expect(await place.end(scan.id, 40_000)).toMatchObject({ status: 'Finished', done: 250 });
    const text = await metrics();
    expect(text).toContain('redoubt_worker_calls_total{role="target",result="ok",status=""} 250');
    expect(text).toMatch(/redoubt_worker_chunks_total\{outcome="done"\} [1-9]/);
    expect(text).toContain('redoubt_worker_calls_under_way 0');
    expect(text).toContain('redoubt_worker_call_seconds_count 250');
    const lines = worker
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const chunks = logged.filter(({ msg }) => msg === 'chunk done');
    expect(chunks.reduce((sum, { tests }) => sum + Number(tests), 0)).toBe(250);
    expect(chunks[0]).toMatchObject({
      level: 'info',
      scan: scan.id,
      project: 'default',
      chunk: expect.stringMatching(/^\d+-\d+$/),
      ms: expect.any(Number),
    });
    expect(logged.map(({ msg }) => msg)).toContain('scan finished');
    for (const secret of ['plus one', 'It is one more', '"key"', target.url])
      expect(worker.output()).not.toContain(secret);
  });

  it('says that it is not ready while the database is away, and lives on', async () => {
    if ('skipped' in postgres) return;
    await postgres.stop();
    await until('it is not ready', async () => (await statusOf('/readyz')) === 503, 20_000);
    expect(await statusOf('/healthz')).toBe(200);
  });
});
