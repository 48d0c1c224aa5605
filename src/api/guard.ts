// The guard's own routes: recorded decisions, figures by detector, and what a draft of a policy would have done.
import { z } from 'zod';
import { isoTime } from '../core/iso-time.ts';
import type { RecordedDecision } from '../guard/decision-log.ts';
import type { DryRunChange } from '../guard/dry-run.ts';
import { timeBounds } from '../guard/metrics.ts';
import { policySchema } from '../guard/policy.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';

const MOST_DECISIONS = 10_000;

const messageSchema = z.object({ role: z.string(), content: z.string() });

const verdictSchema = z.object({
  flagged: z.boolean(),
  denied: z.boolean(),
  redacted: z.boolean(),
  undecided: z.boolean().describe('Some check could not decide'),
});

const decisionSchema = verdictSchema.extend({
  id: z.string(),
  created_at: z.iso.datetime(),
  session: z.string().nullable(),
  findings: z.array(
    z.object({
      policy: z.string(),
      version: z.number(),
      detector: z.string(),
      action: z.string(),
      score: z.number().nullable(),
      threshold: z.number(),
      detected: z.boolean(),
      labels: z.array(z.string()),
      undecided: z.string().nullable(),
    }),
  ),
  messages: z
    .array(messageSchema)
    .nullable()
    .describe('What was found is replaced by its label; null where none are kept'),
  ms: z.number(),
});

export type DecisionEntry = z.infer<typeof decisionSchema>;

const decisionAnswer = (decision: RecordedDecision): z.infer<typeof decisionSchema> => ({
  id: decision.id,
  created_at: isoTime(decision.createdAt),
  session: decision.session,
  flagged: decision.flagged,
  denied: decision.denied,
  redacted: decision.redacted,
  undecided: decision.undecided,
  findings: decision.findings.map(({ policyId, policyVersion, labels, ...finding }) => ({
    ...finding,
    policy: policyId,
    version: policyVersion,
    labels: labels.map(({ label }) => label),
  })),
  messages: decision.messages === null ? null : [...decision.messages],
  ms: decision.ms,
});

const changeSchema = z.object({
  id: z.string(),
  created_at: z.iso.datetime(),
  was: verdictSchema,
  would: verdictSchema,
  fired: z.array(z.string()),
  messages: z.array(messageSchema),
});

const changeAnswer = ({ createdAt, fired, messages, ...change }: DryRunChange): z.infer<typeof changeSchema> => ({
  ...change,
  created_at: isoTime(createdAt),
  fired: [...fired],
  messages: [...messages],
});

const countSchema = z.object({ before: z.number(), after: z.number() });
const dryRunSchema = z.object({
  sentence: z.string().describe('The result in one sentence'),
  n: z.number().describe('Recorded decisions that the draft was asked about'),
  without_messages: z.number().describe('Recorded decisions whose messages were not kept'),
  denies: countSchema,
  flags: countSchema,
  denied: z.array(changeSchema).describe('Would be denied and were not, newest first'),
  released: z.array(changeSchema).describe('Were denied and would not be, newest first'),
});

const draftBody = z.object({
  draft: policySchema.describe('A policy as policy files have it'),
  decisions: z
    .number()
    .int()
    .min(1)
    .max(MOST_DECISIONS)
    .default(1000)
    .describe('How many of the latest are asked about'),
  most: z.number().int().min(0).max(1000).default(20).describe('How many changes are shown of each kind'),
});

export type DryRunAnswer = z.infer<typeof dryRunSchema>;

function addDryRun(app: ApiScope, { guard }: ApiServices): void {
  const schema = {
    summary: 'What a draft of a policy would have done to recorded decisions',
    operationId: 'dryRunPolicy',
    body: draftBody,
    response: { 200: dryRunSchema, 400: problemSchema },
  };
  app.post('/guard/dry-run', { config: { scope: 'guard' }, schema }, async (request) => {
    const { draft, decisions, most } = request.body;
    const run = await guard.dryRun(callerOfRequest(request).projectId, draft, { decisions, most });
    const more = run.denies.after - run.denies.before;
    return {
      sentence: `Of ${run.n} recorded decisions it would deny ${run.denies.after}, ${Math.abs(more)} ${more < 0 ? 'fewer' : 'more'} than were denied.`,
      n: run.n,
      without_messages: run.withoutMessages,
      denies: run.denies,
      flags: run.flags,
      denied: run.denied.map(changeAnswer),
      released: run.released.map(changeAnswer),
    };
  });
}

const figuresSchema = z.object({
  detector: z.string(),
  asked: z.number(),
  detected: z.number(),
  undecided: z.number(),
  ms: z.number().describe('Sum of the times'),
  times: z.array(z.object({ up_to_ms: z.number().nullable(), n: z.number() })),
});

function addReading(app: ApiScope, { guard }: ApiServices): void {
  const query = z.object({ limit: z.coerce.number().int().min(1).max(1000).default(100) });
  const listed = {
    summary: 'The latest recorded decisions, newest first',
    querystring: query,
    response: { 200: z.array(decisionSchema) },
  };
  app.get('/guard/decisions', { config: { scope: 'read' }, schema: listed }, async (request) =>
    (await guard.log.latest(callerOfRequest(request).projectId, request.query.limit)).map(decisionAnswer),
  );
  const figures = {
    summary: 'Figures of the project by detector since the start of the server',
    response: { 200: z.array(figuresSchema) },
  };
  app.get('/guard/detectors', { config: { scope: 'admin' }, schema: figures }, async (request) =>
    [...guard.metrics.ofProject(callerOfRequest(request).projectId)].map(([detector, { times, ...rest }]) => ({
      detector,
      ...rest,
      times: times.map((n, place) => ({ up_to_ms: timeBounds[place] ?? null, n })),
    })),
  );
}

export const guardResource: Resource = {
  register(app, services) {
    addDryRun(app, services);
    addReading(app, services);
  },
};
