// What the OpenAPI document says of EvalGuard's routes: its bodies as they are held to, its answers as they are made.
import { z } from 'zod';
import type { RouteDocument } from '../../core/route-document.ts';
import { complianceQuery, exportQuery, firewallBody, guardrailBody, listQuery, scanBody } from './schema.ts';

const problem = z.object({
  success: z.literal(false),
  error: z.looseObject({ code: z.string(), message: z.string(), requestId: z.string() }),
});

const envelope = <Data extends z.ZodType>(data: Data) => z.looseObject({ success: z.literal(true), data });

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
    answers: { 200: envelope(z.looseObject({})) },
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
