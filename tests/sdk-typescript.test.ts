// The TypeScript SDK against the built server: our own client, retries and errors, every golden exchange.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ApiError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  EvalGuard,
  InvalidRequestError,
  NotFoundError,
  RateLimitError,
  Redoubt,
  RedoubtError,
  ScanNotFinishedError,
  type ScanRequest,
} from '../sdks/typescript/src/index.ts';
import { killAll, notBuilt, suiteName } from './fakes/command-line.ts';
import { type ContractDesk, type HandedIn, openDesk } from './fakes/contract-desk.ts';
import { type SdkServer, startSdkServer } from './fakes/sdk-server.ts';
import { unzip } from './fakes/unzip.ts';

interface Scripted {
  readonly url: string;
  readonly seen: {
    readonly method: string;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly at: number;
  }[];
  close(): Promise<void>;
}

/** A server that answers the first calls as `answers` say, one each, and all others with `{"ok":true}`. */
async function scripted(...answers: RequestListener[]): Promise<Scripted> {
  const seen: Scripted['seen'] = [];
  const server = createServer((request, response) => {
    seen.push({ method: request.method!, headers: request.headers, at: performance.now() });
    const answer = answers[seen.length - 1];
    if (answer) answer(request, response);
    else response.end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const busy =
  (status: number, retryAfter: string): RequestListener =>
  (_request, response) =>
    void response
      .writeHead(status, { 'retry-after': retryAfter, 'x-request-id': 'r-1' })
      .end('{"error":{"code":"RATE_LIMITED","message":"Too many requests."}}');
const hangUp: RequestListener = (request) => request.socket.destroy();

describe('retries of the TypeScript SDK', () => {
  const clientOf = (url: string, retries = 3): Redoubt => new Redoubt({ baseUrl: url, apiKey: 'k', retries });

  it.each([
    [429, (): string => '1'],
    [503, (): string => '1'],
    // A date has whole seconds: 2 s ahead is at least one.
    [503, (): string => new Date(Date.now() + 2_000).toUTCString()],
  ])('wait as long as Retry-After asks, and send the same idempotency key (%i)', async (status, retryAfter) => {
    const server = await scripted((request, response) => busy(status, retryAfter())(request, response));
    await clientOf(server.url).guard.dryRun({ draft: { id: 'x', rules: [] } });
    const [first, second] = server.seen;
    expect(second!.at - first!.at).toBeGreaterThan(950);
    expect(first!.headers['idempotency-key']).toMatch(/^[\da-f-]{36}$/);
    expect(second!.headers['idempotency-key']).toBe(first!.headers['idempotency-key']);
    await server.close();
  });

  it('go on after a broken connection', async () => {
    const server = await scripted(hangUp);
    await clientOf(server.url).guard.decisions();
    expect(server.seen).toHaveLength(2);
    await server.close();
  });

  it('end after as many tries as were asked for, with what the server said last', async () => {
    const server = await scripted(busy(429, '0'), busy(429, '0'), busy(429, '0'));
    const error = await clientOf(server.url, 2)
      .guard.decisions()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ status: 429, code: 'RATE_LIMITED', requestId: 'r-1', retryAfter: 0 });
    expect((error as Error).message).toBe('Too many requests. (429 RATE_LIMITED) [request r-1]');
    expect(server.seen).toHaveLength(3);
    await server.close();
  });

  it('do not wait for longer than a minute: the error says how long', async () => {
    const server = await scripted(busy(503, '3600'));
    await expect(clientOf(server.url).guard.decisions()).rejects.toMatchObject({ status: 503, retryAfter: 3600 });
    expect(server.seen).toHaveLength(1);
    await server.close();
  });

  it.each([400, 401, 404, 500])('leave a %s alone', async (status) => {
    const server = await scripted(busy(status, '0'));
    await expect(clientOf(server.url).guard.decisions()).rejects.toMatchObject({ status });
    expect(server.seen).toHaveLength(1);
    await server.close();
  });

  it('repeat a 502 of something between for a GET, never for a POST', async () => {
    const server = await scripted(busy(502, '0'), (_request, response) => response.end('[]'), busy(502, '0'));
    await clientOf(server.url).guard.decisions();
    await expect(clientOf(server.url).guard.dryRun({ draft: { id: 'x', rules: [] } })).rejects.toBeInstanceOf(ApiError);
    expect(server.seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
    await server.close();
  });

  it('stop when they are called off', async () => {
    const server = await scripted(busy(503, '30'));
    const calling = new AbortController();
    const call = clientOf(server.url).guard.evaluate({ messages: [] }, calling.signal);
    setTimeout(() => calling.abort(new Error('enough')), 50);
    await expect(call).rejects.toThrow('enough');
    await server.close();
  });
});

describe('errors of the TypeScript SDK', () => {
  it('say that nobody listens, where, and what to do', async () => {
    const gone = await scripted();
    await gone.close();
    const error = await new Redoubt({ baseUrl: gone.url, apiKey: 'k', retries: 0 }).datasets
      .list()
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as Error).message).toMatch(/cannot be reached: .+ Is `redoubt serve` running there/);
  });

  it('say that it took too long', async () => {
    const server = await scripted(() => undefined);
    const client = new Redoubt({ baseUrl: server.url, apiKey: 'k', retries: 0, timeoutMs: 50 });
    await expect(client.datasets.list()).rejects.toMatchObject({
      timedOut: true,
      message: expect.stringMatching(/within 0\.05 s\. Raise timeoutMs/),
    });
    await server.close();
  });

  it('say that somebody else answered', async () => {
    const server = await scripted((_request, response) => response.writeHead(404).end('<h1>nginx</h1>'));
    await expect(new Redoubt({ baseUrl: server.url, apiKey: 'k' }).datasets.list()).rejects.toThrow(
      /did not answer as Redoubt does: <h1>nginx<\/h1>. Check that the base URL/,
    );
    await server.close();
  });

  it('follow no redirect: the key goes to the server alone', async () => {
    const other = await scripted();
    const server = await scripted((_request, response) => response.writeHead(307, { location: other.url }).end());
    await expect(new Redoubt({ baseUrl: server.url, apiKey: 'k' }).datasets.list()).rejects.toMatchObject({
      status: 307,
    });
    expect(other.seen).toHaveLength(0);
    await Promise.all([server.close(), other.close()]);
  });

  it('ask for what is missing before anything is sent', () => {
    expect(() => new Redoubt({ baseUrl: 'localhost:4000', apiKey: 'k' })).toThrow(/base URL "localhost:4000" is none/);
    expect(() => new Redoubt({ baseUrl: 'http://x', apiKey: '' })).toThrow(RedoubtError);
    expect(() => new EvalGuard({ baseUrl: 'http://x', apiKey: '' })).toThrow(/EVALGUARD_API_KEY/);
  });
});

