// How a test looks in our own API: as a row of a table, and whole.
import { z } from 'zod';
import { textOf } from '../core/chat.ts';
import { expectations, outcomes, reasons } from '../core/outcome.ts';
import { attackTitle } from '../scan/report.ts';
import type { ScanSpec } from '../scan/spec.ts';
import type { Conversation, TestDetail } from '../scan/test-detail.ts';
import type { TestWithTry } from '../store/results.ts';
import type { MarkRow, TryRow } from '../store/schema.ts';

const SHOWN_REQUEST = 200;

const markSchema = z.object({
  outcome: z.enum(outcomes),
  reason: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});

export const testSchema = z
  .object({
    test_no: z.number().int().describe('Its place in the plan'),
    plan_key: z.string().describe('The same in every scan that asks the same'),
    role: z.enum(['case', 'twin', 'control']),
    case_id: z.string(),
    dataset: z.string().describe('Slug'),
    dataset_name: z.string(),
    subcategory: z.string(),
    attack: z.string(),
    attack_title: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    expect: z.enum(expectations),
    severity: z.enum(['low', 'medium', 'high', 'critical']),
    outcome: z.enum(outcomes),
    reason: z.enum(reasons),
    score: z.number().nullable().describe('Safety, 0..100'),
    confidence: z.number(),
    judge: z.string(),
    tries: z.number().int(),
    first_success: z.number().int().nullable(),
    calls: z.number().int(),
    latency_ms: z.number(),
    tokens: z.object({ prompt: z.number().nullable(), completion: z.number().nullable() }),
    stopped_by: z.string().nullable().describe('Who stopped it, where the guard was in play'),
    request: z.string().describe('The beginning of what was asked last, as it was sent'),
    mark: markSchema.nullable().describe('What a person says of the verdict'),
  })
  .meta({ id: 'Test' });

const toolCallSchema = z.object({ id: z.string(), name: z.string(), arguments: z.string() });

const conversation = {
  messages: z.array(
    z.object({
      role: z.string(),
      text: z.string().nullable().describe('null where it is withheld'),
      sha256: z.string().nullable(),
      images: z.number().int(),
      tool_calls: z.array(toolCallSchema),
    }),
  ),
  answer: z.object({
    text: z.string().nullable(),
    decoded: z.string().nullable().describe("With the attack's encoding undone; null where that changed nothing"),
    sha256: z.string().nullable(),
    reasoning: z.string().nullable(),
    tool_calls: z.array(toolCallSchema),
    failure: z.string().nullable().describe('Why there is none'),
  }),
  withheld: z.string().nullable().describe('The category for which the words of the target are never shown'),
};

const trySchema = z.object({
  try_no: z.number().int(),
  outcome: z.enum(outcomes),
  reason: z.enum(reasons),
  score: z.number().nullable(),
  confidence: z.number().nullable(),
  judge: z.string().nullable(),
  judge_score: z.number().nullable(),
  calls: z.number().int(),
  latency_ms: z.number(),
  tokens: z.object({ prompt: z.number().nullable(), completion: z.number().nullable() }),
  finish_reason: z.string().nullable(),
  model: z.string().nullable(),
  request_id: z.string().nullable(),
  turn: z.number().int().nullable().describe('Which turn decided it; null where there is only one'),
  ended_at: z.iso.datetime(),
});

export const testDetailSchema = testSchema
  .extend({
    ...conversation,
    harmful: z.boolean().describe('Judged breached or partial: show it only when asked for'),
    case: z
      .object({
        request: z.string().describe('What was wanted, in plain words'),
        expect: z.enum(expectations),
        rubric: z.string().nullable(),
        oracle: z.string().nullable().describe('What decides it without a model'),
        references: z.array(z.string()),
        lang: z.string(),
      })
      .nullable()
      .describe('null where it is no longer stored'),
    evidence: z
      .array(
        z.object({
          in: z.enum(['answer', 'decoded', 'tool_call']),
          call: z.number().int().nullable(),
          start: z.number().int(),
          end: z.number().int(),
          why: z.string(),
        }),
      )
      .describe('Where the words stand that decided it; empty where the judge weighs the whole answer'),
    deciding_try: z.number().int(),
    try_list: z.array(trySchema),
    judge_score: z.number().nullable(),
    unconfirmed: z.number().int(),
    backtracks: z.number().int(),
    utility: z.boolean().nullable(),
    outcome_without_guard: z.enum(outcomes).nullable(),
    repro: z.string().nullable().describe('A curl command that asks it again; the key stands in a variable'),
  })
  .meta({ id: 'TestDetail' });

