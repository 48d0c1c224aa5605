// Signing in: links that work once, passwords, cookies that scripts and other sites cannot use, ends of sessions.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../src/access/keys.ts';
import { systemClock } from '../src/core/clock.ts';
import { callApi, cookieOf, openLink, ownPage, signIn, signInAdmin } from './fakes/browser.ts';
import { startServer, type TestServer } from './fakes/server.ts';

const PASSWORD = 'a long enough password';

describe('signing in', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ worker: false });
  });
  afterAll(() => server.close());

  const byPassword = (name: string, password: string) =>
    callApi(server, 'POST', '/session/password', { body: { name, password }, headers: ownPage });

  it('takes a link once, and gives a cookie that scripts and other sites cannot use', async () => {
    const admin = await signInAdmin(server);
    const made = await admin.call('POST', '/users', { name: 'ada', role: 'viewer' });
    expect(made.status).toBe(201);
    const { link } = made.body as { link: string };
    const first = await openLink(server, link);
    expect(first.status).toBe(201);
    expect(first.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax$/);
    expect(first.body).toMatchObject({
      user: { name: 'ada', role: 'viewer', has_password: false },
      key: null,
      scopes: ['read'],
      project: { id: 'default' },
    });
    const again = await openLink(server, link);
    expect([again.status, again.body]).toMatchObject([401, { error: { code: 'WRONG_LINK' } }]);
  });

  it('takes a password, which is kept as argon2id only, and says the same of a wrong name and a wrong word', async () => {
    const user = await signIn(server, 'member', ['default'], 'grace');
    expect((await user.call('PUT', '/session/password', { password: 'short' })).status).toBe(400);
    expect((await user.call('PUT', '/session/password', { password: PASSWORD })).status).toBe(204);
    expect((await user.call('PUT', '/session/password', { password: `${PASSWORD}!` })).status).toBe(401);
    const row = await server.redoubt.store.db
      .selectFrom('users')
      .selectAll()
      .where('name', '=', 'grace')
      .executeTakeFirst();
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await byPassword('grace', PASSWORD)).status).toBe(201);
    const wrong = [await byPassword('grace', 'not the password'), await byPassword('nobody', PASSWORD)];
    expect(wrong.map(({ status }) => status)).toEqual([401, 401]);
    expect(wrong[0]!.body).toEqual(wrong[1]!.body);
  });

  it('refuses a change that a page of this server did not ask for', async () => {
    const { cookie } = await signInAdmin(server);
    const change = (headers: Record<string, string>) =>
      callApi(server, 'POST', '/keys', { body: { name: 'k' }, headers: { cookie, ...headers } });
    expect((await change({})).status).toBe(403);
    expect((await change({ ...ownPage, origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await change({ ...ownPage, origin: 'null' })).status).toBe(403);
    expect((await change({ ...ownPage, origin: server.url })).status).toBe(201);
    const foreign = { body: { name: 'x', password: PASSWORD }, headers: { origin: 'https://elsewhere.example' } };
    expect((await callApi(server, 'POST', '/session/password', foreign)).status).toBe(403);
    expect((await callApi(server, 'GET', '/session', { headers: { cookie } })).status).toBe(200);
  });

  it('ends a session by signing out, by a new password elsewhere, by a reset and by a disabled user', async () => {
    const admin = await signInAdmin(server);
    const user = await signIn(server, 'member', ['default'], 'edsger');
    const other = await openLink(
      server,
      ((await admin.call('POST', `/users/${user.id}/reset`)).body as { link: string }).link,
    );
    expect((await user.call('GET', '/session')).status, 'after a reset').toBe(401);
    const cookie = cookieOf(other);
    const whoAmI = () => callApi(server, 'GET', '/session', { headers: { cookie } });
    expect((await whoAmI()).status).toBe(200);
    await callApi(server, 'PUT', '/session/password', {
      body: { password: PASSWORD },
      headers: { cookie, ...ownPage },
    });
    const second = cookieOf(await byPassword('edsger', PASSWORD));
    await callApi(server, 'PUT', '/session/password', {
      body: { password: `${PASSWORD}2`, current: PASSWORD },
      headers: { cookie: second, ...ownPage },
    });
    expect((await whoAmI()).status, 'after a new password').toBe(401);
    expect((await admin.call('PATCH', `/users/${user.id}`, { disabled: true })).body).toMatchObject({ disabled: true });
    expect((await callApi(server, 'GET', '/session', { headers: { cookie: second } })).status).toBe(401);
    expect((await byPassword('edsger', `${PASSWORD}2`)).status).toBe(401);
    const leaving = await admin.call('DELETE', '/session');
    expect([leaving.status, leaving.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect((await admin.call('GET', '/session')).status).toBe(401);
  });

  it('keeps one admin at least', async () => {
    const admin = await signInAdmin(server);
    expect((await admin.call('PATCH', '/users/admin', { role: 'viewer' })).status).toBe(409);
  });

  it('acts in one project, and answers 404 for one of which the user is no member', async () => {
    const admin = await signInAdmin(server);
    const made = await admin.call('POST', '/projects', { name: 'apollo' });
    expect(made.status).toBe(201);
    const { id } = made.body as { id: string };
    expect((await admin.call('POST', '/projects', { name: 'apollo' })).status).toBe(409);
    const user = await signIn(server, 'member', ['default'], 'margaret');
    const inApollo = () => user.call('GET', '/session', undefined, { 'x-redoubt-project': 'apollo' });
    expect((await inApollo()).status).toBe(404);
    expect((await user.call('GET', `/session?project=${id}`)).status).toBe(404);
    expect((await user.call('GET', `/projects/${id}`)).status).toBe(404);
    expect((await admin.call('PUT', `/projects/${id}/members/${user.id}`)).status).toBe(204);
    expect((await inApollo()).body).toMatchObject({ project: { id, name: 'apollo' } });
    expect((await user.call('GET', `/session?project=${id}`)).body).toMatchObject({ project: { id } });
    expect((await user.call('GET', `/projects/${id}/members`)).status, 'a member is no admin').toBe(403);
    expect((await admin.call('GET', `/projects/${id}/members`)).body).toMatchObject({
      members: [{ name: 'margaret' }],
    });
    const asJson = { 'content-type': 'application/json' };
    const removed = await admin.call('DELETE', `/projects/${id}/members/${user.id}`, undefined, asJson);
    expect(removed.status, 'announced as JSON, without a body').toBe(204);
    expect(await admin.call('POST', '/projects', undefined, asJson)).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_BODY' } },
    });
    expect((await inApollo()).status).toBe(404);
  });

  it('says who a key is, and keeps users to admins who signed in', async () => {
    const made = await createKey(server.redoubt.store, systemClock, 'robot', 'of robots', { scopes: ['read'] });
    const headers = { authorization: `Bearer ${made.key}` };
    expect((await callApi(server, 'GET', '/session', { headers })).body).toMatchObject({
      user: null,
      key: { id: made.id, name: 'robot' },
      scopes: ['read'],
      projects: [{ name: 'of robots' }],
    });
    const all = { authorization: `Bearer ${server.key}` };
    expect((await callApi(server, 'GET', '/users', { headers: all })).status).toBe(403);
  });

  it('lets nobody try passwords for long', async () => {
    const tries = [];
    for (let i = 0; i < 12; i++) tries.push(await byPassword('grace', 'guess number one'));
    const refused = tries.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  });

  it('tells the log who did what, and nothing that could be used', async () => {
    const headers = { authorization: `Bearer ${server.key}` };
    const page = (await callApi(server, 'GET', '/audit?limit=2', { headers })).body as {
      entries: { id: string }[];
      next: string;
    };
    expect(page.entries).toHaveLength(2);
    const rest = (await callApi(server, 'GET', `/audit?limit=500&before=${page.next}`, { headers })).body as {
      entries: { actor: string; action: string; subject: string }[];
      next: null;
    };
    expect(rest.next).toBeNull();
    expect(rest.entries).toContainEqual(
      expect.objectContaining({ actor: 'admin', action: 'user.add', subject: 'ada' }),
    );
    expect(JSON.stringify(rest)).not.toContain(PASSWORD);
  });
});
