// The guard's playground: a decision with all that led to it, under stored policies or under drafts that nobody stored.
import { z } from 'zod';
import type { Finding } from '../guard/finding.ts';
import { guardRoles } from '../guard/message.ts';
import { ownWords } from '../guard/open-policy.ts';
import { policySchema } from '../guard/policy.ts';
import type { GuardResult } from '../guard/service.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

const messageSchema = z.object({ role: z.enum(guardRoles), content: z.string() });

const checkBody = z.object({
  messages: z.array(messageSchema).min(1).max(1000),
  session: z.string().max(200).nullable().default(null),
  policies: z
    .array(z.string())
    .max(100)
    .default([])
    .describe('Exactly these; empty: the drafts, and where there is none the default set'),
  drafts: z.array(policySchema).max(20).default([]).describe('Policies that hold for this request alone'),
  fail_fast: z.boolean().default(false),
});

const labelSchema = z.object({ label: z.string(), score: z.number() });

const findingSchema = z.object({
  policy: z.string(),
  version: z.number(),
  detector: z.string(),
  action: z.string(),
  score: z.number().nullable().describe('null where no message has a role of the policy, or nothing could be decided'),
  threshold: z.number(),
  detected: z.boolean(),
  asked: z.boolean(),
  undecided: z.string().nullable(),
  labels: z.array(labelSchema),
  hits: z.array(
    z.object({
      message: z.number().int().describe('Which of the messages, from 0'),
      score: z.number(),
      spans: z.array(labelSchema.extend({ start: z.number().int(), end: z.number().int() })),
    }),
  ),
  ms: z.number(),
});

const answerSchema = z.object({
  id: z.string(),
  flagged: z.boolean(),
  denied: z.boolean(),
  redacted: z.boolean(),
  undecided: z.boolean(),
  override: z.string().nullable().describe('Said in place of an answer'),
  session_risk: z.number().nullable(),
  findings: z.array(findingSchema),
  corrected: z.array(z.object({ role: z.string(), content: z.string() })).nullable(),
  ms: z.number(),
});
export type GuardAnswer = z.infer<typeof answerSchema>;

const findingOf = ({
  policyId,
  policyVersion,
  labels,
  hits,
  ...finding
}: Finding): GuardAnswer['findings'][number] => ({
  policy: policyId,
  version: policyVersion,
  detector: finding.detector,
  action: finding.action,
  score: finding.score,
  threshold: finding.threshold,
  detected: finding.detected,
  asked: finding.asked,
  undecided: finding.undecided,
  labels: [...labels],
  hits: hits.map(({ index, score, spans }) => ({
    message: index,
    score,
    spans: spans.map(({ label, start, end, score: own }) => ({ label, start, end, score: own })),
  })),
  ms: finding.ms,
});

const answerOf = ({ id, decision, correction, sessionRisk, ms }: GuardResult): GuardAnswer => ({
  id,
  flagged: decision.flagged,
  denied: decision.denied,
  redacted: decision.redacted,
  undecided: decision.undecided,
  override: decision.override,
  session_risk: sessionRisk,
  findings: decision.findings.map(findingOf),
  corrected: correction === null ? null : correction.messages.map(({ role, content }) => ({ role, content })),
  ms,
});

function register(app: ApiScope, { guard }: ApiServices): void {
  app.post(
    '/guard/check',
    {
      config: { scope: 'guard' },
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        operationId: 'checkMessages',
        tags: ['guard'],
        summary: 'Ask the guard about messages, with every score that led to the decision',
        body: checkBody,
        response: { 200: answerSchema, 400: problemSchema },
      },
    },
    async (request) => {
      const { messages, session, policies, drafts, fail_fast } = request.body;
      const result = await guard.service.check({
        projectId: callerOfRequest(request).projectId,
        messages,
        session,
        inline: drafts,
        enabled: policies,
        fields: { inline: 'drafts', enabled: 'policies', words: ownWords('') },
        overrideResponse: null,
        failFast: fail_fast,
      });
      return answerOf(result);
    },
  );
}

export const guardCheck: Resource = { register };
