// Signing in at an OIDC provider: who is let in, as whom, and that nothing passes which the provider did not say to us.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeUser } from '../src/access/users.ts';
import { systemClock } from '../src/core/clock.ts';
import { callApi } from './fakes/browser.ts';
import { type OidcProvider, type Person, startOidcProvider } from './fakes/oidc-provider.ts';
import { startServer, type TestServer } from './fakes/server.ts';

describe('signing in at an OIDC provider', () => {
  let provider: OidcProvider;
  let server: TestServer;
  let closed: TestServer;

  beforeAll(async () => {
    provider = await startOidcProvider();
    const { issuer, clientId, clientSecret } = provider;
    const oidc = { issuer, client_id: clientId, client_secret: clientSecret, name: 'Acme' };
    server = await startServer({ worker: false, settings: { oidc: { ...oidc, new_users: 'viewer' } } });
    closed = await startServer({ worker: false, settings: { oidc: { ...oidc, new_users: null } } });
  });
  afterAll(async () => {
    await server?.close();
    await closed?.close();
    await provider?.close();
  });

  const cookiesOf = (response: Response): string[] =>
    response.headers.getSetCookie().map((line) => line.split(';')[0]!);
  const go = (url: string, cookie?: string): Promise<Response> =>
    fetch(url, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });
  const leave = async (at = server): Promise<{ to: string; cookie: string }> => {
    const response = await go(`${at.url}/api/redoubt/v1/session/oidc`);
    expect(response.status).toBe(302);
    expect(response.headers.get('set-cookie')).toMatch(
      /Path=\/api\/redoubt\/v1\/session\/oidc; .*HttpOnly; SameSite=Lax/,
    );
    return { to: response.headers.get('location')!, cookie: cookiesOf(response)[0]! };
  };
  async function signIn(person: Person, at = server): Promise<Response> {
    const { to, cookie } = await leave(at);
    return go(provider.approve(to, person), cookie);
  }
  const whoIs = async (response: Response, at = server): Promise<unknown> => {
    const cookie = cookiesOf(response).find((line) => line.startsWith('redoubt_session='))!;
    return (await callApi(at, 'GET', '/session', { headers: { cookie } })).body;
  };

  it('is offered where it is set up', async () => {
    const { body } = await callApi(server, 'GET', '/session/methods');
    expect(body).toEqual({ password: true, oidc: { name: 'Acme', path: '/api/redoubt/v1/session/oidc' } });
  });

  it('makes a user with the role of new ones, and knows them again', async () => {
    const person = { sub: '1', preferred_username: 'barbara' };
    const first = await signIn(person);
    expect([first.status, first.headers.get('location')]).toEqual([302, '/dashboard']);
    const session = { user: { name: 'barbara', role: 'viewer' }, scopes: ['read'] };
    expect(await whoIs(first)).toMatchObject(session);
    const again = await whoIs(await signIn({ ...person, preferred_username: 'renamed' }));
    expect(again).toMatchObject(session);
  });

  it('lets in those alone whose verified address an admin entered, where nobody new is wanted', async () => {
    await storeUser(
      { store: closed.redoubt.store, clock: systemClock },
      { name: 'ada', role: 'member', email: 'Ada@example.org' },
    );
    const ada = { sub: '7', email: 'ada@example.org' };
    expect((await signIn({ ...ada, email_verified: false }, closed)).status).toBe(401);
    expect((await signIn({ sub: '8', email: 'eve@example.org', email_verified: true }, closed)).status).toBe(401);
    const response = await signIn({ ...ada, email_verified: true }, closed);
    expect(await whoIs(response, closed)).toMatchObject({ user: { name: 'ada', role: 'member' } });
  });

  it.each([
    ['of another client', { aud: 'somebody else' }],
    ['of another issuer', { iss: 'https://elsewhere.example' }],
    ['of another sign-in', { nonce: 'another' }],
    ['that has expired', { exp: 1 }],
  ])('refuses an answer %s', async (_, claims) => {
    provider.tamper(claims);
    const { status } = await signIn({ sub: '1' });
    provider.tamper(null);
    expect(status).toBe(401);
  });

  it('refuses a browser that did not leave from here, and a state that is not its own', async () => {
    const { to, cookie } = await leave();
    const back = provider.approve(to, { sub: '1' });
    expect((await go(back)).status, 'no cookie').toBe(401);
    expect((await go(back, 'redoubt_oidc=bm9uc2Vuc2U')).status, 'a forged cookie').toBe(401);
    const other = await leave();
    expect((await go(back, other.cookie)).status, 'the cookie of another sign-in').toBe(401);
    expect((await go(back, cookie)).status, 'its own').toBe(302);
    expect((await go(back, cookie)).status, 'a second time').toBe(401);
  });
});
