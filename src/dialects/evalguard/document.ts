// What the OpenAPI document says of EvalGuard's routes: its bodies as they are held to, its answers as they are made.
import { z } from 'zod';
import type { RouteDocument } from '../../core/route-document.ts';
import { complianceQuery, exportQuery, firewallBody, guardrailBody, listQuery, scanBody } from './schema.ts';

const problem = z.object({
  success: z.literal(false),
  error: z.looseObject({ code: z.string(), message: z.string(), requestId: z.string() }),
});

const envelope = <Data extends z.ZodType>(data: Data) => z.looseObject({ success: z.literal(true), data });

const count = z.number().int().min(0);

/** What a scan came to. Score and interval are 0..100, `duration` is in milliseconds. */
const scan = z.looseObject({
  id: z.string(),
  status: z.enum(['pending', 'running', 'passed', 'failed', 'error']),
  score: z.number(),
  totalTests: count,
  executedTests: count,
  erroredTests: count,
  notExecuted: count,
  duration: z.number(),
  severityCounts: z.object({ critical: count, high: count, medium: count, low: count }),
  findingsCount: count,
  interval: z.object({ low: z.number(), high: z.number(), level: z.number(), n: count }).nullable(),
  deadlineReached: z.boolean(),
  reason: z.string().optional(),
});

const anything = envelope(z.unknown());
const id = z.object({ id: z.string() });

const base = { tag: 'evalguard', problem } as const;

/** By method and path below the prefix; the older prefix and trailing slashes mean the same. */
export const documents: Readonly<Record<string, RouteDocument>> = {
  'POST /security': {
    ...base,
    operationId: 'evalguardScan',
    summary: 'Scan a model within the deadline',
    body: scanBody,
    answers: { 201: envelope(scan), 429: problem },
  },
  'GET /security': {
    ...base,
    operationId: 'evalguardListScans',
    summary: 'Scans of the project',
    query: listQuery,
    answers: { 200: anything },
  },
  'GET /security/:id': {
    ...base,
    operationId: 'evalguardGetScan',
    summary: 'One scan with its findings',
    params: id,
    answers: { 200: anything },
  },
  'DELETE /security/:id': {
    ...base,
    operationId: 'evalguardDeleteScan',
    summary: 'Delete a scan',
    params: id,
    answers: { 200: anything },
  },
  'GET /security/:id/compliance': {
    ...base,
    operationId: 'evalguardCompliance',
    summary: 'A scan by the controls of a framework',
    params: id,
    query: complianceQuery,
    answers: { 200: anything },
  },
  'GET /exports': {
    ...base,
    operationId: 'evalguardExport',
    summary: 'A scan as a file',
    query: exportQuery,
    answers: { 200: { description: 'The file', types: ['*/*'] } },
  },
  'POST /guardrails': {
    ...base,
    operationId: 'evalguardGuardrails',
    summary: 'Decide on a text',
    body: guardrailBody,
    answers: { 200: anything },
  },
  'POST /firewall/check': {
    ...base,
    operationId: 'evalguardFirewall',
    summary: 'Decide on an input by rules',
    body: firewallBody,
    answers: { 200: anything },
  },
  'GET /project/current': {
    ...base,
    operationId: 'evalguardCurrentProject',
    summary: 'The project of the key',
    answers: { 200: z.object({ projectId: z.string(), orgId: z.string() }) },
  },
  'GET /client/policy': {
    ...base,
    operationId: 'evalguardClientPolicy',
    summary: 'Which versions of the client are taken: all',
    answers: { 200: anything },
  },
  'GET /plugins': {
    ...base,
    operationId: 'evalguardPlugins',
    summary: 'Attack types',
    answers: { 200: anything },
  },
  'GET /scorers': {
    ...base,
    operationId: 'evalguardScorers',
    summary: 'What judges answers',
    answers: { 200: anything },
  },
};