describe.skipIf(notBuilt !== null)(
  suiteName('the TypeScript SDK against `redoubt serve`', notBuilt),
  { timeout: 120_000 },
  () => {
    let server: SdkServer;
    let client: Redoubt;

    beforeAll(async () => {
      server = await startSdkServer();
      client = new Redoubt({ baseUrl: server.url, apiKey: server.key });
    }, 180_000);
    afterAll(async () => {
      await server?.close();
      killAll();
    });

    const small = (name: string): ScanRequest => ({
      name,
      target: { kind: 'openai', base_url: server.target, model: 'simulated', api_key: 'any' },
      datasets: ['Healthcare Risks'],
      preset: 'direct',
    });

    it('estimates, starts, follows and reads a scan', async () => {
      const estimate = await client.scans.estimate(small('first'));
      const started = await client.scans.create(small('first'));
      const seen: string[] = [];
      for await (const scan of client.scans.watch(started.scan_id, { intervalMs: 50 })) seen.push(scan.status);
      expect(seen.at(-1)).toBe('Finished');
      const summary = await client.scans.summary(started.scan_id);
      expect(summary.counts.tests).toBe(estimate.tests);
      const tests: string[] = [];
      for await (const test of client.scans.tests(started.scan_id, { limit: 20 })) tests.push(test.plan_key);
      expect(new Set(tests).size).toBe(summary.counts.tests);
      const failed = [];
      for await (const test of client.scans.tests(started.scan_id, { outcome: ['breached', 'partial'] }))
        failed.push(test);
      expect(failed).toHaveLength(summary.counts.breached + summary.counts.partial);
      const [first] = failed;
      expect(await client.scans.test(started.scan_id, first!.test_no)).toMatchObject({ plan_key: first!.plan_key });
      const lines = await new Response(await client.scans.export(started.scan_id, 'jsonl')).text();
      expect(lines.trim().split('\n')).toHaveLength(summary.counts.tests);
      const zip = await new Response(await client.scans.export(started.scan_id, 'zip')).arrayBuffer();
      expect([...unzip(Buffer.from(zip)).keys()].sort()).toEqual(['report.pdf', 'results.jsonl', 'summary.json']);
      expect((await client.scans.breakdown(started.scan_id, { by: 'dataset' })).groups).toHaveLength(1);
      expect((await client.scans.heatMap(started.scan_id)).cells.length).toBeGreaterThan(0);
      const hardened = await client.policies.harden(started.scan_id, { promote: false });
      expect((await client.policies.hardenings()).length).toBeGreaterThanOrEqual(hardened.candidates.length);
      const found = await client.findings.ofScan(started.scan_id);
      const open: string[] = [];
      for await (const finding of client.findings.list()) open.push(finding.fingerprint);
      expect(open.sort()).toEqual(found.findings.map(({ fingerprint }) => fingerprint).sort());
      const listed: string[] = [];
      for await (const scan of client.scans.list({ limit: 1 })) listed.push(scan.name);
      expect(listed).toContain('first');
      await expect(client.scans.create(small('first'))).rejects.toMatchObject({
        code: 'DUPLICATE_NAME',
        message: expect.stringMatching(/Choose another name/),
      });
      await client.scans.rename(started.scan_id, 'renamed');
      expect((await client.scans.get(started.scan_id)).name).toBe('renamed');
      await client.scans.delete(started.scan_id);
      await expect(client.scans.get(started.scan_id)).rejects.toBeInstanceOf(NotFoundError);
    });

    it('says that a scan stands still without a result, and goes on with it', async () => {
      const started = await client.scans.create({ ...small('to pause'), preset: 'quick' });
      await client.scans.pause(started.scan_id);
      const error = await client.scans.wait(started.scan_id).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(ScanNotFinishedError);
      expect((error as Error).message).toMatch(/"to pause" is Paused.*scans\.resume/);
      await client.scans.resume(started.scan_id);
      const ended = await client.scans.wait(started.scan_id, { intervalMs: 50 });
      expect(ended.decided + ended.outcomes.inconclusive).toBeGreaterThanOrEqual(ended.planned);
    });

    it('starts a scan once for one idempotency key', async () => {
      const [one, again] = await Promise.all([
        client.scans.create(small('once'), { idempotencyKey: 'once-1' }),
        client.scans.create(small('once'), { idempotencyKey: 'once-1' }),
      ]);
      expect(again.scan_id).toBe(one.scan_id);
      await expect(client.scans.create(small('twice'), { idempotencyKey: 'once-1' })).rejects.toBeInstanceOf(
        ConflictError,
      );
    });

    it('compares two scans, test by test', async () => {
      const [before, after] = await Promise.all(
        ['before', 'after'].map(async (name) => {
          const { scan_id } = await client.scans.create(small(name));
          return client.scans.wait(scan_id, { intervalMs: 50 });
        }),
      );
      const comparison = await client.comparisons.get(before!.scan_id, after!.scan_id);
      const unchanged: string[] = [];
      for await (const test of client.comparisons.tests(before!.scan_id, after!.scan_id, 'unchanged'))
        unchanged.push(test.plan_key);
      expect(new Set(unchanged).size).toBe(comparison.unchanged);
    });

    it('adds a dataset, reads its cases page by page, names its bad lines, deletes it', async () => {
      const lines = Array.from({ length: 250 }, (_, index) => JSON.stringify({ prompt: `What is ${index} plus one?` }));
      const report = await client.datasets.add({ name: 'sums', data: `${lines.join('\n')}\n` });
      expect(report).toMatchObject({ good: 250, bad: 0, dataset: { name: 'sums', origin: 'own' } });
      const requests: string[] = [];
      for await (const one of client.datasets.cases('sums')) requests.push(one.request);
      expect(requests).toHaveLength(250);
      const bad = await client.datasets
        .add({ name: 'bad', data: '{"prompt":"Hello?"}\n{"prompt":' })
        .catch((caught: unknown) => caught);
      expect(bad).toBeInstanceOf(InvalidRequestError);
      expect((bad as InvalidRequestError).lines).toMatchObject([{ line: 2 }]);
      await client.datasets.delete('sums');
      expect((await client.datasets.list()).map(({ name }) => name)).not.toContain('sums');
    });

    it('lists attacks, suites and models, and tests a target', async () => {
      expect((await client.attacks.list()).map(({ id }) => id)).toContain('flip');
      expect((await client.attacks.preview('flip', { text: 'Hello' })).payload).toContain('olleH');
      expect((await client.attacks.suites()).length).toBeGreaterThan(10);
      expect((await client.targets.models()).models).toMatchObject([{ name: 'gpt-4o' }]);
      expect(await client.targets.test({ kind: 'named', name: 'gpt-4o' })).toMatchObject({ ok: true });
    });

    it('asks the guard, reads its log, tries a draft', async () => {
      const secret = 'my key is sk_live_4eC39HqLyjWDarjtT1zdp7dc';
      const decision = await client.guard.evaluate({
        messages: [{ role: 'user', content: secret }],
        policies: ['secrets'],
      });
      expect(decision).toMatchObject({ denied: false, redacted: true, override: null });
      expect(decision.corrected).toEqual([{ role: 'user', content: expect.stringMatching(/^my key is \[\w+\]$/) }]);
      const draft = {
        id: 'draft',
        rules: [{ detector: 'contains', reference: 'sk_live' }],
      };
      const run = await client.guard.dryRun({ draft });
      const saved = await client.policies.save({ ...draft, id: 'kept' });
      expect(await client.policies.get('kept')).toMatchObject({ stored: true, policy: saved.policy });
      expect((await client.policies.list()).map(({ policy }) => policy.id)).toContain('kept');
      expect((await client.guard.detectors()).map(({ id }) => id)).toContain('contains');
      expect(run.n).toBeGreaterThan(0);
      expect((await client.guard.decisions({ limit: 5 })).map(({ id }) => id)).toContain(decision.id);
    });

    it('says what a wrong key means', async () => {
      const error = await new Redoubt({ baseUrl: server.url, apiKey: 'wrong' }).datasets
        .list()
        .catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(AuthenticationError);
      expect((error as Error).message).not.toContain('wrong');
    });
  },
);

