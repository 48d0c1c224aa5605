// Two servers on one PostgreSQL behind a load balancer: whatever is begun at one goes on at the other.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, apiOf } from './fakes/api-client.ts';
import { type Balancer, startBalancer } from './fakes/balancer.ts';
import { callApi, cookieOf, openLink, ownPage } from './fakes/browser.ts';
import { API_KEY, killAll, newFolder, notBuilt, type Served, serve, suiteName, until } from './fakes/command-line.ts';
import { type CountingTarget, startCountingTarget } from './fakes/counting-target.ts';
import { startPostgres, type TestPostgres } from './fakes/postgres.ts';
import { unzip } from './fakes/unzip.ts';

const postgres = await startPostgres();
const skipped = 'skipped' in postgres ? postgres.skipped : notBuilt;

/** What one server changed holds at the others after a second, and what a busy machine adds. */
const KNOWN_WITHIN_MS = 5_000;
const CASES = 400;

const envOf = async ({ newDatabase }: TestPostgres) => ({
  REDOUBT_DATABASE_URL: await newDatabase(),
  REDOUBT_SECRET_KEY: randomBytes(32).toString('base64'),
});

afterAll(async () => {
  killAll();
  if (!('skipped' in postgres)) await postgres.stop();
});

describe.skipIf(skipped !== null)(suiteName('two servers on one database', skipped), { timeout: 60_000 }, () => {
  let servers: readonly [Served, Served];
  let balancer: Balancer;
  let target: CountingTarget;
  let one: ApiClient;
  let other: ApiClient;
  let either: ApiClient;

  beforeAll(async () => {
    if ('skipped' in postgres) return;
    const env = await envOf(postgres);
    const start = (): Promise<Served> => serve(newFolder('server'), [], { env });
    // At once, on an empty database: one of them makes the tables.
    servers = await Promise.all([start(), start()]);
    balancer = await startBalancer(servers.map(({ url }) => url));
    target = await startCountingTarget(50);
    [one, other, either] = [...servers, balancer].map(({ url }) => apiOf(url, API_KEY)) as [
      ApiClient,
      ApiClient,
      ApiClient,
    ];
    for (const { url } of servers)
      await until('it is ready', async () => (await fetch(`${url}/readyz`)).status === 200);
  }, 60_000);
  afterAll(async () => {
    await balancer?.close();
    await target?.close();
    for (const server of servers ?? []) server.child.kill('SIGTERM');
    const ends = await Promise.all((servers ?? []).map(({ ended }) => ended));
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  });

  /** Resolves with how many ms it took until `look` was so at the other server. */
  const knownAfter = async (look: () => Promise<boolean>): Promise<number> => {
    const begun = performance.now();
    await until('the other server knows', look, 10_000);
    return performance.now() - begun;
  };
  const start = async (name: string, changes: object = {}): Promise<string> => {
    const { body, status } = await one.post('/scans', {
      name,
      target: { kind: 'openai', base_url: target.url, model: 'm', concurrency: 8 },
      datasets: ['Over Cautiousness'],
      attacks: ['direct', 'base64', 'rot13'],
      benign: 0,
      limit: CASES,
      ...changes,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.scan_id as string;
  };
  const statusOf = async (api: ApiClient, id: string): Promise<unknown> => (await api.get(`/scans/${id}`)).body.status;

  it('sign somebody in for both, and out of both', async () => {
    const link = await until('a link', () =>
      servers.map((each) => /Sign in as admin .*: (\S+)/.exec(each.output())?.[1]).find(Boolean),
    );
    const opened = await openLink(balancer, link);
    expect(opened.status).toBe(201);
    const cookie = cookieOf(opened);
    const who = (): Promise<number[]> =>
      Promise.all(
        servers.map(async (each) => (await callApi(each, 'GET', '/session', { headers: { cookie } })).status),
      );
    expect(await who()).toEqual([200, 200]);
    expect((await callApi(servers[1], 'DELETE', '/session', { headers: { cookie, ...ownPage } })).status).toBe(204);
    expect(await who()).toEqual([401, 401]);
    expect((await openLink(balancer, link)).status, 'a link works once, wherever').toBe(401);
  });

  it('know a new key at once, and a revoked one no longer after a second', async () => {
    const made = await one.post('/keys', { name: 'both' });
    const mine = apiOf(servers[1].url, made.body.key as string);
    expect((await mine.get('/scans')).status).toBe(200);
    expect((await one.delete(`/keys/${made.body.id}`)).status).toBe(204);
    expect(await knownAfter(async () => (await mine.get('/scans')).status === 401)).toBeLessThan(KNOWN_WITHIN_MS);
  });

  it('share the limit of a key', async () => {
    const made = await one.post('/keys', { name: 'slow', rate_limit: 6 });
    const slow = apiOf(balancer.url, made.body.key as string);
    const statuses: number[] = [];
    for (let asked = 0; asked < 10; asked++) statuses.push((await slow.get('/scans')).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(6);
    expect(statuses.slice(6)).toEqual([429, 429, 429, 429]);
  });

  it('run a scan that one starts, the other pauses, and either shows, resumes and gives out', async () => {
    const id = await start('from one to the other');
    const planned = (await other.get(`/scans/${id}`)).body.planned as number;
    const headers = { authorization: `Bearer ${API_KEY}` };
    const stream = await fetch(`${servers[1].url}/api/redoubt/v1/scans/${id}/events`, { headers });
    const told = stream.text();
    await until('a fifth is asked', () => target.arrivals.length > planned / 5);
    const pausedAt = performance.now();
    expect((await other.post(`/scans/${id}/pause`)).status).toBe(200);
    await until('nothing is asked any more', () => performance.now() - target.arrivals.at(-1)! > 1_500);
    expect(target.arrivals.at(-1)! - pausedAt).toBeLessThan(2_000);
    expect(await statusOf(one, id)).toBe('Paused');
    expect((await either.post(`/scans/${id}/resume`)).status).toBe(200);
    await until('the scan ends', async () => (await statusOf(either, id)) === 'Finished', 40_000);
    expect(target.arrivals).toHaveLength(planned);
    expect(await told).toContain('event: end');
    const summaries = await Promise.all([one, other].map(async (api) => (await api.get(`/scans/${id}/summary`)).body));
    expect(summaries[0]).toEqual(summaries[1]);
    const files = await Promise.all(
      servers.map(async ({ url }) => {
        const asked = await fetch(`${url}/api/redoubt/v1/scans/${id}/exports/zip`, { headers });
        expect(asked.status).toBe(200);
        return unzip(Buffer.from(await asked.arrayBuffer()));
      }),
    );
    for (const name of ['results.jsonl', 'summary.json', 'report.pdf'])
      expect(files.map((each) => each.get(name)?.length)).toEqual([expect.any(Number), expect.any(Number)]);
    expect(files[0]!.get('results.jsonl')).toEqual(files[1]!.get('results.jsonl'));
  });

  it('judge anew at one and delete at the other what was started there', async () => {
    const id = await start('small', { attacks: ['direct'], limit: 5 });
    await until('the scan ends', async () => (await statusOf(other, id)) === 'Finished', 40_000);
    expect((await other.post(`/scans/${id}/rejudge`)).status).toBe(200);
    await until('it is judged anew', async () => {
      const { manifest } = (await one.get(`/scans/${id}/summary`)).body as { manifest: { rejudged?: unknown[] } };
      return manifest.rejudged?.length === 1;
    });
    await until('it may be deleted', async () => (await one.delete(`/scans/${id}`)).status === 204);
    expect((await other.get(`/scans/${id}`)).status).toBe(404);
  });

  it('guard by a policy that was stored at one, at the other after a second', async () => {
    const draft = { id: 'doors', rules: [{ detector: 'contains', reference: 'red door', action: 'block' }] };
    const messages = [{ role: 'user', content: 'a red door' }];
    const isDenied = async (api: ApiClient): Promise<boolean> =>
      (await api.post('/guard/check', { messages, policies: ['doors'] })).body.denied === true;
    // Asked before, so that what it remembers must be renewed.
    expect((await other.post('/guard/check', { messages })).status).toBe(200);
    expect((await one.put('/policies/doors', draft)).status).toBe(200);
    expect(await isDenied(one)).toBe(true);
    expect(await knownAfter(() => isDenied(other))).toBeLessThan(KNOWN_WITHIN_MS);
    expect(
      (
        await other.put('/policies/doors', {
          ...draft,
          rules: [{ ...draft.rules[0], reference: 'blue door' }],
        })
      ).status,
    ).toBe(200);
    expect(await knownAfter(async () => !(await isDenied(one)))).toBeLessThan(KNOWN_WITHIN_MS);
  });

  it('put their decisions into one log, and what was redacted at one is revealed at the other, once', async () => {
    const ask = async (url: string, path: string, body: object): Promise<string> => {
      const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };
      return (await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).text();
    };
    const session = 's-1';
    const messages = [{ role: 'user', content: 'write to ada@example.org' }];
    const question = { session, messages, enabled_policies: ['personal-data'] };
    const answers = await Promise.all(servers.map(({ url }) => ask(url, '/v1/eval', question)));
    const tokens = answers.map((answer) => /\[CONTACT_[0-9A-F]+\]/.exec(answer)?.[0]);
    expect(tokens[0]).toBeDefined();
    expect(tokens[1], 'a session has one token a value, wherever it is asked').toBe(tokens[0]);
    const reveals = { session, tokens: [tokens[0]] };
    expect(await ask(servers[1].url, '/v1/detokenize', reveals)).toContain('ada@example.org');
    expect(await ask(servers[0].url, '/v1/detokenize', reveals)).not.toContain('ada@example.org');
    await until('both are in the log', async () => {
      const { body } = await other.get('/guard/decisions?limit=50');
      return (JSON.stringify(body).match(/"s-1"/g) ?? []).length >= 2;
    });
  });

  it('have had their part of the requests each', () => {
    const [first, second] = balancer.handed;
    expect(Math.abs(first! - second!)).toBeLessThanOrEqual(1);
    expect(first).toBeGreaterThan(5);
  });
});

describe.skipIf(skipped !== null)(suiteName('a server whose last write fails', skipped), () => {
  it('says so, and ends all the same', async () => {
    if ('skipped' in postgres) return;
    const env = await envOf(postgres);
    const server = await serve(newFolder('server'), [], { env });
    const made = await apiOf(server.url, API_KEY).post('/keys', { name: 'used' });
    // When it was used is still to be written.
    expect((await apiOf(server.url, made.body.key as string).get('/scans')).status).toBe(200);
    const database = new pg.Client({ connectionString: env.REDOUBT_DATABASE_URL });
    await database.connect();
    await database.query('alter table keys rename to lost');
    await database.end();
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, stderr: expect.stringContaining('does not exist') });
  });
});
