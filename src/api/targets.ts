// Targets: whether one answers as it should, and which models the settings name.
import { z } from 'zod';
import { testConnection } from '../scan/connection-test.ts';
import { problemSchema } from './problem.ts';
import type { Resource } from './resource.ts';
import { targetBody, targetOfBody } from './scan-body.ts';

/** A page waits for it. */
const MOST_TIMEOUT_MS = 30_000;

const exchangeSchema = z.object({
  method: z.string(),
  url: z.string(),
  request_headers: z.record(z.string(), z.string()).describe('Keys are masked'),
  request_body: z.string(),
  status: z.number().int().nullable().describe('null where no answer came'),
  body: z.string(),
});

const testSchema = z
  .object({
    ok: z.boolean(),
    latency_ms: z.number(),
    answer: z.string().nullable().describe('As Redoubt reads it'),
    failure: z
      .object({
        kind: z.string(),
        status: z.number().int().nullable(),
        message: z.string().describe("The endpoint's own words, keys masked"),
        hint: z.string().nullable().describe('What to do about it'),
      })
      .nullable(),
    adaptations: z.array(z.string()).describe('What had to be changed so that the endpoint takes our requests'),
    exchanges: z.array(exchangeSchema).describe('What went over the wire, shortened'),
  })
  .meta({ id: 'ConnectionTest' });

export const targets: Resource = {
  register(app, { models, openerWith, clock }) {
    const schema = {
      summary: 'Send one harmless message to a target and show what went over the wire',
      operationId: 'testTarget',
      tags: ['targets'],
      body: z.strictObject({ target: targetBody }),
      response: { 200: testSchema, 400: problemSchema, 404: problemSchema },
    };
    app.post('/targets/test', { config: { scope: 'scan' }, schema }, async (request) => {
      const { target, secrets } = targetOfBody(request.body.target, models);
      const limited = { ...target, timeoutMs: Math.min(target.timeoutMs, MOST_TIMEOUT_MS) };
      const { result, hint, exchanges, adaptations } = await testConnection(openerWith, clock, limited, secrets);
      return {
        ok: result.ok,
        latency_ms: result.latencyMs,
        answer: result.ok ? result.answer.text : null,
        failure: result.ok
          ? null
          : { kind: result.failure.kind, status: result.failure.status, message: result.failure.message, hint },
        adaptations: [...adaptations],
        exchanges: exchanges.map(({ requestHeaders, requestBody, ...exchange }) => ({
          ...exchange,
          request_headers: { ...requestHeaders },
          request_body: requestBody,
        })),
      };
    });
    const list = {
      summary: 'Models that the settings of the server name',
      operationId: 'listModels',
      tags: ['targets'],
      response: {
        200: z.object({
          models: z.array(
            z.object({
              name: z.string(),
              host: z.string(),
              model: z.string().describe('What the endpoint calls it'),
              has_key: z.boolean(),
              price_per_million: z.object({ input: z.number(), output: z.number(), currency: z.string() }).nullable(),
            }),
          ),
          default_host: z.string().nullable().describe('Where any other name is looked for; null: nowhere'),
        }),
      },
    };
    app.get('/models', { config: { scope: 'read' }, schema: list }, async () => {
      const fallback = models.default();
      return {
        models: models.names.flatMap((name) => {
          const found = models.find(name);
          if (found === null) return [];
          const { url, apiKey, model, price } = found;
          return [{ name, host: new URL(url).host, model, has_key: apiKey !== null, price_per_million: price }];
        }),
        default_host: fallback === null ? null : new URL(fallback.url).host,
      };
    });
  },
};

export type ConnectionAnswer = z.infer<typeof testSchema>;
