// One line of results.jsonl: what was asked, what came back, what was decided. The keys are a contract (design.md).
import type { StoredTest } from '../store/stored-test.ts';

/** Names that the rows hold as ids. */
export interface Titles {
  readonly dataset: (slug: string) => string;
  readonly attack: (id: string) => string;
}

export function resultLine({ row, messages, answer }: StoredTest, titles: Titles): Record<string, unknown> {
  return {
    case_id: row.case_id,
    dataset: titles.dataset(row.dataset),
    subcategory: row.subcategory,
    attack: row.attack,
    attack_title: titles.attack(row.attack),
    parameters: JSON.parse(row.parameters),
    role: row.role,
    expect: row.expect,
    messages,
    answer: answer.text ?? null,
    decoded: answer.decoded ?? answer.text ?? null,
    outcome: row.outcome,
    score: row.score,
    severity: row.severity,
    judge: row.judge,
    reason: row.reason,
    confidence: row.confidence,
    latency_ms: row.latency_ms,
    tokens: { prompt: row.tokens_in, completion: row.tokens_out },
    finish_reason: row.finish_reason,
    model: row.model,
    references: JSON.parse(row.refs),
    tries: { n: row.tries, first_success: row.first_success, calls: row.calls, backtracks: 0 },
    stopped_by: row.stopped_by,
    plan_key: row.plan_key,
    ...(answer.reasoning === undefined ? {} : { reasoning: answer.reasoning }),
    ...(answer.toolCalls === undefined ? {} : { tool_calls: answer.toolCalls }),
    ...(answer.failure === undefined ? {} : { failure: answer.failure }),
  };
}
