// The OpenAPI 3.1 document of all routes: our own API, the gateway and the dialects, made from the schemas they are held to.
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { ZodType } from 'zod';
import { problemSchema } from '../api/problem.ts';
import type { FileAnswer, KeyPlace, RouteDocument } from '../core/route-document.ts';
import type { SoftwareVersion } from '../scan/manifest.ts';
import { tidied } from './openapi-tidy.ts';
import { operationIdOf, tagOf } from './operation-names.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the OpenAPI document says of a route without schemas. */
    document?: RouteDocument;
    /** Types of a body that is read as it comes in. */
    uploads?: readonly string[];
  }
}

const OWN = '/api/redoubt/v1';

const securityOf: Readonly<Record<KeyPlace, readonly Record<string, string[]>[]>> = {
  bearer: [{ bearer: [] }],
  header: [{ apiKey: [] }],
  either: [{ bearer: [] }, { apiKey: [] }],
  none: [],
};

const tags = [
  { name: 'scans', description: 'Started, followed, stopped, reported' },
  { name: 'tests', description: 'What a scan asked, what came back, who judged it' },
  { name: 'targets', description: 'What is tested' },
  { name: 'catalogue', description: 'Datasets, attacks, suites, judges' },
  { name: 'findings', description: 'What scans found, from scan to scan' },
  { name: 'comparisons', description: 'Two scans over the same tests' },
  { name: 'hardenings', description: 'What mends the findings of a scan' },
  { name: 'guard', description: 'What may pass at run time' },
  { name: 'policies', description: 'What the guard holds to' },
  { name: 'keys', description: 'API keys: shown once, stored as hashes' },
  { name: 'users', description: 'Who may sign in' },
  { name: 'projects', description: 'Who owns what' },
  { name: 'session', description: 'Signing in and out' },
  { name: 'audit', description: 'Who did what' },
  { name: 'server', description: 'How the server is and what it did' },
  { name: 'gateway', description: 'An OpenAI-compatible proxy, guarded on the way in and out' },
  { name: 'virtuered', description: "VirtueRed's API, so that its clients work unchanged" },
  { name: 'evalguard', description: "EvalGuard's API, so that its clients work unchanged" },
  { name: 'guardion', description: "Guardion's API, so that its clients work unchanged" },
];

const isFile = (answer: ZodType | FileAnswer): answer is FileAnswer => 'types' in answer;

/** A file has no shape of its own. */
const binary = { type: 'string', description: 'The file' };

type Shown = Record<string, unknown>;

/** A schema as fastify would have it, of a route that is only described. */
function schemaOf(document: RouteDocument): FastifySchema & Shown {
  const { operationId, summary, tag, description, params, query, body, answers, problem } = document;
  const response: Record<string, unknown> = {};
  for (const [status, answer] of Object.entries(answers)) if (!isFile(answer)) response[status] = answer;
  if (problem !== undefined) response.default = problem;
  return {
    operationId,
    summary,
    tags: [tag],
    security: securityOf[document.key ?? 'either'],
    ...(description === undefined ? {} : { description }),
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(body === undefined ? {} : { body, consumes: ['application/json', ...(document.bodyTypes ?? [])] }),
    response,
  };
}

/** Files are put in afterwards: they are no schemas to be turned. */
function withFiles(shown: Shown, { answers }: RouteDocument): Shown {
  const response = shown.response as Record<string, unknown>;
  for (const [status, answer] of Object.entries(answers))
    if (isFile(answer))
      response[status] = {
        description: answer.description,
        content: Object.fromEntries(answer.types.map((type) => [type, { schema: binary }])),
      };
  return shown;
}

/** What is not said by a route of ours, but holds for all of them. */
function ownSchema(schema: FastifySchema & Shown, url: string, route: RouteOptions): FastifySchema & Shown {
  const method = String(route.method);
  const path = url.slice(OWN.length);
  return {
    ...schema,
    operationId: schema.operationId ?? operationIdOf(method, path),
    tags: schema.tags ?? [tagOf(path)],
    security: securityOf.either,
    response: { ...(schema.response as Record<string, unknown>), default: problemSchema },
  };
}

type Transform = typeof jsonSchemaTransform;

const transform: Transform = (given) => {
  const { schema, url, route } = given as typeof given & { readonly route: RouteOptions };
  const document = route.config?.document;
  if (document !== undefined) {
    const shown = jsonSchemaTransform({ ...given, schema: schemaOf(document) });
    return { schema: withFiles(shown.schema as Shown, document), url };
  }
  if (!url.startsWith(OWN) || schema === undefined) return { schema: { hide: true }, url };
  const shown = jsonSchemaTransform({ ...given, schema: ownSchema(schema as FastifySchema & Shown, url, route) });
  const uploads = route.config?.uploads;
  if (uploads === undefined) return shown;
  return { schema: { ...shown.schema, body: { type: 'string' }, consumes: [...uploads] }, url };
};

/** Has every route that is added from now on noted. */
export async function noteRoutes(app: FastifyInstance, { version }: SoftwareVersion): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Redoubt',
        version,
        description:
          'Finds out how your LLM application can be broken, and guards it. Our own API lies below /api/redoubt/v1; errors are { "error": { "code", "message", "field"?, "lines"? } }.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'This server' }],
      tags,
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'Authorization: Bearer KEY' },
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        },
      },
    },
    transform,
    transformObject: (given) => tidied(jsonSchemaTransformObject(given)),
  });
}
