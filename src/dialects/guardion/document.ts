// What the OpenAPI document says of Guardion's routes: its bodies as they are held to, its answers as they are made.
import { z } from 'zod';
import type { RouteDocument } from '../../core/route-document.ts';
import { detokenizeBody, evalBody, guardBody, policyBody } from './schema.ts';

const problem = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string(), type: z.string() })),
  ]),
});

const found = {
  policy_id: z.string(),
  detector: z.string(),
  detected: z.boolean(),
  threshold: z.number().nullable(),
  score: z.number().nullable(),
};

const shared = {
  time: z.number(),
  created: z.number(),
  flagged: z.boolean(),
  deny: z.boolean(),
  redacted: z.boolean(),
  session_risk_score: z.number().optional(),
};

const correction = z
  .looseObject({ choices: z.array(z.looseObject({ role: z.string(), content: z.string() })) })
  .nullable();

const evalAnswer = z.looseObject({
  object: z.literal('eval'),
  ...shared,
  status: z.enum(['flagged', 'safe']),
  breakdown: z.array(z.looseObject({ ...found, result: z.string().nullable() })),
  correction,
});

const guardAnswer = z.looseObject({
  id: z.string(),
  object: z.literal('guard'),
  ...shared,
  breakdown: z.array(z.looseObject({ ...found, policy: z.string(), top_label: z.string().nullable() })),
  correction,
});

const policy = z.looseObject({
  id: z.string(),
  version: z.number(),
  definition: z.string().nullable(),
  target: z.union([z.string(), z.array(z.string())]),
  detectors: z.array(z.looseObject({ model: z.string(), expected: z.string(), threshold: z.number().nullable() })),
});

const base = { tag: 'guardion', problem, key: 'bearer' } as const;

/** By path of what is sent by POST. */
export const postDocuments: Readonly<Record<string, RouteDocument>> = {
  '/v1/eval': {
    ...base,
    operationId: 'guardionEval',
    summary: 'Decide on messages',
    body: evalBody,
    answers: { 200: evalAnswer },
  },
  '/v1/guard': {
    ...base,
    operationId: 'guardionGuard',
    summary: 'Decide on messages, in the newer form',
    body: guardBody,
    answers: { 200: guardAnswer },
  },
  '/v1/policies': {
    ...base,
    operationId: 'guardionSavePolicy',
    summary: 'Store a new version of a policy',
    body: policyBody,
    answers: { 200: policy },
  },
  '/v1/detokenize': {
    ...base,
    operationId: 'guardionDetokenize',
    summary: 'What redaction tokens stand for; each is revealed once',
    body: detokenizeBody,
    answers: {
      200: z.object({
        object: z.literal('detokenize'),
        values: z.record(z.string(), z.string().nullable()),
        text: z.string().optional(),
      }),
    },
  },
};

export const getDocuments = {
  '/v1/policies': {
    ...base,
    operationId: 'guardionListPolicies',
    summary: 'Policies in force',
    answers: { 200: z.array(policy) },
  },
  '/v1/policies/detectors': {
    ...base,
    operationId: 'guardionListDetectors',
    summary: 'Ids of the detectors',
    answers: { 200: z.array(z.string()) },
  },
} as const satisfies Record<string, RouteDocument>;
