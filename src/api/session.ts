// Sessions: who asks, signing in by link or by password, signing out, setting a password.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cookieIn, cookieOf, SESSION_COOKIE } from '../access/cookies.ts';
import { type Caller, scopes } from '../access/keys.ts';
import { projectsFor, roles, scopesOfRole } from '../access/roles.ts';
import { type SignedIn, setPassword, signInByLink, signInByPassword, signOut } from '../access/sign-in.ts';
import { RedoubtError } from '../core/errors.ts';
import { projectById } from '../store/projects.ts';
import { userById } from '../store/users.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';
import { isSecure, setSession } from './session-cookie.ts';

const namedSchema = z.object({ id: z.string(), name: z.string() });

const sessionSchema = z.object({
  user: namedSchema
    .extend({ role: z.enum(roles), has_password: z.boolean() })
    .nullable()
    .describe('Who signed in; null for a key'),
  key: namedSchema.nullable().describe('null for somebody who signed in'),
  scopes: z.array(z.enum(scopes)),
  project: namedSchema.nullable().describe('The project that is acted in; null for a user who is a member of none'),
  projects: z.array(namedSchema).describe('The projects that may be acted in, by the header x-redoubt-project'),
});
type Session = z.infer<typeof sessionSchema>;

const named = ({ id, name }: { readonly id: string; readonly name: string }): z.infer<typeof namedSchema> => ({
  id,
  name,
});

async function answerOf({ store }: ApiServices, caller: Caller): Promise<Session> {
  const project = (await projectById(store, caller.projectId)) ?? null;
  const shown = { scopes: [...caller.scopes], project: project && named(project) };
  if (caller.session === undefined) {
    const key = { id: caller.keyId, name: caller.keyName };
    return { user: null, key, ...shown, projects: project ? [named(project)] : [] };
  }
  const user = await userById(store, caller.userId);
  if (!user) throw new RedoubtError('NOT_SIGNED_IN');
  return {
    user: { ...named(user), role: user.role, has_password: user.password_hash !== null },
    key: null,
    ...shown,
    projects: (await projectsFor(store, user)).map(named),
  };
}

async function welcome(
  services: ApiServices,
  request: FastifyRequest,
  reply: FastifyReply,
  signedIn: SignedIn,
): Promise<Session> {
  setSession(services, request, reply, signedIn);
  const { user } = signedIn;
  const [first] = await projectsFor(services.store, user);
  void reply.status(201);
  return answerOf(services, {
    keyId: '',
    keyName: user.name,
    userId: user.id,
    projectId: first?.id ?? '',
    scopes: scopesOfRole[user.role],
    session: { id: '', role: user.role },
  });
}

const refused = { 400: problemSchema, 401: problemSchema, 403: problemSchema, 429: problemSchema };

function addSignIn(app: ApiScope, services: ApiServices): void {
  const parts = { ...services, limiter: services.access.limiter };
  app.post(
    '/session/link',
    {
      config: { scope: 'open' },
      schema: {
        summary: 'Sign in with the word behind the # of a sign-in link, which is worth nothing afterwards',
        body: z.object({ token: z.string().min(1).max(200) }),
        response: { 201: sessionSchema, ...refused },
      },
    },
    async (request, reply) => welcome(services, request, reply, await signInByLink(parts, request.body.token)),
  );
  app.post(
    '/session/password',
    {
      config: { scope: 'open' },
      schema: {
        summary: 'Sign in by name and password',
        body: z.object({ name: z.string().min(1).max(200), password: z.string().min(1).max(256) }),
        response: { 201: sessionSchema, ...refused },
      },
    },
    async (request, reply) => {
      const { name, password } = request.body;
      return welcome(services, request, reply, await signInByPassword(parts, name, password, request.ip));
    },
  );
}

function addOwn(app: ApiScope, services: ApiServices): void {
  const parts = { ...services, limiter: services.access.limiter };
  app.put(
    '/session/password',
    {
      config: { scope: 'session' },
      schema: {
        summary: 'Set your own password; your other sessions end',
        body: z.object({
          password: z.string().max(256).describe('12 to 256 characters'),
          current: z.string().max(256).optional().describe('The one that holds now, where there is one'),
        }),
        response: { 204: z.null(), ...refused },
      },
    },
    async (request, reply) => {
      await setPassword(parts, callerOfRequest(request), request.body.password, request.body.current);
      return reply.status(204).send(null);
    },
  );
  app.delete(
    '/session',
    {
      config: { scope: 'session' },
      schema: { summary: 'Sign out', response: { 204: z.null(), 401: problemSchema, 403: problemSchema } },
    },
    async (request, reply) => {
      const token = cookieIn(request.headers, SESSION_COOKIE);
      if (token === null) throw new RedoubtError('NOT_SIGNED_IN');
      await signOut(parts, callerOfRequest(request), token);
      void reply.header('set-cookie', cookieOf(SESSION_COOKIE, '', { maxAge: 0, secure: isSecure(services, request) }));
      return reply.status(204).send(null);
    },
  );
}

export const session: Resource = {
  register(app, services) {
    app.get(
      '/session',
      {
        config: { scope: 'any' },
        schema: {
          summary: 'Who asks, what they may do, and in which projects',
          response: { 200: sessionSchema, 401: problemSchema },
        },
      },
      async (request) => answerOf(services, callerOfRequest(request)),
    );
    addSignIn(app, services);
    addOwn(app, services);
  },
};

export type SessionAnswer = Session;
