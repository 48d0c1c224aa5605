// Webhooks: an ended scan is told once it was taken, signed, again after a refusal, also by a server that starts later.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookPartsOf } from '../src/compose.ts';
import { createTeller, sendAgainAfterMs, signatureOf } from '../src/scan/webhooks.ts';
import { moveScan } from '../src/store/scans.ts';
import { callApi } from './fakes/browser.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { waitFor } from './fakes/wait-for.ts';
import { newScan } from './store/rows.ts';

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('a webhook', () => {
  let server: TestServer;
  let listener: Server;
  let url: string;
  let status = 200;
  const heard: Heard[] = [];
  let now = Date.now();

  beforeAll(async () => {
    server = await startServer({ worker: false });
    listener = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook?of=redoubt`;
  });
  afterAll(async () => {
    await new Promise((resolve) => listener.close(resolve));
    await server.close();
  });

  const headers = () => ({ authorization: `Bearer ${server.key}` });
  const set = (to: string) =>
    callApi(server, 'PUT', '/projects/default/webhook', { body: { url: to }, headers: headers() });
  const teller = (stop?: AbortSignal) => {
    const parts = webhookPartsOf(server.redoubt);
    const onError = (error: unknown): void => expect.unreachable(String(error));
    return createTeller({ ...parts, clock: { ...parts.clock, now: () => now } }, onError, stop);
  };
  const tell = () => {
    const telling = teller();
    telling.begin();
    return telling.settled();
  };
  async function endScan(reason = 'the target is gone', project = 'default'): Promise<string> {
    const { id } = await newScan(server.redoubt.store, { project_id: project, status: 'Scanning' });
    await moveScan(server.redoubt.store, id, 'fail', { reason, ended_at: now });
    return id;
  }

  it('hears nothing of scans that ended before it was set', async () => {
    await endScan();
    expect(await tell()).toBe(0);
  });

  it('is told once, with a signature that only its secret makes, and without a request or an answer', async () => {
    const made = await set(url);
    expect(made.status).toBe(200);
    const { secret } = made.body as { secret: string };
    const id = await endScan();
    expect(await tell()).toBe(1);
    expect(await tell()).toBe(0);
    expect(heard).toHaveLength(1);
    const [{ headers: sent, body }] = heard as [Heard];
    expect(JSON.parse(body)).toMatchObject({
      event: 'scan.ended',
      id: sent['x-redoubt-delivery'],
      scan: { id, status: 'Failed', reason: 'the target is gone', project_id: 'default' },
    });
    const timestamp = String(sent['x-redoubt-timestamp']);
    expect(Math.abs(Number(timestamp) - now / 1000)).toBeLessThan(2);
    expect(sent['x-redoubt-signature']).toBe(signatureOf(secret, timestamp, body));
    expect(sent['x-redoubt-signature']).not.toBe(signatureOf(`${secret}x`, timestamp, body));
    const { body: shown } = await callApi(server, 'GET', '/projects/default/webhook', { headers: headers() });
    expect(shown).toMatchObject({ url, notices: [{ scan_id: id, result: 'status 200', next_at: null, sends: 1 }] });
    expect(JSON.stringify(shown)).not.toContain(secret);
  });

  it('is told why a scan failed, without what the endpoint said', async () => {
    heard.length = 0;
    for (const [reason, told] of [
      [
        'The target failed 50 calls in a row. The last one: The endpoint answered HTTP 422: cannot read "Be kind."',
        'The target failed 50 calls in a row. The last one: The endpoint answered HTTP 422.',
      ],
      [
        'The judge model answered none of the calls. The last one: Nothing lies at reply: its fields are Be kind.',
        'The judge model answered none of the calls.',
      ],
    ] as const) {
      await endScan(reason);
      expect(await tell()).toBe(1);
      expect(JSON.parse(heard.at(-1)!.body)).toMatchObject({ scan: { status: 'Failed', reason: told } });
    }
  });

  it('is told again after a refusal, later each time, and no more after the last', async () => {
    status = 503;
    heard.length = 0;
    await endScan();
    for (const [index, wait] of [...sendAgainAfterMs, 0].entries()) {
      expect(await tell()).toBe(0);
      expect(heard).toHaveLength(index + 1);
      expect(await tell(), 'not before its time').toBe(0);
      expect(heard).toHaveLength(index + 1);
      now += wait;
    }
    now += 365 * 86_400_000;
    expect(await tell()).toBe(0);
    expect(heard).toHaveLength(sendAgainAfterMs.length + 1);
    expect(new Set(heard.map(({ headers: sent }) => sent['x-redoubt-delivery'])).size).toBe(1);
  });

  it('takes what was refused when it is well again', async () => {
    heard.length = 0;
    await endScan();
    expect(await tell()).toBe(0);
    status = 204;
    now += sendAgainAfterMs[0]!;
    expect(await tell()).toBe(1);
    expect(heard).toHaveLength(2);
  });

  it('is no way into a network that targets may not reach', async () => {
    for (const bad of [
      'http://169.254.169.254/latest/meta-data',
      'http://2130706433/',
      'http://[::ffff:169.254.169.254]/',
    ]) {
      const refused = await set(bad);
      expect([bad, refused.status]).toEqual([bad, 400]);
    }
    expect((await set('file:///etc/passwd')).status).toBe(400);
    const { body } = await callApi(server, 'GET', '/projects/default/webhook', { headers: headers() });
    expect(body).toMatchObject({ url });
  });

  it('is told beside one that hangs, whose own notices keep their order', async () => {
    heard.length = 0;
    const begun: string[] = [];
    const hanging = createServer((request) => {
      request.on('data', (chunk: Buffer) => begun.push((JSON.parse(chunk.toString()) as { id: string }).id));
    });
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
    const other = { authorization: `Bearer ${await server.keyOf('hanging')}` };
    const at = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}/`;
    const { id: project } = (await server.redoubt.store.db
      .selectFrom('projects')
      .select('id')
      .where('name', '=', 'hanging')
      .executeTakeFirst())!;
    const made = await callApi(server, 'PUT', `/projects/${project}/webhook`, { body: { url: at }, headers: other });
    expect(made.status).toBe(200);
    for (const reason of ['one', 'two']) await endScan(reason, project);
    const telling = teller();
    telling.begin();
    await waitFor('the one that hangs is called', () => begun.length === 1);
    await endScan();
    await endScan();
    telling.begin();
    await waitFor('the other one has heard both', () => heard.length === 2);
    expect(begun).toHaveLength(1);
    hanging.closeAllConnections();
    await waitFor('its next notice follows', () => begun.length === 2);
    hanging.closeAllConnections();
    expect(await telling.settled()).toBe(2);
    await new Promise((resolve) => hanging.close(resolve));
  });

  it('hears nothing more once it is removed', async () => {
    await endScan();
    const gone = await callApi(server, 'DELETE', '/projects/default/webhook', { headers: headers() });
    expect(gone.status).toBe(204);
    expect(await tell()).toBe(0);
    expect((await callApi(server, 'GET', '/projects/default/webhook', { headers: headers() })).status).toBe(404);
  });
});
