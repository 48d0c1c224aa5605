// One line of results.jsonl: what was asked, what came back, what was decided. The keys are a contract (design.md).
import { type ChatMessage, textOf } from '../core/chat.ts';
import { sha256 } from '../core/hash.ts';
import { isoTime } from '../core/iso-time.ts';
import type { StoredTest } from '../store/stored-test.ts';
import { withheldCategoryOf } from './evidence.ts';

/** Names that the rows hold as ids. An attack's title says its fidelity where that is not exact. */
export interface Titles {
  readonly dataset: (slug: string) => string;
  readonly attack: (id: string) => string;
}

/** The target's words, whole. */
function openWords({ messages, answer }: StoredTest): Record<string, unknown> {
  return {
    messages,
    answer: answer.text ?? null,
    decoded: answer.decoded ?? answer.text ?? null,
    ...(answer.reasoning === undefined ? {} : { reasoning: answer.reasoning }),
    ...(answer.toolCalls === undefined ? {} : { tool_calls: answer.toolCalls }),
  };
}

const withoutWords = (message: ChatMessage): Record<string, unknown> =>
  message.role === 'assistant'
    ? { role: message.role, content: null, content_sha256: sha256(textOf(message.content)) }
    : { ...message };

/** In a withheld category: the hash of what the target said in place of it. */
function withheldWords({ messages, answer }: StoredTest, category: string): Record<string, unknown> {
  return {
    messages: messages.map(withoutWords),
    answer: null,
    decoded: null,
    answer_sha256: answer.text === undefined ? null : sha256(answer.text),
    answer_withheld: category,
  };
}

/** What a person says of the verdict; beside it, never in its place. */
const markOf = ({ mark }: StoredTest): Record<string, unknown> =>
  mark === undefined
    ? {}
    : {
        mark: {
          outcome: mark.outcome,
          reason: mark.reason,
          by: mark.marked_by,
          at: isoTime(mark.marked_at),
        },
      };

/** Calls to the attacker model by how each ended; giving up is none of them, and told apart. */
function attackerKeys(stored: string | null): Record<string, unknown> {
  if (stored === null) return {};
  const { gave_up: gaveUp = 0, ...calls } = JSON.parse(stored) as Record<string, number>;
  return { attacker_calls: calls, ...(gaveUp > 0 ? { attacker_gave_up: gaveUp } : {}) };
}

export function resultLine(test: StoredTest, titles: Titles): Record<string, unknown> {
  const { row, answer } = test;
  const category = withheldCategoryOf(test);
  const {
    messages,
    answer: text,
    decoded,
    ...further
  } = category === null ? openWords(test) : withheldWords(test, category);
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
    answer: text,
    decoded,
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
    tries: {
      n: row.tries,
      first_success: row.first_success,
      calls: row.calls,
      backtracks: row.backtracks,
      unconfirmed: row.unconfirmed,
    },
    turn: row.turn,
    ...(row.utility === null ? {} : { utility: row.utility === 1 }),
    ...attackerKeys(row.attacker),
    stopped_by: row.stopped_by,
    ...(row.bare_outcome === null ? {} : { outcome_without_guard: row.bare_outcome }),
    plan_key: row.plan_key,
    ...further,
    ...markOf(test),
    ...(answer.failure === undefined ? {} : { failure: answer.failure }),
  };
}
