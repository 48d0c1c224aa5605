// Signing in at an OIDC provider: which ways there are, the way out, and the way back.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cookieIn, cookieOf } from '../access/cookies.ts';
import { OIDC_SECONDS, type Oidc } from '../access/oidc.ts';
import { letIn } from '../access/sign-in.ts';
import { RedoubtError } from '../core/errors.ts';
import { problemSchema } from './problem.ts';
import type { ApiScope, ApiServices, Resource } from './resource.ts';
import { isSecure, originOf, setSession } from './session-cookie.ts';

const COOKIE = 'redoubt_oidc';
const PATH = '/api/redoubt/v1/session/oidc';
const CALLBACK = `${PATH}/callback`;

const methodsSchema = z.object({
  password: z.boolean(),
  oidc: z.object({ name: z.string(), path: z.string().describe('Where the browser goes') }).nullable(),
});

function requireOidc({ access }: ApiServices): Oidc {
  if (access.oidc) return access.oidc;
  throw new RedoubtError('NOT_FOUND', { field: 'Sign-in by', value: 'oidc' });
}

function addWays(app: ApiScope, services: ApiServices): void {
  const { oidc } = services.access;
  const methods = {
    summary: 'The ways to sign in',
    response: { 200: methodsSchema },
  };
  app.get('/session/methods', { config: { scope: 'open' }, schema: methods }, async () => ({
    password: true,
    oidc: oidc && { name: oidc.name, path: PATH },
  }));
}

const cookie = (services: ApiServices, request: FastifyRequest, value: string, maxAge: number): string =>
  cookieOf(COOKIE, value, { maxAge, secure: isSecure(services, request), path: PATH });

function register(app: ApiScope, services: ApiServices): void {
  const parts = { ...services, limiter: services.access.limiter };
  const response = { 302: z.null(), 401: problemSchema, 404: problemSchema };
  addWays(app, services);
  app.get(
    '/session/oidc',
    { config: { scope: 'open' }, schema: { summary: 'To the OIDC provider; for a browser', response } },
    async (request, reply) => {
      const { url, pending } = await requireOidc(services).start(originOf(services, request) + CALLBACK);
      return reply.header('set-cookie', cookie(services, request, pending, OIDC_SECONDS)).redirect(url);
    },
  );
  app.get(
    '/session/oidc/callback',
    { config: { scope: 'open' }, schema: { summary: 'Back from the OIDC provider, to the dashboard', response } },
    async (request, reply) => {
      const url = new URL(request.url, originOf(services, request));
      const user = await requireOidc(services).finish(url, cookieIn(request.headers, COOKIE));
      const signedIn = await letIn(parts, user, 'oidc');
      setSession(services, request, reply, signedIn);
      return reply.header('set-cookie', cookie(services, request, '', 0)).redirect('/dashboard');
    },
  );
}

export const sessionOidc: Resource = { register };

export type SignInWays = z.infer<typeof methodsSchema>;
