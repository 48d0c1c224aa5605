// The overview: each target with its grade, how it went and what is open; the guard's last day; the judge.
import { z } from 'zod';
import { isoTime } from '../core/iso-time.ts';
import { wilson } from '../core/score/interval.ts';
import { countsOf, percentilesOf } from '../guard/traffic.ts';
import { type TargetHistory, targetHistories } from '../scan/home.ts';
import { progressOf } from '../scan/progress.ts';
import type { Summary } from '../scan/summarise.ts';
import { finishTimes } from '../store/access.ts';
import { decisionFacts } from '../store/guard-facts.ts';
import { countersOf } from '../store/results.ts';
import { scansPage } from '../store/scan-pages.ts';
import { rateSchema } from './rate.ts';
import { type ApiServices, callerOfRequest, type Resource } from './resource.ts';
import { headlineOf, headlineSchema, scanAnswer, scanSchema } from './scan-answer.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_DECISIONS = 20_000;

const count = z.number().int();

const targetSchema = z.object({
  key: z.string(),
  url: z.string(),
  model: z.string(),
  simulated: z.boolean(),
  finished_scans: count,
  latest: scanSchema,
  headline: headlineSchema.nullable(),
  trend: z
    .array(
      z.object({
        scan_id: z.string(),
        name: z.string(),
        ended_at: z.iso.datetime(),
        attack_success: rateSchema,
        over_refusal: rateSchema,
        risk_level: z.string().nullable(),
      }),
    )
    .describe('Oldest first'),
  open_findings: z.record(z.string(), count).describe('By severity: new, known and come back'),
});

const homeSchema = z
  .object({
    targets: z.array(targetSchema),
    running: z.array(scanSchema).describe('Scans that are under way'),
    finished_scans: count,
    guard: z
      .object({
        hours: count,
        n: count,
        flagged: count,
        denied: count,
        redacted: count,
        undecided: count,
        p95_ms: z.number().nullable(),
      })
      .describe('Recorded decisions of the last day'),
    judge: z
      .object({
        id: z.string().nullable(),
        scan_id: z.string(),
        known_answers: rateSchema.describe('Right among the known answers it was put to'),
        below_floor: z.boolean(),
      })
      .nullable()
      .describe('Of the latest finished scan that was judged; null where none was'),
  })
  .meta({ id: 'Home' });

function targetAnswer(
  { key, scans, finished, open }: TargetHistory,
  answer: (row: TargetHistory['scans'][number]) => z.infer<typeof scanSchema>,
): z.infer<typeof targetSchema>[] {
  const [row] = scans;
  if (row === undefined) return [];
  const latest = answer(row);
  const trend = [...scans].reverse().flatMap((each) => {
    const headline = headlineOf(each);
    if (headline === null) return [];
    const { attack_success, over_refusal, risk_level } = headline;
    const ended_at = isoTime(each.ended_at ?? each.created_at);
    return [{ scan_id: each.id, name: each.name, ended_at, attack_success, over_refusal, risk_level }];
  });
  const { url, model } = latest.target;
  return [
    {
      key,
      url,
      model,
      simulated: latest.simulated,
      finished_scans: finished,
      latest,
      headline: latest.headline,
      trend,
      open_findings: { ...open },
    },
  ];
}

function judgeOf(histories: readonly TargetHistory[]): z.infer<typeof homeSchema>['judge'] {
  const latestFirst = histories
    .flatMap(({ scans }) => scans)
    .sort((a, b) => Number(b.ended_at ?? 0) - Number(a.ended_at ?? 0));
  for (const { id, summary } of latestFirst) {
    const judge = summary === null ? null : (JSON.parse(summary) as Summary).judge;
    if (!judge?.health) continue;
    const { right, items, is_below_floor } = judge.health;
    return { id: judge.id, scan_id: id, known_answers: wilson(right, items), below_floor: is_below_floor };
  }
  return null;
}

async function guardOf({ guard, store, clock }: ApiServices, projectId: string) {
  await guard.log.flush();
  const facts = await decisionFacts(store, projectId, clock.now() - DAY_MS, MOST_DECISIONS);
  return { hours: 24, ...countsOf(facts), p95_ms: percentilesOf(facts.map(({ ms }) => ms)).p95 };
}

export const home: Resource = {
  register(app, services) {
    const { store, clock } = services;
    const schema = {
      summary: 'The overview of a project',
      operationId: 'getHome',
      tags: ['server'],
      response: { 200: homeSchema },
    };
    app.get('/home', { config: { scope: 'read' }, schema }, async (request) => {
      const { projectId } = callerOfRequest(request);
      const histories = await targetHistories({ store, clock }, projectId);
      const running = await scansPage(store, projectId, { statuses: ['Initializing', 'Scanning', 'Paused'] }, null, 50);
      const rows = [...histories.flatMap(({ scans }) => scans.slice(0, 1)), ...running];
      const counters = await countersOf(
        store,
        rows.map(({ id }) => id),
      );
      const answer = (row: (typeof rows)[number]) => scanAnswer(row, progressOf(row, counters, clock.now()));
      return {
        targets: histories.flatMap((history) => targetAnswer(history, answer)),
        running: running.map(answer),
        finished_scans: (await finishTimes(store, projectId)).length,
        guard: await guardOf(services, projectId),
        judge: judgeOf(histories),
      };
    });
  },
};

export type HomeAnswer = z.infer<typeof homeSchema>;
