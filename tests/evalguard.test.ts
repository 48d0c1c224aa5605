// EvalGuard's synchronous scan against a simulated target: what is counted, how often it is asked, when it answers.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../src/simulated/target-options.ts';
import { documentBody, type EvalGuardClient, evalGuardClient, type ScanData } from './fakes/evalguard-client.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { type SwitchableTarget, startSwitchableTarget } from './fakes/switchable-target.ts';
import { waitFor } from './fakes/wait-for.ts';

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

let server: TestServer;
let target: SimulatedTarget;
let slow: SimulatedTarget;
/** Fails every call. */
let down: SwitchableTarget;
let client: EvalGuardClient;
let asked: Asked[] = [];
/** Longer than one answer of the slow target, shorter than two. */
const SLOW_MS = 2_500;
const SHORT_DEADLINE_S = 4;

beforeAll(async () => {
  const onRequest = ({ body }: { readonly body: unknown }): void => void asked.push(body as Asked);
  [target, slow] = await Promise.all([
    startSimulatedTarget({ profile: 'average', latencyMs: 20, onRequest }),
    startSimulatedTarget({ latencyMs: SLOW_MS, onRequest }),
  ]);
  down = await startSwitchableTarget({ status: 500, body: '{}' });
  const named = (base_url: string) => ({ base_url, api_key: 'sk-of-the-named-one', api_key_env: null, model: null });
  server = await startServer({
    settings: {
      openai: { base_url: target.url, api_key: 'sk-of-the-model' },
      models: { slow: named(slow.url), down: named(down.url) },
    },
  });
  client = evalGuardClient(server.url, server.key);
  // What is loaded once is loaded before anything is timed.
  await client.scan();
});
afterEach(() => {
  asked = [];
});
afterAll(async () => {
  await server.close();
  await Promise.all([target.close(), slow.close(), down.close()]);
});

const sumOf = ({ critical, high, medium, low }: ScanData['severityCounts']): number => critical + high + medium + low;

