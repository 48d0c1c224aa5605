// Where a redirect of an application leads, and that it stays on the application's own host: pure.
import type { RequestParts } from './http-template.ts';

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The same host and port, or the step from plain http to https on the usual ports. */
function isSameHost(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  return (
    from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname && !from.port && !to.port
  );
}

function withoutBody(request: RequestParts): RequestParts {
  const headers = Object.entries(request.headers).filter(([name]) => !name.startsWith('content-'));
  return { ...request, method: 'GET', headers: Object.fromEntries(headers), body: null };
}

/**
 * The request that follows a redirect (RFC 9110, 15.4; 303, and 301 or 302 of a POST, go on as GET without body), the
 * reason why it is not followed, or null when the answer is no redirect.
 */
export function followRedirect(
  request: RequestParts,
  status: number,
  location: string | undefined,
): RequestParts | { readonly refused: string } | null {
  if (!redirects.has(status) || location === undefined) return null;
  const from = new URL(request.url);
  const to = URL.parse(location, request.url);
  if (!to) return { refused: 'it redirects to an address that cannot be read' };
  if (!isSameHost(from, to)) return { refused: `it redirects to another host, ${to.host}, which is not followed` };
  const becomesGet = status === 303 || (status < 303 && request.method === 'POST');
  return { ...(becomesGet ? withoutBody(request) : request), url: to.href };
}
