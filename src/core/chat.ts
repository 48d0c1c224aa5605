// What is said to a target and what comes back: the words that attacks, targets and judges share.
import type { Guarded } from './guarding.ts';

export type ChatRole = 'system' | 'developer' | 'user' | 'assistant' | 'tool';

export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** The arguments as the model wrote them: usually, but not surely, JSON. */
  readonly arguments: string;
}

export interface ChatMessage {
  readonly role: ChatRole;
  readonly content: string | readonly ContentPart[];
  readonly toolCalls?: readonly ToolCall[];
  readonly toolCallId?: string;
}

/** A tool as it is offered to a model: JSON Schema parameters, passed through untouched. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ToolDefinition[];
  /** The same for all turns of one conversation; an HTTP target keeps its session by it. */
  readonly conversationId: string;
  /** In place of the temperature that the model is usually asked with. */
  readonly temperature?: number;
  /** Milliseconds that this call may take, where that is less than the target's own limit. */
  readonly timeoutMs?: number;
  /** Aborts the call at once; the call then ends with failure `interrupted`. */
  readonly signal?: AbortSignal;
}

export interface TokenUsage {
  readonly prompt: number;
  readonly completion: number;
}

/** A whole answer of a target. Absent facts are null, never guessed. */
export interface ChatAnswer {
  readonly text: string;
  /** The endpoint marked the answer as a refusal by structure (`message.refusal`, a refusal part). */
  readonly refused: boolean;
  /** The provider's filter stopped the request or the answer. */
  readonly filtered: boolean;
  readonly finishReason: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly reasoning: string | null;
  readonly model: string | null;
  readonly systemFingerprint: string | null;
  readonly requestId: string | null;
  readonly usage: TokenUsage | null;
  /** What the guard said of it, where a scan has the guard in play. */
  readonly guard?: Guarded;
}

/** An answer of which nothing is known but its text, and the facts given. */
export const plainAnswer = (text: string, facts: Partial<Omit<ChatAnswer, 'text'>> = {}): ChatAnswer => ({
  text,
  refused: false,
  filtered: false,
  finishReason: null,
  toolCalls: [],
  reasoning: null,
  model: null,
  systemFingerprint: null,
  requestId: null,
  usage: null,
  ...facts,
});

/** Why one call brought no answer. `adapted`: a parameter was refused by name, the next call does without it. */
export const callFailures = [
  'adapted',
  'rate_limited',
  'server_error',
  'client_error',
  'unreachable',
  'hung_up',
  'timeout',
  'cut',
  'empty',
  'unparseable',
  'too_large',
  'interrupted',
  'not_allowed',
] as const;
export type CallFailureKind = (typeof callFailures)[number];

export interface CallFailure {
  readonly kind: CallFailureKind;
  /** HTTP status where there was one. */
  readonly status: number | null;
  /** One sentence without any secret of the target. */
  readonly message: string;
  /** What the endpoint asked us to wait, in milliseconds; null where it did not say. */
  readonly retryAfterMs: number | null;
  /** The simulated model that brought no answer; left out where another did. */
  readonly model?: string;
}

export type CallResult =
  | { readonly ok: true; readonly answer: ChatAnswer; readonly latencyMs: number }
  | { readonly ok: false; readonly failure: CallFailure; readonly latencyMs: number };

/** One model to talk to. A call never throws for what the endpoint does: it answers with a failure. */
export interface ChatModel {
  call(request: ChatRequest): Promise<CallResult>;
  /** What had to be changed so that the endpoint takes our requests, e.g. "max_tokens -> max_completion_tokens". */
  adaptations(): readonly string[];
  close(): Promise<void>;
}

/** The text of a message, parts joined by line breaks; pictures leave no trace in it. */
export const textOf = (content: ChatMessage['content']): string => textPartsOf(content).join('\n');

/** The texts of a content, each by itself. */
export const textPartsOf = (content: ChatMessage['content']): string[] =>
  typeof content === 'string' ? [content] : content.flatMap((part) => (part.type === 'text' ? [part.text] : []));

/** The text of the user's last message; empty where there is none. */
export function lastRequest(messages: readonly ChatMessage[]): string {
  const last = messages.findLast(({ role }) => role === 'user');
  return last ? textOf(last.content) : '';
}
