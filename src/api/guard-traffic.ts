// The guard's recorded traffic: how much, how quick, which sessions are risky.
import { z } from 'zod';
import { isoTime } from '../core/iso-time.ts';
import { byHour, countsOf, percentilesOf, rulesOf, sessionsOf } from '../guard/traffic.ts';
import { decisionFacts } from '../store/guard-facts.ts';
import { problemSchema } from './problem.ts';
import { type ApiServices, callerOfRequest, type Resource } from './resource.ts';

const HOUR_MS = 60 * 60 * 1000;
const MOST_HOURS = 24 * 90;
/** Looked at; the latest of them. */
const MOST_DECISIONS = 20_000;

const time = z.iso.datetime();
const count = z.number().int();
const counts = { n: count, flagged: count, denied: count, redacted: count, undecided: count };

const trafficSchema = z
  .object({
    from: time,
    to: time,
    sampled: z.string().describe('Which decisions are recorded at all'),
    truncated: z.boolean().describe('There were more than are looked at'),
    total: z.object(counts),
    latency_ms: z.object({
      n: count,
      p50: z.number().nullable(),
      p90: z.number().nullable(),
      p95: z.number().nullable(),
      p99: z.number().nullable(),
      max: z.number().nullable(),
    }),
    by_hour: z.array(z.object({ at: time, ...counts })),
    rules: z.array(
      z.object({ policy: z.string(), detector: z.string(), asked: count, detected: count, undecided: count }),
    ),
  })
  .meta({ id: 'GuardTraffic' });

const sessionSchema = z.object({
  session: z.string(),
  ...counts,
  risk: z.number().describe('Mean over its decisions of the strongest score that fired, 0..1'),
  peak: z.number(),
  first_at: time,
  last_at: time,
});

const windowQuery = z.object({
  hours: z.coerce.number().int().min(1).max(MOST_HOURS).default(24).describe('How far back'),
});

const SAMPLED = 'All decisions in which something was found or could not be decided, and a sample of the others.';

async function factsOf({ guard, store, clock }: ApiServices, projectId: string, hours: number) {
  // What is still to be written counts, too.
  await guard.log.flush();
  const to = clock.now();
  const from = to - hours * HOUR_MS;
  return { from, to, facts: await decisionFacts(store, projectId, from, MOST_DECISIONS) };
}

export const guardTraffic: Resource = {
  register(app, services) {
    const traffic = {
      summary: 'What the guard decided lately, and how quickly',
      operationId: 'getGuardTraffic',
      tags: ['guard'],
      querystring: windowQuery,
      response: { 200: trafficSchema, 400: problemSchema },
    };
    app.get('/guard/traffic', { config: { scope: 'read' }, schema: traffic }, async (request) => {
      const { from, to, facts } = await factsOf(services, callerOfRequest(request).projectId, request.query.hours);
      return {
        from: isoTime(from),
        to: isoTime(to),
        sampled: SAMPLED,
        truncated: facts.length === MOST_DECISIONS,
        total: countsOf(facts),
        latency_ms: percentilesOf(facts.map(({ ms }) => ms)),
        by_hour: byHour(facts).map(({ at, ...rest }) => ({ at: isoTime(at), ...rest })),
        rules: rulesOf(facts).map((rule) => ({ ...rule })),
      };
    });
    const sessions = {
      summary: 'Sessions by risk, from recorded decisions',
      operationId: 'listGuardSessions',
      tags: ['guard'],
      querystring: windowQuery.extend({ limit: z.coerce.number().int().min(1).max(1000).default(100) }),
      response: { 200: z.object({ sessions: z.array(sessionSchema), total: count }), 400: problemSchema },
    };
    app.get('/guard/sessions', { config: { scope: 'read' }, schema: sessions }, async (request) => {
      const { hours, limit } = request.query;
      const { facts } = await factsOf(services, callerOfRequest(request).projectId, hours);
      const all = sessionsOf(facts);
      return {
        sessions: all.slice(0, limit).map(({ firstAt, lastAt, ...rest }) => ({
          ...rest,
          first_at: isoTime(firstAt),
          last_at: isoTime(lastAt),
        })),
        total: all.length,
      };
    });
  },
};

export type TrafficAnswer = z.infer<typeof trafficSchema>;
export type GuardSessionAnswer = z.infer<typeof sessionSchema>;
