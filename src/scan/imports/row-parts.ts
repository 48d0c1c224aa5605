// What importers share: texts, answers and verdicts of other tools, put into our words.
import type { ZodError, ZodSafeParseResult, ZodType } from 'zod';
import { type ChatAnswer, type ChatMessage, plainAnswer, type ToolCall } from '../../core/chat.ts';
import { wordsOfLine } from '../../core/line-words.ts';
import type { TheirOutcome, TheirVerdict } from './import.ts';

/** What is known of an answer beside its text; what is left out is unknown. */
export interface AnswerFacts {
  readonly refused?: boolean;
  readonly filtered?: boolean;
  readonly finishReason?: string | null;
  readonly toolCalls?: readonly ToolCall[];
  readonly reasoning?: string | null;
  readonly model?: string | null;
}

export const answerOf = (text: string, facts: AnswerFacts = {}): ChatAnswer => plainAnswer(text, facts);

/** The last thing the user said; empty where nobody said anything. */
export function lastRequest(messages: readonly ChatMessage[]): string {
  const last = messages.findLast((message) => message.role === 'user');
  return typeof last?.content === 'string' ? last.content : '';
}

/** A verdict over several judges of a tool: broken where one says so, undecided where none decides. */
export function theirVerdict(by: Readonly<Record<string, TheirOutcome>>): TheirVerdict {
  const outcomes = Object.values(by);
  const outcome = (['breached', 'held'] as const).find((each) => outcomes.includes(each)) ?? 'undecided';
  return { outcome, by };
}

/** A row as its format wants it; what is wrong is said in words of somebody who knows the file. */
export const readRow = <Row>(schema: ZodType<Row>, value: unknown): ZodSafeParseResult<Row> =>
  schema.safeParse(value, { error: wordsOfLine });

/** What is wrong with a value, in one line of text. */
export const problemOf = (error: ZodError): string =>
  error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.')}${issue.path.length > 0 ? ': ' : ''}${issue.message}`)
    .join('; ');
