// How a scan looks in our own API: in lists, by itself, and how far it is.

import { z } from 'zod';
import { endings } from '../core/bounds.ts';
import { isoTime } from '../core/iso-time.ts';
import { type Outcome, outcomes } from '../core/outcome.ts';
import { scanKinds, scanStatuses } from '../core/scan-status.ts';
import { riskLevelOf } from '../core/score/risk-level.ts';
import { isSimulatedTarget } from '../core/simulated.ts';
import { spendingOf } from '../scan/prices.ts';
import type { Progress } from '../scan/progress.ts';
import { type ScanSpec, specOf } from '../scan/spec.ts';
import type { Summary } from '../scan/summarise.ts';
import type { CallCounterRow, HelperCallRow, ScanRow } from '../store/schema.ts';
import { clusteredRateSchema, rateSchema } from './rate.ts';

const time = z.iso.datetime();
const count = z.number().int().min(0);

export const scanParams = z.object({ scan_id: z.string().min(1).max(200) });

export const outcomeCounts = z
  .object(Object.fromEntries(outcomes.map((outcome) => [outcome, count])) as Record<Outcome, typeof count>)
  .meta({ id: 'OutcomeCounts' });

export const headlineSchema = z
  .object({
    risk_level: z.string().nullable().describe('Null where nothing was decided'),
    avg_score: z.number().nullable().describe('Mean safety of the datasets, 0..100'),
    attack_success: clusteredRateSchema,
    attack_success_search: clusteredRateSchema.describe('Of attacks that search until they succeed'),
    over_refusal: rateSchema,
    failure: rateSchema,
    inconclusive: count,
    judge: z.string().nullable(),
    judge_below_floor: z.boolean().describe('Its judge failed on known answers: the rates are not to be believed'),
  })
  .meta({ id: 'Headline' });

export const scanSchema = z
  .object({
    scan_id: z.string(),
    name: z.string(),
    kind: z.enum(scanKinds),
    status: z.enum(scanStatuses),
    reason: z.string().nullable().describe('Why it is Failed or Error, or ended before its last test'),
    ended_by: z
      .enum(endings)
      .nullable()
      .describe('What ended it before its last test: one of its bounds, or a person; null: nothing did'),
    simulated: z.boolean().describe('The target was simulated: nothing follows about a real model'),
    target: z.object({ key: z.string(), kind: z.enum(['openai', 'http']), url: z.string(), model: z.string() }),
    preset: z.string(),
    seed: z.number().int(),
    guard: z.enum(['none', 'only', 'both']),
    planned: count.describe('Tests of ordinary cases'),
    done: count,
    decided: count,
    outcomes: outcomeCounts,
    percentage: z.number().describe('0..100'),
    remaining_seconds: count.describe('0 once it has ended'),
    created_at: time,
    started_at: time.nullable(),
    ended_at: time.nullable(),
    created_by: z.string(),
    headline: headlineSchema.nullable().describe('null before the end'),
  })
  .meta({ id: 'Scan' });

export const callsSchema = z
  .object({
    total: count,
    ok: count,
    rate_limited: count.describe('Answered with 429'),
    failed: count.describe('All other failures'),
    by_result: z.record(z.string(), count),
  })
  .meta({ id: 'Calls' });

export const paceSchema = z
  .object({
    calls_per_minute: z.number().nullable().describe('null before there is anything to go by'),
    window_seconds: z.number().describe('What it was counted over'),
    qpm: z.number().nullable().describe('The limit that was asked for'),
  })
  .meta({ id: 'Pace' });

const tokensSchema = z.object({
  calls: count,
  prompt: count,
  completion: count,
  estimated: count.describe('Calls whose tokens were estimated from their length, as the endpoint told none'),
});

export const spentSchema = z
  .object({
    seconds: z.number().describe('While it was worked on'),
    tokens: z.record(z.string(), tokensSchema).describe('By role: target, attacker, judge'),
    cost: z
      .object({ currency: z.string(), total: z.number(), by_role: z.record(z.string(), z.number()) })
      .nullable()
      .describe('null where a price is not known'),
  })
  .meta({ id: 'Spent' });

export const scanDetailSchema = scanSchema
  .extend({
    calls: callsSchema,
    pace: paceSchema,
    spent: spentSchema.describe('So far'),
    bounds: z
      .object({
        max_cost: z.number().nullable(),
        max_calls: z.number().nullable(),
        max_seconds: z.number().nullable(),
        until_interval: z.number().nullable().describe('Points to either side'),
      })
      .nullable()
      .describe('What may end it before its last test; null: nothing may'),
    limits: z.object({ concurrency: count, qpm: z.number().nullable(), timeout_seconds: z.number() }),
    datasets: z.array(
      z.object({
        name: z.string(),
        slug: z.string(),
        version: z.string(),
        role: z.enum(['case', 'twin', 'control']),
        tests: count,
      }),
    ),
    attacks: z.array(z.object({ id: z.string(), label: z.string() })),
    judge: z.enum(['layers', 'none']),
    judge_model: z.boolean(),
    adaptations: z.array(z.string()).describe('What was changed so that the target takes our requests'),
    authorised_by: z.string().nullable(),
  })
  .meta({ id: 'ScanDetail' });

