// Our own API as one plugin: keys, scopes, schemas and errors are the same for every resource.

import type { FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { requireScope } from '../access/keys.ts';
import { keyIn } from '../access/request-key.ts';
import { resources } from './index.ts';
import { answerError } from './problem.ts';
import { type ApiServices, rememberCaller } from './resource.ts';

const PREFIX = '/api/redoubt/v1';

/** Adds all resources below /api/redoubt/v1. */
export async function mountApi(app: FastifyInstance, services: ApiServices): Promise<void> {
  await app.register(
    async (scope) => {
      scope.setValidatorCompiler(validatorCompiler);
      scope.setSerializerCompiler(serializerCompiler);
      scope.setErrorHandler(answerError);
      scope.addHook('onRequest', async (request) => {
        const caller = await services.callerOf(keyIn(request.headers));
        requireScope(caller, request.routeOptions.config.scope ?? 'admin');
        rememberCaller(request, caller);
      });
      for (const resource of resources)
        await scope.register(async (own) => resource.register(own.withTypeProvider<ZodTypeProvider>(), services));
    },
    { prefix: PREFIX },
  );
}
