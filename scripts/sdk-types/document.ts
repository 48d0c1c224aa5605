// Our own API as an OpenAPI document: what the routes say of themselves.
import { z } from 'zod';
import { resources } from '../../src/api/index.ts';
import type { ApiScope, ApiServices } from '../../src/api/resource.ts';
import type { OpenApi, Schema } from './shapes.ts';

const PREFIX = '/api/redoubt/v1';
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface RouteSchema {
  readonly operationId?: string;
  readonly summary?: string;
  readonly querystring?: z.ZodType;
  readonly body?: z.ZodType;
  readonly response?: Readonly<Record<string, z.ZodType>>;
}

function written(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return shape as Schema;
}

const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });

function operationOf({ operationId, summary, querystring, body, response = {} }: RouteSchema) {
  const query = querystring === undefined ? {} : written(querystring, 'input');
  return {
    ...(operationId === undefined ? {} : { operationId }),
    ...(summary === undefined ? {} : { summary }),
    parameters: Object.entries(query.properties ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: query.required?.includes(name) ?? false,
      schema,
    })),
    ...(body === undefined ? {} : { requestBody: json(written(body, 'input')) }),
    responses: Object.fromEntries(
      Object.entries(response)
        .filter(([, schema]) => schema instanceof z.ZodType)
        .map(([status, schema]) => [status, json(written(schema, 'output'))]),
    ),
  };
}

/** Collects the routes without a server: a scope that only remembers what is added to it, services that nobody asks. */
export async function apiDocument(): Promise<OpenApi> {
  const paths: Record<string, Record<string, ReturnType<typeof operationOf>>> = {};
  const remember =
    (method: string) =>
    (path: string, { schema = {} }: { schema?: RouteSchema }): void => {
      const named = `${PREFIX}${path}`.replace(/:(\w+)/g, '{$1}');
      paths[named] = { ...paths[named], [method]: operationOf(schema) };
    };
  const scope = {
    ...Object.fromEntries(methods.map((method) => [method, remember(method)])),
    addContentTypeParser: () => undefined,
  } as unknown as ApiScope;
  const services = new Proxy({}, { get: () => ({}) }) as ApiServices;
  for (const resource of resources) resource.register(scope, services);
  return { paths };
}
