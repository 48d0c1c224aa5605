// Our own API as one plugin: keys, scopes, schemas and errors are the same for every resource.

import type { FastifyInstance } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { requireOwnOrigin } from '../access/cookies.ts';
import { type Caller, requireScope } from '../access/keys.ts';
import { type CallerSource, callerOfAsked } from '../access/request-caller.ts';
import { requireAdmin } from '../access/roles.ts';
import { RedoubtError } from '../core/errors.ts';
import { resources } from './index.ts';
import { answerError } from './problem.ts';
import { type ApiServices, type RouteScope, rememberCaller } from './resource.ts';
import { validatorCompiler } from './validation.ts';

export const apiPrefix = '/api/redoubt/v1';

/** Throws MISSING_SCOPE, ROLE_MISSING or NOT_SIGNED_IN. */
function requireAllowed(caller: Caller, needed: Exclude<RouteScope, 'open'>): void {
  if (needed === 'installation') requireAdmin(caller);
  else if (needed === 'session' && !caller.session) throw new RedoubtError('NOT_SIGNED_IN');
  else if (needed !== 'any' && needed !== 'session') requireScope(caller, needed);
}

/** Many clients name JSON with every request: without a body that is wrong only where the route reads one. */
function takeEmptyBodies(scope: FastifyInstance): void {
  const parseJson = scope.getDefaultJsonParser('error', 'error');
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '' && request.routeOptions.schema?.body === undefined) done(null);
    else parseJson(request, String(body), done);
  });
}

/** Adds all resources below /api/redoubt/v1. */
export async function mountApi(app: FastifyInstance, services: ApiServices): Promise<void> {
  const { store, clock, callerOf, access } = services;
  const origins = access.publicUrl === null ? [] : [new URL(access.publicUrl).origin];
  const source: CallerSource = { store, clock, callerOf, origins };
  await app.register(
    async (scope) => {
      scope.setValidatorCompiler(validatorCompiler);
      scope.setSerializerCompiler(serializerCompiler);
      scope.setErrorHandler(answerError);
      // Else a text would be taken for the body itself, and complained about as no object.
      scope.removeContentTypeParser('text/plain');
      takeEmptyBodies(scope);
      scope.addHook('onRequest', async (request) => {
        const needed = request.routeOptions.config.scope ?? 'admin';
        if (needed === 'open') return requireOwnOrigin(request.method, request.headers, source.origins);
        const caller = await callerOfAsked(source, request);
        requireAllowed(caller, needed);
        rememberCaller(request, caller);
      });
      for (const resource of resources)
        await scope.register(async (own) => resource.register(own.withTypeProvider<ZodTypeProvider>(), services));
    },
    { prefix: apiPrefix },
  );
}