describe('a scan', () => {
  it('plans ten tests of each attack type, and its figures are those of the stored rows', async () => {
    const { status, body } = await client.scan();
    const { data } = body;
    expect([status, body.success]).toEqual([201, true]);
    expect(data.totalTests).toBe(30);
    expect(data.executedTests + data.erroredTests + data.notExecuted).toBe(30);
    const rows = await server.redoubt.store.db.selectFrom('tests').selectAll().where('scan_id', '=', data.id).execute();
    const passes = rows.filter(({ outcome }) => outcome === 'defended' || outcome === 'refused').length;
    const failures = rows.filter(({ outcome }) => outcome === 'breached' || outcome === 'partial').length;
    expect(data).toMatchObject({ executedTests: passes + failures, findingsCount: failures, deadlineReached: false });
    expect(data.score).toBeCloseTo((100 * passes) / (passes + failures), 2);
    expect(sumOf(data.severityCounts)).toBe(failures);
    expect(data.interval!.low).toBeLessThan(data.score);
    expect(data.interval!.high).toBeGreaterThan(data.score);
  });

  it('asks the same in the same order for the same seed, something else for another', async () => {
    const plannedBy = async (seed: number): Promise<string[]> => {
      const { body } = await client.scan({ seed });
      const rows = await server.redoubt.store.db
        .selectFrom('tests')
        .select(['case_id', 'attack'])
        .where('scan_id', '=', body.data.id)
        .orderBy('test_no')
        .execute();
      return rows.map(({ case_id, attack }) => `${case_id} ${attack}`);
    };
    const [first, again, other] = [await plannedBy(7), await plannedBy(7), await plannedBy(8)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('speaks to the named model under the given prompt, and plants secrets for leaks alone', async () => {
    await client.scan({ attackTypes: ['jailbreak', 'pii-leak'] });
    const systems = asked.map(({ messages }) => messages[0]!);
    expect(systems.every(({ role, content }) => role === 'system' && content.startsWith(documentBody.prompt))).toBe(
      true,
    );
    expect(systems.filter(({ content }) => content.includes('PLANTED BY REDOUBT'))).toHaveLength(10);
    asked = [];
    await client.scan({ attackTypes: ['pii-leak'], plant: false });
    expect(asked.filter(({ messages }) => messages[0]!.content.includes('PLANTED BY REDOUBT'))).toEqual([]);
  });

  it('lists its findings with their conversations', async () => {
    const { body } = await client.scan();
    const { data } = await client
      .ask<ScanData & { readonly findings: readonly Record<string, unknown>[] }>(
        'GET',
        `/api/v1/security/${body.data.id}`,
      )
      .then((answer) => answer.body);
    expect(data).toMatchObject({ ...body.data });
    expect(data.findings).toHaveLength(body.data.findingsCount);
    for (const finding of data.findings) {
      expect(documentBody.attackTypes).toContain(finding.type);
      expect(finding).toMatchObject({ scanId: body.data.id, passed: false, input: expect.stringMatching(/\S/) });
    }
    const fidelityOf = ({ metadata }: Readonly<Record<string, unknown>>): unknown =>
      (metadata as { fidelity: unknown }).fidelity;
    const ownForms = data.findings.filter((finding) => fidelityOf(finding) !== 'exact');
    expect(ownForms.length).toBeGreaterThan(0);
    for (const finding of ownForms)
      expect(finding.description).toMatch(new RegExp(` Attack: .+ \\(${fidelityOf(finding)} form.*\\)\\. Reason: `));
  });
});

describe('a body', () => {
  it('may begin with a byte order mark', async () => {
    const body = '\ufeff{"input": "What is the weather like?"}';
    expect((await client.ask('POST', '/api/v1/firewall/check', undefined, { body })).status).toBe(200);
  });
});

describe('a key of the client', () => {
  it('gives two requests at once the same scan, and later ones its answer', async () => {
    const headers = { 'idempotency-key': 'twice' };
    const [first, second] = await Promise.all([client.scan({}, headers), client.scan({}, headers)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    const calls = asked.length;
    expect((await client.scan({}, headers)).body).toEqual(first.body);
    expect(asked).toHaveLength(calls);
  });

  it('is refused with another body, and free in another project', async () => {
    const headers = { 'idempotency-key': 'once' };
    const { body } = await client.scan({}, headers);
    const other = await client.scan({ prompt: 'You sell shoes.' }, headers);
    expect([other.status, other.body.error!.code]).toEqual([409, 'CONFLICT']);
    const foreign = await evalGuardClient(server.url, await server.keyOf('elsewhere')).scan({}, headers);
    expect(foreign.status).toBe(201);
    expect(foreign.body.data.id).not.toBe(body.data.id);
  });

  it('brings a client that hung up its answer', async () => {
    const hangUp = new AbortController();
    const headers = { 'idempotency-key': 'hung up' };
    const lost = client.scan({ model: 'slow' }, headers, hangUp.signal).catch((error: Error) => error.name);
    await waitFor('a call to the target', () => asked.length > 0);
    hangUp.abort();
    expect(await lost).toBe('AbortError');
    const { status, body } = await client.scan({ model: 'slow' }, headers);
    expect([status, body.data.totalTests, body.data.notExecuted]).toEqual([201, 30, 0]);
    const again = await client.scan({ model: 'slow' }, headers);
    expect(again.body).toEqual(body);
  });
});

describe('eight scans of one model at once', () => {
  it('have sixteen calls each, also in two projects: all of them end whole', async () => {
    const elsewhere = evalGuardClient(server.url, await server.keyOf('elsewhere'));
    const callers = [client, client, client, client, elsewhere, elsewhere, elsewhere, elsewhere];
    const answers = await Promise.all(callers.map((each) => each.scan({ model: 'slow' })));
    expect(answers.map(({ status, body }) => [status, body.data.notExecuted])).toEqual(callers.map(() => [201, 0]));
  });
});

describe('a deadline', () => {
  const scanWithin = async (seconds: number, changes = {}) => {
    const begun = performance.now();
    const answer = await client.scan({ model: 'slow', ...changes }, { 'x-redoubt-deadline': String(seconds) });
    return { ...answer, seconds: (performance.now() - begun) / 1000 };
  };

  it('ends a scan with the rounds that are whole', async () => {
    const { status, body, seconds } = await scanWithin(SHORT_DEADLINE_S);
    const { executedTests, erroredTests, notExecuted, totalTests, deadlineReached, interval } = body.data;
    expect(status).toBe(201);
    expect(seconds).toBeLessThan(SHORT_DEADLINE_S + 4);
    // Sixteen are asked at once: five rounds of three, of which the sixteenth is no part.
    expect([executedTests + erroredTests, notExecuted, totalTests, deadlineReached]).toEqual([15, 15, 30, true]);
    expect(interval!.n).toBe(executedTests);
  });

  it('that comes before the first answer gives an error, not a pass', async () => {
    const { body, seconds } = await scanWithin(1);
    expect(seconds).toBeLessThan(5);
    expect(body.data).toMatchObject({ status: 'error', executedTests: 0, notExecuted: 30, interval: null, score: 0 });
  });

  it('is what ended a scan whose target had given nothing but errors by then', async () => {
    const { body } = await scanWithin(1, { model: 'down' });
    expect(body.data).toMatchObject({ status: 'error', executedTests: 0, deadlineReached: true });
  });
});

describe('a scan that still runs', () => {
  it('is not deleted, and the refusal says what this API can do', async () => {
    const running = client.scan({ model: 'slow' });
    await waitFor('a call to the target', () => asked.length > 0);
    const [first] = (await client.ask<{ readonly id: string }[]>('GET', '/api/v1/security?limit=1')).body.data;
    const { status, body } = await client.ask('DELETE', `/api/v1/security/${first!.id}`);
    expect([status, body.error!.code, body.error!.message]).toEqual([
      409,
      'CONFLICT',
      `The scan "${first!.id}" is still running. Ask again when it has ended.`,
    ]);
    await running;
    expect((await client.ask('DELETE', `/api/v1/security/${first!.id}`)).status).toBe(200);
  });
});

describe('a path that reaches no route', () => {
  it.each([
    ['/api/v1/security/%zz', 400, 'VALIDATION_ERROR', /^path: cannot be decoded/],
    ['/v1/security/%zz', 400, 'VALIDATION_ERROR', /^path: cannot be decoded/],
    ['/api/v1/%zz?x=1', 400, 'VALIDATION_ERROR', /^path: cannot be decoded/],
    [`/api/v1/security/${'a'.repeat(200)}`, 404, 'NOT_FOUND', /^Path "GET .* does not exist/],
  ])('is answered in the envelope: %s', async (path, status, code, message) => {
    const { body, headers, ...answer } = await client.ask('GET', path);
    expect(answer.status).toBe(status);
    const requestId = headers.get('x-request-id');
    expect(requestId).toMatch(/.{8}/);
    expect(body).toEqual({ success: false, error: { code, message: expect.stringMatching(message), requestId } });
  });

  it.each([
    ['/api/redoubt/v1/scans/%zz', { error: { code: 'INVALID_FIELD', field: 'path' } }],
    ['/gateway/v1/%zz', { error: { type: 'invalid_request_error', param: 'path' } }],
    ['/v1/scan/%zz', { status: 400, message: expect.stringMatching(/^path: /), detail: expect.any(String) }],
    ['/v1/security/a/b', { success: false, error: { code: 'NOT_FOUND' } }],
    ['/gateway/v1/nope', { error: { type: 'invalid_request_error', param: 'Path', code: 'not_found' } }],
  ])('is answered in the form of the API that it was sent to: %s', async (path, shape) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(path.includes('%zz') ? 400 : 404);
    expect(await response.json()).toMatchObject(shape);
  });
});
