// The cookie of a session, set on the answer to a sign-in; and how the caller reached the server.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieOf, SESSION_COOKIE } from '../access/cookies.ts';
import type { SignedIn } from '../access/sign-in.ts';
import type { ApiServices } from './resource.ts';

/** Origin of the server as the caller knows it. */
export const originOf = ({ access }: Pick<ApiServices, 'access'>, request: FastifyRequest): string =>
  access.publicUrl === null ? `${request.protocol}://${request.host}` : new URL(access.publicUrl).origin;

export const isSecure = ({ access }: ApiServices, request: FastifyRequest): boolean =>
  access.publicUrl === null ? request.protocol === 'https' : access.publicUrl.startsWith('https:');

/** Hands the browser its cookie. */
export function setSession(
  services: ApiServices,
  request: FastifyRequest,
  reply: FastifyReply,
  { session }: SignedIn,
): void {
  const maxAge = Math.floor((session.expiresAt - services.clock.now()) / 1000);
  void reply.header(
    'set-cookie',
    cookieOf(SESSION_COOKIE, session.token, { maxAge, secure: isSecure(services, request) }),
  );
}
