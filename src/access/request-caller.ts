// Who makes a request of our own API: a key in a header, or a session in a cookie.
import type { IncomingHttpHeaders } from 'node:http';
import { RedoubtError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { Store } from '../store/store.ts';
import { userOfSession } from '../store/users.ts';
import { cookieIn, requireOwnOrigin, SESSION_COOKIE } from './cookies.ts';
import { type Caller, hashOf } from './keys.ts';
import { keyIn } from './request-key.ts';
import { chooseProject, projectsFor, scopesOfRole } from './roles.ts';

/** Somebody who signed in names the project that they act in here, by id or name; or by `?project=`. */
export const PROJECT_HEADER = 'x-redoubt-project';

export interface CallerSource {
  readonly store: Store;
  readonly clock: Clock;
  /** Who a key belongs to; throws WRONG_KEY. */
  readonly callerOf: (key: string) => Promise<Caller>;
  /** Origins beside the called host whose pages may make changes. */
  readonly origins: readonly string[];
}

interface Asked {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly query: unknown;
}

function projectIn({ headers, query }: Asked): string | null {
  const named = headers[PROJECT_HEADER] ?? (query as { project?: unknown } | undefined)?.project;
  return typeof named === 'string' && named !== '' ? named : null;
}

const hasKey = (headers: IncomingHttpHeaders): boolean =>
  headers.authorization !== undefined || headers['x-api-key'] !== undefined;

async function callerOfSession(source: CallerSource, token: string, asked: Asked): Promise<Caller> {
  const user = await userOfSession(source.store, hashOf(token), source.clock.now());
  if (!user) throw new RedoubtError('NOT_SIGNED_IN');
  requireOwnOrigin(asked.method, asked.headers, source.origins);
  return {
    keyId: '',
    keyName: user.name,
    userId: user.id,
    projectId: chooseProject(await projectsFor(source.store, user), projectIn(asked)),
    scopes: scopesOfRole[user.role],
    session: { id: user.session_id, role: user.role },
  };
}

/** A key counts before a cookie. Throws MISSING_KEY, WRONG_KEY, NOT_SIGNED_IN, FOREIGN_ORIGIN, NOT_FOUND. */
export function callerOfAsked(source: CallerSource, asked: Asked): Promise<Caller> {
  const token = hasKey(asked.headers) ? null : cookieIn(asked.headers, SESSION_COOKIE);
  return token === null ? source.callerOf(keyIn(asked.headers)) : callerOfSession(source, token, asked);
}
