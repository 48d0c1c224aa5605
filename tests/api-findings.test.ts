// Findings over our own API: listed with their state, decided on, one scan against another; nobody else's.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createResultWriter } from '../src/store/results.ts';
import { notBuilt, redoubt, suiteName } from './fakes/command-line.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { newScan, resultOf } from './store/rows.ts';

type Json = Record<string, unknown>;

let server: TestServer;
const breach = { outcome: 'breached', reason: 'complied', attack: 'persona' } as const;

async function ask(
  method: string,
  path: string,
  body?: Json,
  key = server.key,
): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${server.url}/api/redoubt/v1/${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

async function scanWith(endedAt: number, ...fallen: readonly number[]): Promise<string> {
  const { store } = server.redoubt;
  const { id } = await newScan(store, { project_id: 'default', status: 'Finished', ended_at: endedAt });
  const tests = [0, 1, 2].map((no) => resultOf(id, no, fallen.includes(no) ? breach : { attack: 'persona' }));
  await createResultWriter(store).write(tests);
  return id;
}

const states = async (): Promise<unknown[]> => {
  const { body } = await ask('GET', 'findings');
  const found = body.findings as { case_id: string; state: string }[];
  return found.map(({ case_id, state }) => `${case_id} ${state}`).sort();
};

beforeAll(async () => {
  server = await startServer({ worker: false });
});
afterAll(() => server.close());

describe('findings over the API', () => {
  it('live on from scan to scan', async () => {
    await scanWith(1_000, 0, 1);
    expect(await states()).toEqual(['case-0 new', 'case-1 new']);
    await scanWith(2_000, 1, 2);
    expect(await states()).toEqual(['case-0 fixed', 'case-1 known', 'case-2 new']);
    await scanWith(3_000, 0);
    expect(await states()).toEqual(['case-0 regressed', 'case-1 fixed', 'case-2 fixed']);
  });

  it('are accepted with a name, a reason and an end, and opened again', async () => {
    const [first] = (await ask('GET', 'findings?state=regressed')).body.findings as { fingerprint: string }[];
    const path = `findings/${first!.fingerprint}/decision`;
    const said = await ask('PUT', path, { kind: 'accepted', reason: 'ticket 7', until: '2099-01-01T00:00:00Z' });
    expect(said).toMatchObject({
      status: 200,
      body: { state: 'accepted', decision: { by: 'test key of default', reason: 'ticket 7' } },
    });
    expect((await ask('DELETE', path)).body.state).toBe('regressed');
    expect((await ask('DELETE', path)).status).toBe(404);
    const over = { kind: 'accepted', reason: 'x', until: '2001-01-01T00:00:00Z' };
    expect((await ask('PUT', path, over)).status).toBe(400);
    expect((await ask('PUT', 'findings/none/decision', { kind: 'false_positive', reason: 'x' })).status).toBe(404);
  });

  it('are filtered by severity, and come latest or gravest first, in pages', async () => {
    const { keyOf } = server;
    const { store } = server.redoubt;
    const key = await keyOf('graded');
    const [project] = await store.db.selectFrom('projects').select('id').where('name', '=', 'graded').execute();
    const grades = ['high', 'low', 'critical', 'high', 'medium'] as const;
    for (const [no, severity] of grades.entries()) {
      const scan = { project_id: project!.id, status: 'Finished', ended_at: 1_000 + no } as const;
      const { id } = await newScan(store, scan);
      await createResultWriter(store).write([resultOf(id, no, { ...breach, severity })]);
    }
    const list = async (query: string): Promise<unknown> => {
      const { body } = await ask('GET', `findings?${query}`, undefined, key);
      const found = body.findings as { case_id: string; severity: string }[];
      return [...found.map(({ case_id, severity }) => `${severity} ${case_id.slice(-1)}`), body.total].join(', ');
    };
    expect(await list('')).toBe('medium 4, high 3, critical 2, low 1, high 0, 5');
    expect(await list('sort=latest')).toBe(await list(''));
    expect(await list('severity=high')).toBe('high 3, high 0, 2');
    expect(await list('severity=high&state=fixed')).toBe('0');
    expect(await list('sort=severity')).toBe('critical 2, high 3, high 0, medium 4, low 1, 5');
    expect(await list('sort=severity&offset=1&limit=2')).toBe('high 3, high 0, 5');
    for (const wrong of ['severity=grave', 'sort=oldest'])
      expect((await ask('GET', `findings?${wrong}`)).status, wrong).toBe(400);
  });

  it('are nobody else’s', async () => {
    const stranger = await server.keyOf('another');
    expect((await ask('GET', 'findings', undefined, stranger)).body).toEqual({ findings: [], total: 0 });
  });
});

describe.skipIf(notBuilt !== null)(suiteName('findings on the command line', notBuilt), () => {
  const list = (...args: string[]) => redoubt(['findings', 'list', '--data', server.data, ...args]).ended;

  it('are filtered by severity, and come gravest first where that is asked for', async () => {
    const { id } = await newScan(server.redoubt.store, { project_id: 'default', status: 'Finished', ended_at: 1 });
    await createResultWriter(server.redoubt.store).write([resultOf(id, 9, { ...breach, severity: 'critical' })]);
    const cases = async (...args: string[]): Promise<string[]> =>
      (JSON.parse((await list('--json', ...args)).stdout) as { case_id: string }[]).map(({ case_id }) => case_id);
    expect((await cases()).at(-1)).toBe('case-9');
    expect((await cases('--sort', 'severity'))[0]).toBe('case-9');
    expect(await cases('--severity', 'critical')).toEqual(['case-9']);
    for (const [flag, wrong] of [
      ['--severity', 'grave'],
      ['--sort', 'oldest'],
    ] as const)
      expect(await list(flag, wrong)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`${flag}: "${wrong}"`),
      });
  });
});
