// What the OpenAPI document says of VirtueRed's routes: its bodies as they are held to, its answers as they are made.
import { z } from 'zod';
import type { RouteDocument } from '../../core/route-document.ts';
import { listBody, progressBody, sandboxBody, scanIdBody, startBody, usageBody } from './schema.ts';

const problem = z.object({ status: z.number(), error: z.string(), message: z.string(), detail: z.string() });

const accepted = z.object({ scan_id: z.string(), status: z.number() });

const progress = z.looseObject({
  scan_id: z.string(),
  scan_name: z.string(),
  scan_time: z.string(),
  created_at: z.string(),
  status: z.enum(['Initializing', 'Scanning', 'Paused', 'Finished', 'Failed', 'Error']),
  passed_line: z.number(),
  total_length: z.number(),
  remaining_time: z.number(),
  percentage: z.number(),
  reason: z.string().optional(),
});

const numbers = z.record(z.string(), z.number());

const summary = z.looseObject({
  scan_id: z.string(),
  scan_name: z.string(),
  model_name: z.string(),
  total_length: z.number(),
  averages: numbers,
  averages_sub: z.record(z.string(), numbers),
  averages_attack: numbers,
  failures: z.record(z.string(), z.array(z.looseObject({}))),
  scores: numbers,
  risk_level: z.string(),
  avg_score: z.number().nullable(),
});

const usage = z.object({
  user_id: z.string(),
  mode: z.string(),
  period: z.object({ start: z.string(), end: z.string() }).nullable(),
  total_scans: z.number(),
  as_of: z.string(),
});

const base = { tag: 'virtuered', bodyTypes: ['application/toml'], problem, key: 'header' } as const;

/** By path; all are sent by POST. */
export const documents: Readonly<Record<string, RouteDocument>> = {
  '/v1/scan/start': {
    ...base,
    operationId: 'virtueredStart',
    summary: 'Start a scan',
    body: startBody,
    answers: { 200: accepted },
  },
  '/v1/sandbox/scan/start': {
    ...base,
    operationId: 'virtueredSandbox',
    summary: 'Start a sandbox scan of 12 cases',
    description:
      'Its calls end within a minute: the fewer of them concurrency and qpm let out at once, the less time each has (55 s down to 5 s).',
    body: sandboxBody,
    answers: { 200: accepted },
  },
  '/v1/scan/progress': {
    ...base,
    operationId: 'virtueredProgress',
    summary: 'How a scan stands; without scan_id all scans',
    body: z.object({ ...progressBody.shape, ...listBody.shape }),
    answers: { 200: z.union([progress, z.array(progress)]) },
  },
  '/v1/scan/summary': {
    ...base,
    operationId: 'virtueredSummary',
    summary: 'What a finished scan found',
    body: scanIdBody,
    answers: { 200: summary },
  },
  '/v1/scan/download': {
    ...base,
    operationId: 'virtueredDownload',
    summary: 'The archive of a finished scan',
    body: scanIdBody,
    answers: { 200: { description: 'results.jsonl, summary.json, report.pdf', types: ['application/zip'] } },
  },
  '/v1/scan/pause': {
    ...base,
    operationId: 'virtueredPause',
    summary: 'Pause a scan',
    body: scanIdBody,
    answers: { 200: z.object({ status: z.string(), scan_id: z.string() }) },
  },
  '/v1/scan/retry': {
    ...base,
    operationId: 'virtueredRetry',
    summary: 'Go on with a Paused, Failed or Error scan',
    body: scanIdBody,
    answers: { 200: accepted },
  },
  '/v1/scan/usage': {
    ...base,
    operationId: 'virtueredUsage',
    summary: 'Scans that finished in a period',
    body: usageBody,
    answers: { 200: usage },
  },
};
