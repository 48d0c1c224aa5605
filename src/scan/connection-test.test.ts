import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { createTargetOpener } from '../models/open-target.ts';
import { testConnection } from './connection-test.ts';

const server = createServer((request, response) => {
  response.statusCode = request.url?.startsWith('/closed') ? 401 : 200;
  response.end(JSON.stringify({ answer: 'Hi.', seen: request.headers.cookie }));
});
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

const rule = { loopbackAllowed: true, privateAllowed: true, allow: [] };

function test(path: string) {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;
  const targetFile = `curl '${url}?access_token=inTheAddress1' -b 'session=inTheCookie1' -H 'x-api-key: inTheHeader1' \\
    -H 'content-type: application/json' -d '{"message":"{{prompt}}","api_key":"inTheBody1","team":"red"}'`;
  const limits = { temperature: null, maxTokens: null, timeoutMs: 5000, concurrency: 1, qpm: null };
  return testConnection(
    (wrap) => createTargetOpener({ rule, proxy: null, clock: systemClock, wrap }),
    systemClock,
    { ...limits, kind: 'http', url, model: 'app', system: null },
    { apiKey: null, headers: {}, targetFile },
  );
}

describe('a test of the connection to an HTTP application', () => {
  it('shows no cookie and no key of its template, in the request or in the answer', async () => {
    const { result, exchanges } = await test('open');
    expect(result.ok).toBe(true);
    expect(JSON.stringify(exchanges)).not.toMatch(/inThe/);
    expect(exchanges[0]).toMatchObject({
      url: expect.stringMatching(/access_token=\*\*\*$/),
      requestHeaders: { cookie: '***', 'x-api-key': '***', 'content-type': 'application/json' },
      requestBody: expect.stringMatching(/"api_key":"\*\*\*","team":"red"/),
    });
  });

  it('says of a refusal what helps there: it has no key in REDOUBT_TARGET_API_KEY', async () => {
    expect((await test('closed')).hint).toMatch(/^The application wants another key or session: .*--key-env/);
  });
});