export function headlineOf(row: ScanRow): z.infer<typeof headlineSchema> | null {
  if (row.status !== 'Finished' || row.summary === null) return null;
  const summary = JSON.parse(row.summary) as Summary;
  const { avg_score, rates, counts, judge } = summary;
  return {
    risk_level: riskLevelOf(summary),
    avg_score,
    ...rates,
    inconclusive: counts.inconclusive,
    judge: judge.id,
    judge_below_floor: judge.health?.is_below_floor ?? false,
  };
}

function isSimulated(row: ScanRow, { target }: ScanSpec): boolean {
  if (isSimulatedTarget(target)) return true;
  return row.summary !== null && (JSON.parse(row.summary) as Summary).target.simulated;
}

export function scanAnswer(row: ScanRow, progress: Progress): z.infer<typeof scanSchema> {
  const spec = specOf(row);
  const { kind, url, model } = spec.target;
  return {
    scan_id: row.id,
    name: row.name,
    kind: row.kind,
    status: row.status,
    reason: row.reason,
    ended_by: row.ended_by,
    simulated: isSimulated(row, spec),
    target: { key: row.target_key, kind, url, model },
    preset: spec.preset,
    seed: spec.seed,
    guard: spec.guard?.mode ?? 'none',
    planned: row.planned,
    done: progress.done,
    decided: progress.decided,
    outcomes: { ...progress.byOutcome },
    percentage: Math.min(100, progress.percentage),
    remaining_seconds: progress.remainingSeconds,
    created_at: isoTime(row.created_at),
    started_at: isoTime(row.started_at),
    ended_at: isoTime(row.ended_at),
    created_by: row.created_by,
    headline: headlineOf(row),
  };
}

export function callsAnswer(rows: readonly CallCounterRow[]): z.infer<typeof callsSchema> {
  const sum = (wanted: (result: string) => boolean): number =>
    rows.reduce((total, { result, n }) => (wanted(result) ? total + n : total), 0);
  const is429 = (result: string): boolean => result.startsWith('rate_limited');
  return {
    total: sum(() => true),
    ok: sum((result) => result === 'ok'),
    rate_limited: sum(is429),
    failed: sum((result) => result !== 'ok' && !is429(result)),
    by_result: Object.fromEntries(rows.map(({ result, n }) => [result, n])),
  };
}

/** Over the whole time that it was worked on. */
function meanPace(row: ScanRow, spec: ScanSpec, calls: number): z.infer<typeof paceSchema> {
  const minutes = row.active_ms / 60_000;
  return {
    calls_per_minute: minutes > 0 ? calls / minutes : null,
    window_seconds: row.active_ms / 1000,
    qpm: spec.target.qpm,
  };
}

/** What the scan took so far. */
export function spentAnswer(
  row: ScanRow,
  callRows: readonly CallCounterRow[],
  helperCalls: readonly HelperCallRow[],
): z.infer<typeof spentSchema> {
  const { seconds, tokens, cost } = spendingOf(specOf(row), callRows, helperCalls, row.active_ms);
  return { seconds, tokens: { ...tokens }, cost: cost && { ...cost, by_role: { ...cost.by_role } } };
}

function boundsAnswer({ bounds }: ScanSpec): z.infer<typeof scanDetailSchema>['bounds'] {
  if (bounds === undefined) return null;
  const { maxCost, maxCalls, maxSeconds, untilInterval } = bounds;
  return { max_cost: maxCost, max_calls: maxCalls, max_seconds: maxSeconds, until_interval: untilInterval };
}

export function scanDetailAnswer(
  row: ScanRow,
  progress: Progress,
  callRows: readonly CallCounterRow[],
  helperCalls: readonly HelperCallRow[],
): z.infer<typeof scanDetailSchema> {
  const spec = specOf(row);
  const calls = callsAnswer(callRows);
  return {
    ...scanAnswer(row, progress),
    calls,
    pace: meanPace(row, spec, calls.total),
    spent: spentAnswer(row, callRows, helperCalls),
    bounds: boundsAnswer(spec),
    limits: {
      concurrency: spec.target.concurrency,
      qpm: spec.target.qpm,
      timeout_seconds: spec.target.timeoutMs / 1000,
    },
    datasets: spec.datasets.map(({ title, slug, version, role, tests }) => ({
      name: title,
      slug,
      version,
      role,
      tests,
    })),
    attacks: spec.attacks.map(({ id, label }) => ({ id, label })),
    judge: spec.judge,
    judge_model: spec.judgeModel,
    adaptations: JSON.parse(row.adaptations) as string[],
    authorised_by: spec.authorisedBy,
  };
}