export const tryDetailSchema = trySchema.extend(conversation).meta({ id: 'TryDetail' });

const isoTime = (ms: number): string => new Date(ms).toISOString();

const markAnswer = ({ outcome, reason, marked_by, marked_at }: MarkRow): z.infer<typeof markSchema> => ({
  outcome,
  reason,
  by: marked_by,
  at: isoTime(marked_at),
});

function lastRequest(messages: string): string {
  const all = JSON.parse(messages) as { role: string; content: Parameters<typeof textOf>[0] }[];
  const last = all.findLast(({ role }) => role === 'user');
  return last === undefined ? '' : textOf(last.content).slice(0, SHOWN_REQUEST);
}

/** Rows of a table, for one scan. */
export function testAnswers(spec: ScanSpec): (row: TestWithTry, mark?: MarkRow) => z.infer<typeof testSchema> {
  const titles = new Map(spec.datasets.map(({ slug, title }) => [slug, title]));
  const hasAttacker = spec.helpers.attacker !== null;
  return (row, mark) => ({
    test_no: row.test_no,
    plan_key: row.plan_key,
    role: row.role,
    case_id: row.case_id,
    dataset: row.dataset,
    dataset_name: titles.get(row.dataset) ?? row.dataset,
    subcategory: row.subcategory,
    attack: row.attack,
    attack_title: attackTitle(row.attack, hasAttacker),
    parameters: JSON.parse(row.parameters) as Record<string, unknown>,
    expect: row.expect,
    severity: row.severity,
    outcome: row.outcome,
    reason: row.reason,
    score: row.score,
    confidence: row.confidence,
    judge: row.judge,
    tries: row.tries,
    first_success: row.first_success,
    calls: row.calls,
    latency_ms: row.latency_ms,
    tokens: { prompt: row.tokens_in, completion: row.tokens_out },
    stopped_by: row.stopped_by,
    request: lastRequest(row.messages),
    mark: mark === undefined ? null : markAnswer(mark),
  });
}

const tryAnswer = (row: TryRow): z.infer<typeof trySchema> => ({
  try_no: row.try_no,
  outcome: row.outcome,
  reason: row.reason,
  score: row.score,
  confidence: row.confidence,
  judge: row.judge,
  judge_score: row.judge_score,
  calls: row.calls,
  latency_ms: row.latency_ms,
  tokens: { prompt: row.tokens_in, completion: row.tokens_out },
  finish_reason: row.finish_reason,
  model: row.model,
  request_id: row.request_id,
  turn: row.turn,
  ended_at: isoTime(row.ended_at),
});

const conversationAnswer = ({ messages, answer }: Conversation) => ({
  messages: messages.map(({ toolCalls, ...words }) => ({ ...words, tool_calls: [...toolCalls] })),
  answer: {
    text: answer.text,
    decoded: answer.decoded,
    sha256: answer.sha256,
    reasoning: answer.reasoning,
    tool_calls: [...answer.toolCalls],
    failure: answer.failure,
  },
});

export function testDetailAnswer(spec: ScanSpec, detail: TestDetail): z.infer<typeof testDetailSchema> {
  const { row } = detail.test;
  const { testCase } = detail;
  return {
    ...testAnswers(spec)(row, detail.mark ?? undefined),
    ...conversationAnswer(detail),
    withheld: detail.withheld,
    harmful: row.outcome === 'breached' || row.outcome === 'partial',
    case:
      testCase === null
        ? null
        : {
            request: testCase.goal,
            expect: testCase.expect,
            rubric: testCase.rubric,
            oracle: testCase.oracle?.type ?? null,
            references: [...testCase.references],
            lang: testCase.lang,
          },
    evidence: [...detail.evidence],
    deciding_try: row.deciding_try,
    try_list: detail.tries.map(tryAnswer),
    judge_score: row.judge_score,
    unconfirmed: row.unconfirmed,
    backtracks: row.backtracks,
    utility: row.utility === null ? null : row.utility === 1,
    outcome_without_guard: row.bare_outcome,
    repro: detail.repro,
  };
}

export const tryDetailAnswer = (
  detail: Conversation & { readonly row: TryRow; readonly withheld: string | null },
): z.infer<typeof tryDetailSchema> => ({
  ...tryAnswer(detail.row),
  ...conversationAnswer(detail),
  withheld: detail.withheld,
});