describe.skipIf(notBuilt !== null)(
  suiteName('golden exchanges through the TypeScript SDK', notBuilt),
  { timeout: 300_000 },
  () => {
    let server: SdkServer;
    let desk: ContractDesk;

    beforeAll(async () => {
      server = await startSdkServer();
      desk = await openDesk(server);
    }, 180_000);
    afterAll(async () => {
      await desk?.stop();
      await server?.close();
      killAll();
    });

    const handedIn = async (status: number, headers: Headers, body: Uint8Array): Promise<HandedIn> => ({
      status,
      headers: Object.fromEntries(headers),
      body: Buffer.from(body).toString('base64'),
    });

    it('all come back as agreed', async () => {
      const client = new Redoubt({ baseUrl: server.url, apiKey: null, retries: 0 });
      const wrong: string[] = [];
      for (const name of desk.names) {
        const { method, path, headers, body } = await desk.open(name);
        const type = headers['Content-Type'] ?? 'application/json';
        const content = body === null ? undefined : { data: body, type };
        const seen = await client.send(method, path, { headers, content }).then(
          async (response) => handedIn(response.status, response.headers, new Uint8Array(await response.arrayBuffer())),
          (error: unknown) => {
            if (!(error instanceof ApiError)) throw error;
            return handedIn(error.status, error.headers, Buffer.from(JSON.stringify(error.body)));
          },
        );
        wrong.push(...(await desk.close(name, seen)).map((difference) => `${name}: ${difference}`));
      }
      process.stdout.write(`TypeScript SDK: ${desk.names.length} golden exchanges, left out: ${desk.left.length}\n`);
      expect(wrong).toEqual([]);
    });
  },
);
