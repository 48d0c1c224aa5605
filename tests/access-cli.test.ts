// The command line over accounts and keys, and what the first start of the server prints.
import { afterAll, describe, expect, it } from 'vitest';
import { callApi, openLink } from './fakes/browser.ts';
import { killAll, newFolder, notBuilt, redoubt, serve, suiteName, until } from './fakes/command-line.ts';

afterAll(killAll);

describe.skipIf(notBuilt !== null)(suiteName('accounts on the command line', notBuilt), () => {
  const printed = async (...args: string[]): Promise<Record<string, string>> => {
    const ended = await redoubt([...args, '--json']).ended;
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    return JSON.parse(ended.stdout) as Record<string, string>;
  };

  it('prints one link at the first start, which signs in once; later ones come from users reset', async () => {
    const data = newFolder('access');
    const server = await serve(data);
    const link = await until('a link', () => /Sign in as admin .*: (\S+)/.exec(server.output())?.[1]);
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in#[\w-]{43}$/);
    expect((await openLink(server, link)).body).toMatchObject({ user: { name: 'admin', role: 'admin' } });
    expect((await openLink(server, link)).status).toBe(401);
    const again = await printed('users', 'reset', 'admin', '--data', data);
    expect((await openLink(server, again.link!)).status).toBe(201);
    const added = await printed('users', 'add', 'ada', '--role', 'viewer', '--data', data);
    expect((await openLink(server, added.link!)).body).toMatchObject({ user: { name: 'ada' }, scopes: ['read'] });
    const twice = await redoubt(['users', 'add', 'ada', '--data', data]).ended;
    expect([twice.code, twice.stderr]).toEqual([3, 'user: "ada" exists already. Choose another name.\n']);
    server.child.kill('SIGTERM');
    await server.ended;
    const next = await serve(data);
    expect(next.output()).not.toContain('Sign in as admin');
    next.child.kill('SIGTERM');
    await next.ended;
  }, 120_000);

  it('makes a key with scopes, an end and a limit, and revokes it on a running server within a second', async () => {
    const data = newFolder('access');
    const server = await serve(data);
    const options = ['--scopes', 'read', '--expires', '30d', '--rate-limit', '1000', '--data', data];
    const made = await printed('keys', 'create', 'ci', ...options);
    const ask = () => callApi(server, 'GET', '/session', { headers: { 'x-api-key': made.key! } });
    expect((await ask()).body).toMatchObject({ key: { name: 'ci' }, scopes: ['read'] });
    const revoked = await redoubt(['keys', 'revoke', made.id!, '--data', data]).ended;
    expect(revoked.code).toBe(0);
    await until('the key to be refused', async () => (await ask()).status === 401, 2_000);
    const elsewhere = await redoubt(['keys', 'create', 'x', '--project', 'newcomer', '--data', data]).ended;
    expect([elsewhere.code, elsewhere.stderr]).toEqual([0, expect.stringContaining('The project newcomer is new')]);
    const again = await redoubt(['keys', 'create', 'x', '--project', 'newcomer', '--data', data]).ended;
    expect([again.code, again.stderr]).toEqual([0, expect.not.stringContaining('is new')]);
    const wrong = await redoubt(['keys', 'create', 'x', '--scopes', 'everything', '--data', data]).ended;
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Allowed: scan, guard, detokenize')]);
    server.child.kill('SIGTERM');
    await server.ended;
  }, 120_000);
});
