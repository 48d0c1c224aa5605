// Our own API as one plugin: keys, scopes, schemas and errors are the same for every resource.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { requireScope } from '../access/keys.ts';
import { RedoubtError } from '../core/errors.ts';
import { resources } from './index.ts';
import { answerError } from './problem.ts';
import { type ApiServices, rememberCaller } from './resource.ts';

const PREFIX = '/api/redoubt/v1';

/** `Authorization: Bearer KEY`, or `X-API-Key: KEY`. Throws MISSING_KEY. */
function keyOf({ headers }: FastifyRequest): string {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const given = bearer ?? headers['x-api-key'];
  if (typeof given !== 'string' || given === '') throw new RedoubtError('MISSING_KEY', { field: 'Authorization' });
  return given;
}

/** Adds all resources below /api/redoubt/v1. */
export async function mountApi(app: FastifyInstance, services: ApiServices): Promise<void> {
  await app.register(
    async (scope) => {
      scope.setValidatorCompiler(validatorCompiler);
      scope.setSerializerCompiler(serializerCompiler);
      scope.setErrorHandler(answerError);
      scope.addHook('onRequest', async (request) => {
        const caller = await services.callerOf(keyOf(request));
        requireScope(caller, request.routeOptions.config.scope ?? 'admin');
        rememberCaller(request, caller);
      });
      for (const resource of resources)
        await scope.register(async (own) => resource.register(own.withTypeProvider<ZodTypeProvider>(), services));
    },
    { prefix: PREFIX },
  );
}
