// PostgreSQL goes away and comes back: what clients of a server, probes and a scan of the command line see of it.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  API_KEY,
  killAll,
  newFolder,
  notBuilt,
  redoubt,
  type Served,
  serve,
  suiteName,
  until,
  writeDataset,
} from './fakes/command-line.ts';
import { type CountingTarget, startCountingTarget } from './fakes/counting-target.ts';
import { type Door, openDoor } from './fakes/door.ts';
import { startPostgres } from './fakes/postgres.ts';

const postgres = await startPostgres();
const skipped = 'skipped' in postgres ? postgres.skipped : notBuilt;

/** Longer than a request of a server waits for the database. */
const OUTAGE_MS = 7_000;

afterAll(async () => {
  killAll();
  if (!('skipped' in postgres)) await postgres.stop();
});

describe.skipIf(skipped !== null)(suiteName('a database that is away', skipped), { timeout: 90_000 }, () => {
  let door: Door;
  let env: Record<string, string>;

  beforeAll(async () => {
    if ('skipped' in postgres) return;
    door = await openDoor(await postgres.newDatabase());
    env = { REDOUBT_DATABASE_URL: door.url, REDOUBT_SECRET_KEY: randomBytes(32).toString('base64') };
  });
  beforeEach(() => door.open());
  afterAll(() => door?.shut());

  describe('under a server', () => {
    let server: Served;
    beforeAll(async () => {
      server = await serve(newFolder('away'), [], { env });
      await until('it is ready', async () => (await fetch(`${server.url}/readyz`)).status === 200);
    });
    afterAll(() => void server.child.kill('SIGKILL'));

    const headers = { authorization: `Bearer ${API_KEY}`, 'x-api-key': API_KEY, 'content-type': 'application/json' };
    const get = (path: string): Promise<Response> => fetch(`${server.url}${path}`, { headers });
    const post = (path: string, body: object): Promise<Response> =>
      fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });

    it('is told to every client as something that passes, without its address; then all goes on', async () => {
      await door.shut();
      const asked: readonly [number, Promise<Response>][] = [
        [503, get('/api/redoubt/v1/scans')],
        [503, post('/v1/eval', { messages: [{ role: 'user', content: 'hello' }] })],
        [503, post('/api/v1/security', { projectId: 'p', model: 'm', prompt: 'p' })],
        [500, post('/v1/scan/progress', { scan_id: '0199' })],
        [503, get('/readyz')],
      ];
      for (const [status, answer] of asked) {
        const response = await answer;
        const text = await response.text();
        expect(response.status, `${response.url} ${text}`).toBe(status);
        expect(text).toMatch(/The database is away|the database does not answer/);
        expect(text).not.toContain(new URL(door.url).port);
      }
      const again = await get('/api/redoubt/v1/scans');
      expect(again.headers.get('retry-after')).toBe('1');
      expect(await again.json()).toMatchObject({ error: { code: 'DATABASE_AWAY' } });
      await door.open();
      await until('it is ready again', async () => (await get('/readyz')).status === 200);
      expect((await get('/api/redoubt/v1/scans')).status).toBe(200);
    });

    it('ends no probe later than after a few seconds where it hangs', async () => {
      door.hold();
      const begun = performance.now();
      expect((await get('/readyz')).status).toBe(503);
      expect(performance.now() - begun).toBeLessThan(15_000);
      await door.open();
      await until('it is ready again', async () => (await get('/readyz')).status === 200);
    });
  });

  describe('under a scan of the command line', () => {
    let target: CountingTarget;
    beforeEach(async () => {
      target = await startCountingTarget(200);
    });
    afterEach(() => target.close());

    it('is sat out: the scan goes on, leaves its files and ends with 0', async () => {
      const folder = newFolder('away');
      const scan = redoubt(
        [
          ...['scan', '--target', target.url, '--model', 'm', '--dataset', writeDataset(folder, 60)],
          ...['--attack', 'direct', '--concurrency', '4', '--out', folder, '--formats', 'jsonl'],
        ],
        { env },
      );
      await until('some tests are asked', () => target.arrivals.length >= 10);
      await door.shut();
      await sleep(OUTAGE_MS);
      await door.open();
      const { code, stderr } = await scan.ended;
      expect(code, stderr).toBe(0);
      expect(stderr).not.toContain('    at ');
      expect(readFileSync(join(folder, 'results.jsonl'), 'utf8').trim().split('\n')).toHaveLength(60);
      expect([...target.calls].filter(([, calls]) => calls > 1)).toEqual([]);
    });
  });
});
