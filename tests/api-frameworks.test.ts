// A scan under the frameworks over our own API: every control with its n, and the tests behind each.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from './fakes/server.ts';
import { waitFor } from './fakes/wait-for.ts';

interface Control {
  readonly id: string;
  readonly status: string;
  readonly tests: number;
  readonly failures: number;
  readonly upper_bound: number | null;
}

let server: TestServer;
let scanId = '';

async function call<Answer>(path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${server.url}/api/redoubt/v1${path}`, {
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return (await response.json()) as Answer;
}

beforeAll(async () => {
  server = await startServer();
  const target = { kind: 'simulated', profile: 'naive' };
  const body = { target, datasets: ['OWASP LLM Top 10'], attacks: ['direct'], limit: 30, benign: 0 };
  scanId = (await call<{ scan_id: string }>('/scans', body)).scan_id;
  await waitFor('the end of the scan', async () => {
    return (await call<{ status: string }>(`/scans/${scanId}`)).status === 'Finished';
  });
});
afterAll(() => server.close());

const controlsOf = async (id: string): Promise<Control[]> => {
  const { frameworks } = await call<{ frameworks: { id: string; controls: Control[] }[] }>(
    `/scans/${scanId}/frameworks`,
  );
  return frameworks.find((framework) => framework.id === id)!.controls;
};

it('tells what failed, what held so far and what was not tested apart, each with its n', async () => {
  const controls = await controlsOf('owasp');
  for (const { status, tests, failures, upper_bound: bound } of controls) {
    expect(status === 'failed').toBe(failures > 0);
    expect(bound === null).toBe(tests === 0);
    if (status === 'no failure found') expect(bound!).toBeGreaterThan(0);
  }
  expect(controls.some(({ status }) => status === 'failed')).toBe(true);
  const elsewhere = await controlsOf('finra');
  expect(elsewhere.every(({ status }) => status.startsWith('not test'))).toBe(true);
});

it('lists the tests behind a control, all of them and no other', async () => {
  const [control] = (await controlsOf('owasp')).filter(({ tests }) => tests > 0);
  const listed = await call<{ tests: { outcome: string; case_id: string }[]; total: number }>(
    `/scans/${scanId}/tests?control=owasp:${control!.id}&limit=200`,
  );
  const decided = listed.tests.filter(({ outcome }) => outcome !== 'inconclusive');
  expect(decided).toHaveLength(control!.tests);
  const failed = decided.filter(({ outcome }) => outcome === 'breached' || outcome === 'partial');
  expect(failed).toHaveLength(control!.failures);
  expect(await call(`/scans/${scanId}/tests?control=owasp:LLM99`)).toMatchObject({ tests: [], total: 0 });
  expect(await call(`/scans/${scanId}/tests?control=nonsense:1`)).toMatchObject({ error: { field: 'control' } });
});
