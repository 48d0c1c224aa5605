// Nothing that lets somebody in stands in a log, an error, the database or a URL: keys, sessions, links, passwords.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callApi, openLink, ownPage, signInAdmin, wordOf } from './fakes/browser.ts';
import { startServer, type TestServer } from './fakes/server.ts';

const PASSWORD = 'correct horse battery staple';

/** Everything that lies in a folder, file by file. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

describe('what lets somebody in', () => {
  let server: TestServer;
  /** By what they are. */
  const secrets: Record<string, string> = {};
  const answers: string[] = [];

  const send = async (path: string, key: string, body: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}`, 'x-api-key': key };
    const response = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    answers.push(await response.text());
  };

  beforeAll(async () => {
    server = await startServer({ worker: false });
    secrets['an API key'] = server.key;
    const admin = await signInAdmin(server);
    secrets['a session'] = admin.cookie.split('=')[1]!;
    const made = await admin.call('POST', '/keys', { name: 'made here' });
    secrets['a made key'] = (made.body as { key: string }).key;
    const added = await admin.call('POST', '/users', { name: 'linus' });
    const { link } = added.body as { link: string };
    secrets['a used link'] = wordOf(link);
    const { token } = { token: wordOf(link) };
    const opened = await openLink(server, link);
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    secrets['a session by link'] = cookie.split('=')[1]!;
    await callApi(server, 'PUT', '/session/password', {
      body: { password: PASSWORD },
      headers: { cookie, ...ownPage },
    });
    secrets['a password'] = PASSWORD;
    const reset = await admin.call('POST', '/users/linus/reset');
    secrets['an open link'] = wordOf((reset.body as { link: string }).link);
    secrets['a wrong key'] = 'rdb_this-key-is-of-nobody-at-all';

    for (const key of [secrets['an API key']!, secrets['a made key']!, secrets['a wrong key']!])
      for (const path of ['/v1/eval', '/v1/detokenize', '/v1/scan/progress', '/gateway/v1/chat/completions', '/judge'])
        await send(path, key, { nonsense: [true] });
    const refused = [
      await openLink(server, `x#${token}`),
      await callApi(server, 'POST', '/session/password', {
        body: { name: 'linus', password: PASSWORD },
        headers: ownPage,
      }),
      await callApi(server, 'GET', '/users', { headers: { authorization: `Bearer ${server.key}` } }),
      await callApi(server, 'GET', '/keys', { headers: { cookie: admin.cookie } }),
      await callApi(server, 'GET', '/audit', { headers: { cookie: admin.cookie } }),
    ];
    answers.push(...refused.map(({ body }) => JSON.stringify(body)));
    await server.access.keyring.flush();
  });
  afterAll(() => server.close());

  it('stands in no answer but the one that gave it', () => {
    for (const [what, secret] of Object.entries(secrets))
      expect(
        answers.filter((text) => text.includes(secret)),
        what,
      ).toEqual([]);
  });

  it('stands in no line of the log', () => {
    for (const [what, secret] of Object.entries(secrets)) expect(server.logged(), what).not.toContain(secret);
  });

  it('stands in no file of the data folder', () => {
    const files = filesBelow(server.data).map((path) => [path, readFileSync(path)] as const);
    expect(files.length).toBeGreaterThan(0);
    expect(files.some(([, bytes]) => bytes.includes('made here'))).toBe(true);
    for (const [what, secret] of Object.entries(secrets))
      expect(
        files.filter(([, bytes]) => bytes.includes(secret)).map(([path]) => path),
        what,
      ).toEqual([]);
  });
});
