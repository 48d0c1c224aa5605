// The cookie of a session, and whether a change that comes with it was meant: by a page of this server's own.
import type { IncomingHttpHeaders } from 'node:http';
import { RedoubtError } from '../core/errors.ts';

export const SESSION_COOKIE = 'redoubt_session';
/** Any value will do: a page of another origin cannot send it without leave, which nobody is given. */
export const CSRF_HEADER = 'x-redoubt-csrf';

/** The value of a cookie; null where it was not sent. */
export function cookieIn(headers: IncomingHttpHeaders, name: string): string | null {
  for (const part of (headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return null;
}

/** A `Set-Cookie` that scripts cannot read and other sites cannot send along; `maxAge` in seconds, 0 deletes. */
export const cookieOf = (
  name: string,
  value: string,
  { maxAge, secure, path = '/' }: { readonly maxAge: number; readonly secure: boolean; readonly path?: string },
): string => `${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Throws FOREIGN_ORIGIN for a change that a page of this server did not ask for: without our header, or from an origin
 * that is neither the host that was called nor one of `origins`.
 */
export function requireOwnOrigin(method: string, headers: IncomingHttpHeaders, origins: readonly string[]): void {
  if (safeMethods.has(method)) return;
  const { origin, host } = headers;
  const isOwn = origin === undefined || URL.parse(origin)?.host === host || origins.includes(origin);
  if (!isOwn || headers[CSRF_HEADER] === undefined) throw new RedoubtError('FOREIGN_ORIGIN', { field: CSRF_HEADER });
}
