// Somebody who signed in, as a browser sends it: the cookie, and with each request the header of our own pages.
import { SESSION_COOKIE } from '../../src/access/cookies.ts';
import { openSession } from '../../src/access/tokens.ts';
import { storeUser } from '../../src/access/users.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Role } from '../../src/store/schema.ts';
import type { TestServer } from './server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Browser {
  readonly name: string;
  readonly id: string;
  readonly cookie: string;
  /** `path` below /api/redoubt/v1. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** One request to our own API. */
export async function callApi(
  server: Pick<TestServer, 'url'>,
  method: string,
  path: string,
  { body, headers = {} }: { readonly body?: unknown; readonly headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${server.url}/api/redoubt/v1${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

export const ownPage = { 'x-redoubt-csrf': '1' };

/** The cookie that an answer sets, as it is sent back. */
export const cookieOf = (answer: Answer): string => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

/** The word behind the # of a link. */
export const wordOf = (link: string): string => link.split('#')[1] ?? '';

/** Opens a link as the sign-in page does. */
export const openLink = (server: Pick<TestServer, 'url'>, link: string): Promise<Answer> =>
  callApi(server, 'POST', '/session/link', { body: { token: wordOf(link) }, headers: ownPage });

async function browse(server: TestServer, id: string, name: string): Promise<Browser> {
  const { token } = await openSession(server.redoubt.store, systemClock, id);
  const cookie = `${SESSION_COOKIE}=${token}`;
  return {
    id,
    name,
    cookie,
    call: (method, path, body, headers) =>
      callApi(server, method, path, { body, headers: { cookie, ...ownPage, ...headers } }),
  };
}

/** The admin of the first start. */
export const signInAdmin = (server: TestServer): Promise<Browser> => browse(server, 'admin', 'admin');

/** A new user of this role who is a member of these projects. */
export async function signIn(
  server: TestServer,
  role: Role,
  projects: readonly string[] = ['default'],
  name = `${role} of ${projects.join(' and ')}`,
): Promise<Browser> {
  const { id } = await storeUser({ store: server.redoubt.store, clock: systemClock }, { name, role, projects });
  return browse(server, id, name);
}
