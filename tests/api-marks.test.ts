// Marks over our own API: said, listed, replaced, taken back; who may, and in whose scans.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createResultWriter } from '../src/store/results.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { newScan, resultOf } from './store/rows.ts';

type Json = Record<string, unknown>;

let server: TestServer;
let scanId: string;
beforeAll(async () => {
  server = await startServer({ worker: false });
  const { store } = server.redoubt;
  scanId = (await newScan(store, { project_id: 'default' })).id;
  await createResultWriter(store).write([resultOf(scanId, 0), resultOf(scanId, 1)]);
});
afterAll(() => server.close());

async function ask(
  method: string,
  path: string,
  body?: Json,
  key = server.key,
): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${server.url}/api/redoubt/v1/scans/${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
}

describe('a mark over the API', () => {
  it('is said with the name of the key, replaced, listed and taken back', async () => {
    const said = await ask('PUT', `${scanId}/marks/key-1`, { outcome: 'breached', reason: 'it tells how' });
    expect(said).toMatchObject({
      status: 200,
      body: { plan_key: 'key-1', outcome: 'breached', judged: 'refused', by: 'test key of default' },
    });
    await ask('PUT', `scan-${scanId}/marks/key-1`, { outcome: 'partial', reason: 'some of it' });
    const { body } = await ask('GET', `${scanId}/marks`);
    expect(body.marks).toMatchObject([{ plan_key: 'key-1', outcome: 'partial', reason: 'some of it' }]);
    expect((await ask('DELETE', `${scanId}/marks/key-1`)).status).toBe(204);
    expect((await ask('GET', `${scanId}/marks`)).body.marks).toEqual([]);
  });

  it.each<[string, string, string, Json | undefined, number]>([
    ['an outcome that is none', 'PUT', 'key-1', { outcome: 'fine', reason: 'x' }, 400],
    ['no reason', 'PUT', 'key-1', { outcome: 'refused', reason: ' ' }, 400],
    ['a test that is not there', 'PUT', 'key-9', { outcome: 'refused', reason: 'x' }, 404],
    ['a mark that is not there', 'DELETE', 'key-0', undefined, 404],
  ])('%s is refused', async (_, method, key, body, status) => {
    expect((await ask(method, `${scanId}/marks/${key}`, body)).status).toBe(status);
  });

  it('in a scan of another project is not to be had', async () => {
    const stranger = await server.keyOf('another');
    expect((await ask('GET', `${scanId}/marks`, undefined, stranger)).status).toBe(404);
    expect((await ask('PUT', `${scanId}/marks/key-1`, { outcome: 'refused', reason: 'x' }, stranger)).status).toBe(404);
  });
});
