// What the OpenAPI document says of the gateway. Answers are the upstream's own: only what the guard needs has a shape.
import { z } from 'zod';
import type { RouteDocument } from '../core/route-document.ts';
import { chatBodySchema } from './body.ts';

const problem = z.looseObject({
  error: z.looseObject({
    message: z.string(),
    type: z.string().nullish(),
    param: z.string().nullish(),
    code: z.union([z.string(), z.number()]).nullish(),
  }),
});

const base = { tag: 'gateway', problem } as const;

export const documents = {
  chat: {
    ...base,
    operationId: 'gatewayChat',
    summary: 'Ask a model, guarded on the way in and out; streamed where `stream` is true or "hold"',
    body: chatBodySchema,
    answers: { 200: z.looseObject({}) },
  },
  models: {
    ...base,
    operationId: 'gatewayModels',
    summary: 'Models that can be asked',
    answers: { 200: z.looseObject({}) },
  },
  embeddings: {
    ...base,
    operationId: 'gatewayEmbeddings',
    summary: 'Embeddings, passed through unread',
    body: z.looseObject({ model: z.string() }),
    answers: { 200: z.looseObject({}) },
  },
} as const satisfies Record<string, RouteDocument>;
