import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExchangeRequest, exchange } from './exchange.ts';

let server: Server;
let origin: string;
let agent: Agent;
let script: (response: ServerResponse, body: string) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => script(response, Buffer.concat(chunks).toString()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  agent = new Agent();
});

afterAll(async () => {
  await agent.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const send = (over: Partial<ExchangeRequest> = {}) =>
  exchange(agent, {
    origin,
    path: '/v1/chat',
    method: 'POST',
    headers: {},
    body: 'ask',
    timeoutMs: 5_000,
    maxBytes: 1_000,
    ...over,
  });

const failureOf = async (over: Partial<ExchangeRequest> = {}) => {
  const result = await send(over);
  if (result.ok) throw new Error(`answered ${result.status}`);
  return result.failure;
};

describe('exchange', () => {
  it('gives status, headers and text', async () => {
    script = (response, body) => response.writeHead(201, { 'x-one': 'a' }).end(`got ${body}`);
    expect(await send()).toMatchObject({ ok: true, status: 201, headers: { 'x-one': 'a' }, text: 'got ask' });
  });

  it('puts a character together that was cut between two chunks', async () => {
    const bytes = Buffer.from('Größe 🙂');
    script = (response) => {
      response.write(bytes.subarray(0, 3));
      setImmediate(() => response.end(bytes.subarray(3)));
    };
    expect(await send()).toMatchObject({ ok: true, text: 'Größe 🙂' });
  });

  it.each([204, 200])('gives an empty text for an empty %i', async (status) => {
    script = (response) => response.writeHead(status).end();
    expect(await send()).toMatchObject({ ok: true, status, text: '' });
  });

  it.each([302, 404, 500])('gives a %i back as it is', async (status) => {
    script = (response) => response.writeHead(status, { location: '/elsewhere' }).end('x');
    expect(await send()).toMatchObject({ ok: true, status, text: 'x' });
  });

  it('ends by its deadline where nothing comes', async () => {
    script = () => undefined;
    expect(await failureOf({ timeoutMs: 60 })).toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('0.1 s'),
    });
  });

  it('ends by its deadline where headers come and the body never', async () => {
    script = (response) => response.writeHead(200).flushHeaders();
    expect(await failureOf({ timeoutMs: 60 })).toMatchObject({ kind: 'timeout' });
  });

  it('ends by its deadline where the body drips on', async () => {
    let drips = 0;
    const closed = new Promise<void>((resolve) => {
      script = (response) => {
        const dripping = setInterval(() => response.write(String(drips++ % 10)), 5);
        response.on('close', () => {
          clearInterval(dripping);
          resolve();
        });
      };
    });
    expect(await failureOf({ timeoutMs: 120 })).toMatchObject({ kind: 'timeout' });
    await closed;
    expect(drips).toBeGreaterThan(2);
  });

  it('stops at an answer that is too large, and hangs up', async () => {
    const closed = new Promise<void>((resolve) => {
      script = (response) => {
        response.on('close', resolve);
        response.write('x'.repeat(1_001));
      };
    });
    expect(await failureOf()).toMatchObject({ kind: 'too_large', status: null });
    await closed;
  });

  it('takes an answer of exactly the largest size', async () => {
    script = (response) => response.end('x'.repeat(1_000));
    expect(await send()).toMatchObject({ ok: true, text: 'x'.repeat(1_000) });
  });

  it.each<[string, Record<string, string>]>([
    ['of announced length', { 'content-length': '100' }],
    ['in chunks', {}],
  ])('calls a body %s that breaks off a cut answer', async (_, headers) => {
    script = (response) => {
      response.writeHead(200, headers);
      response.write('half', () => response.destroy());
    };
    expect(await failureOf()).toMatchObject({ kind: 'cut' });
  });

  it('calls a connection that closes without an answer a hang-up', async () => {
    script = (response) => response.destroy();
    expect(await failureOf()).toMatchObject({ kind: 'hung_up' });
  });

  it('calls a closed port unreachable', async () => {
    const taken = createTcpServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    await new Promise((resolve) => taken.close(resolve));
    expect(await failureOf({ origin: `http://127.0.0.1:${port}` })).toMatchObject({ kind: 'unreachable' });
  });

  it('calls what is no HTTP unparseable', async () => {
    const other = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('SSH-2.0-server\r\n'));
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await failureOf({ origin: `http://127.0.0.1:${port}` })).toMatchObject({ kind: 'unparseable' });
    await new Promise((resolve) => other.close(resolve));
  });

  it('is interrupted at once by a signal, before and during the call', async () => {
    expect(await failureOf({ signal: AbortSignal.abort() })).toMatchObject({ kind: 'interrupted' });
    const leaving = new AbortController();
    script = () => leaving.abort();
    expect(await failureOf({ signal: leaving.signal })).toMatchObject({ kind: 'interrupted' });
  });

  it('is interrupted in the middle of a body', async () => {
    const leaving = new AbortController();
    script = (response) => {
      response.write('half');
      setImmediate(() => leaving.abort());
    };
    expect(await failureOf({ signal: leaving.signal })).toMatchObject({ kind: 'interrupted' });
  });

  it('is not moved by a signal after its end', async () => {
    const leaving = new AbortController();
    script = (response) => response.end('x');
    const result = await send({ signal: leaving.signal });
    leaving.abort();
    expect(result).toMatchObject({ ok: true });
  });

  it('keeps its deadline while it waits for a free connection', async () => {
    const narrow = new Agent({ connections: 1, pipelining: 1 });
    script = () => undefined;
    const request = { origin, path: '/', method: 'POST', headers: {}, timeoutMs: 80, maxBytes: 10 };
    const results = await Promise.all([exchange(narrow, request), exchange(narrow, request)]);
    expect(results).toMatchObject([{ failure: { kind: 'timeout' } }, { failure: { kind: 'timeout' } }]);
    await narrow.destroy();
  });

  it('never throws for a request that cannot be sent', async () => {
    expect(await failureOf({ headers: { 'x-bad': 'a\r\nb: c' } })).toMatchObject({ kind: 'client_error' });
    expect(await failureOf({ path: 'no-slash' })).toMatchObject({ kind: 'client_error' });
  });

  it('never throws over a dispatcher that was closed', async () => {
    const closed = new Agent();
    await closed.destroy();
    const result = await exchange(closed, {
      origin,
      path: '/',
      method: 'GET',
      headers: {},
      timeoutMs: 500,
      maxBytes: 10,
    });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'interrupted' } });
  });
});
