// What the OpenAPI document says of the pages that say whether the server lives.
import { z } from 'zod';
import type { RouteDocument } from '../core/route-document.ts';

const base = { tag: 'server', key: 'none' } as const;

export const openDocuments = {
  health: {
    ...base,
    operationId: 'getHealth',
    summary: 'The server lives',
    answers: { 200: z.object({ status: z.literal('ok'), version: z.string() }) },
  },
  ready: {
    ...base,
    operationId: 'getReadiness',
    summary: 'The database answers',
    answers: {
      200: z.object({ status: z.literal('ready') }),
      503: z.object({ status: z.string(), reason: z.string() }),
    },
  },
} as const satisfies Record<string, RouteDocument>;
