// Whether a request comes from this machine, and from no page of somebody else's that a browser on it shows.
import type { IncomingHttpHeaders } from 'node:http';

const loopbackAddress = /^(?:::ffff:)?127\.|^::1$/;
const loopbackHost = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d+)?$/i;

interface Asked {
  readonly ip: string;
  readonly headers: IncomingHttpHeaders;
}

/** Whoever sits on this machine; a proxy on it speaks for others. */
export const isLocal = ({ ip, headers }: Asked): boolean =>
  loopbackAddress.test(ip) && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined;

/**
 * For what needs no key: also the name that was called and the page that calls must be this machine's, or any page in a
 * browser could reach it (by its own name that resolves here, or by a form).
 */
export function isLocalRequest({ ip, headers }: Asked): boolean {
  const { host = '', origin } = headers;
  const isOwnPage =
    origin === undefined || (/^https?:\/\//.test(origin) && loopbackHost.test(origin.replace(/^https?:\/\//, '')));
  return isLocal({ ip, headers }) && loopbackHost.test(host) && isOwnPage;
}
