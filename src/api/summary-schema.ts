// Our Summary as our own API describes it; keys that a later version adds pass through.
import { z } from 'zod';
import { endings } from '../core/bounds.ts';
import { rateFamilies } from '../core/outcome.ts';
import type { Summary } from '../scan/summarise.ts';
import { clusteredRateSchema, rateSchema, share } from './rate.ts';
import { spentSchema } from './scan-answer.ts';

const score = {
  cases: z.number().describe('Decided cases'),
  safety: z.number().nullable().describe('0..100; null where none was decided'),
  low: z.number().nullable().describe('95 % interval'),
  high: z.number().nullable(),
};
const scoreSchema = z.looseObject(score);

const attackSchema = z.looseObject({
  id: z.string(),
  title: z.string(),
  fidelity: z.string(),
  decided: z.number(),
  inconclusive: z.number(),
  ...score,
});

const bounds = z
  .tuple([z.number(), z.number()])
  .nullable()
  .describe('If every inconclusive test had been defended, and if every one had been breached');

const ratesSchema = z.looseObject({
  attack_success: clusteredRateSchema,
  attack_success_search: clusteredRateSchema,
  over_refusal: rateSchema,
  failure: rateSchema,
});

const judgeSchema = z.looseObject({
  id: z.string().nullable(),
  model: z.looseObject({ host: z.string(), name: z.string(), prompt_sha256: z.string() }).nullable(),
  health: z.looseObject({ items: z.number(), right: z.number(), is_below_floor: z.boolean() }).nullable(),
  agreement: z.record(z.string(), z.looseObject({ agreed: rateSchema, kappa: z.number().nullable() })).nullable(),
  corrected: z.array(
    z.looseObject({
      kind: z.string(),
      raw: clusteredRateSchema,
      correction: z.looseObject({
        rate: z.looseObject({ rate: z.number(), low: z.number(), high: z.number() }).nullable(),
        because: z.string().nullable(),
      }),
    }),
  ),
});

const searchSchema = z.looseObject({
  id: z.string(),
  title: z.string(),
  fidelity: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  tests: z.number(),
  interrupted: z.number(),
  unconfirmed: z.number(),
  controls: z.number(),
  controls_undecided: z.number().optional().describe('Controls that were asked and did not run to their end'),
  at: z.array(
    z.looseObject({
      k: z.number(),
      success: rateSchema,
      false_success: rateSchema,
      corrected: z.number().nullable(),
    }),
  ),
});

const guardSchema = z.looseObject({
  mode: z.enum(['only', 'both']),
  policies: z.array(z.string()),
  tests: z.number(),
  stopped_by: z.record(z.string(), z.number()),
  success_without: rateSchema.nullable().describe('Of attacks that ask once, on the bare target; null where not asked'),
  success_with: rateSchema,
  success_without_search: rateSchema.nullable().optional().describe('Of attacks that search'),
  success_with_search: rateSchema.optional(),
  needless: rateSchema,
  two_by_two: z.record(z.string(), z.number()).nullable(),
});

const earlyStopSchema = z.looseObject({
  by: z.enum(endings),
  reason: z.string(),
  planned: z.number(),
  run: z.number(),
  meaning: z.array(z.string()).describe('How well the categories are known, and how the intervals are to be read'),
  categories: z
    .array(
      z.looseObject({
        name: z.string(),
        slug: z.string(),
        role: z.enum(['case', 'twin', 'control']),
        planned: z.number(),
        run: z.number(),
        breached: clusteredRateSchema.describe(
          'Of its decided tests, the interval over cases; counts without a rate where they belong to several rates',
        ),
        half_width: share.optional().describe('Half the width of the interval over all its tests; no rate'),
        rates: z
          .array(z.looseObject({ family: z.enum(rateFamilies), search: z.boolean(), breached: clusteredRateSchema }))
          .optional()
          .describe('For each rate apart; `search`: of attacks that go on until they succeed'),
      }),
    )
    .describe('One a dataset; what did not run is in `planned` alone'),
});

const summaryShape = z
  .looseObject({
    scan_id: z.string(),
    name: z.string(),
    target: z.looseObject({ url: z.string(), model: z.string(), simulated: z.boolean() }),
    datasets: z.array(
      z.looseObject({
        name: z.string(),
        slug: z.string(),
        version: z.string(),
        planned: z.number(),
        decided: z.number(),
        inconclusive: z.number(),
        subcategories: z.record(z.string(), scoreSchema),
        ...score,
      }),
    ),
    attacks: z.array(attackSchema),
    curated: scoreSchema,
    added: z.array(
      attackSchema.extend({ name: z.string().optional().describe('As the caller named it; with these parameters') }),
    ),
    counts: z.looseObject({
      planned: z.number(),
      tests: z.number(),
      decided: z.number(),
      breached: z.number(),
      partial: z.number(),
      defended: z.number(),
      refused: z.number(),
      inconclusive: z.number(),
      unjudged: z.number(),
      blocked_by_provider: z.number(),
      inconclusive_reasons: z.record(z.string(), z.number()),
      breached_by_severity: z.record(z.string(), z.number()),
      twins: z.number(),
    }),
    rates: ratesSchema,
    intervals: z.looseObject({ attack_success_bounds: bounds, attack_success_search_bounds: bounds }),
    avg_score: z.number().nullable(),
    risk_level: z.enum(['Low', 'Medium', 'High']).nullable().describe('Null where nothing was decided'),
    not_tested: z.array(z.looseObject({ dataset: z.string(), cases: z.number(), reason: z.string() })),
    judge: judgeSchema,
    fidelity: z.record(z.string(), z.string()),
    searches: z.array(searchSchema),
    utility_under_attack: rateSchema.nullable(),
    guard: guardSchema.optional(),
    spent: spentSchema.optional(),
    early_stop: earlyStopSchema.optional().describe('Left out where the scan ran to its end'),
    manifest: z.record(z.string(), z.unknown()),
    marks: z
      .looseObject({
        marked: z.number(),
        wrong: z.number(),
        counts: z.record(z.string(), z.number()),
        rates: ratesSchema,
      })
      .optional()
      .describe('Numbers with what people say of the verdicts; left out where nobody said anything'),
  })
  .meta({ id: 'Summary' });

/** Typed as what the summary really is: its lists are read-only, which no schema of mutable ones would take. */
export const summarySchema = summaryShape as unknown as z.ZodType<Summary, Summary>;
