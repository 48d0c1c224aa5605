// A target that speaks the chat completions API: builds the request, adapts it, reads the answer.
import type { Dispatcher } from 'undici';
import type { CallFailure, ChatAnswer, ChatMessage, ChatModel, ChatRequest } from '../core/chat.ts';
import { textOf } from '../core/chat.ts';
import type { Clock } from '../core/ports.ts';
import { type Adaptation, adaptationFor, adaptationTitles, foldSystemPrompt } from './adaptation.ts';
import { readCompletion } from './completion.ts';
import { exchange } from './exchange.ts';
import { failureOfStatus, type ResponseHeaders } from './http-outcome.ts';
import { knownSecrets, secretsInRequest } from './known-secrets.ts';
import { readFilterError } from './provider-filter.ts';
import { named } from './simulated-name.ts';

export interface OpenAiCompatibleOptions {
  /** Up to and without "/chat/completions". */
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | null;
  readonly extraHeaders: Readonly<Record<string, string>>;
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  readonly timeoutMs: number;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
}

/** Larger answers end as `too_large`: no chat answer needs more. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

const wireMessage = (message: ChatMessage): unknown => {
  if (!message.toolCalls && !message.toolCallId) return message;
  return {
    role: message.role,
    content: message.content,
    ...(message.toolCallId ? { tool_call_id: message.toolCallId } : {}),
    ...(message.toolCalls
      ? {
          tool_calls: message.toolCalls.map((call) => ({
            id: call.id,
            type: 'function',
            function: { name: call.name, arguments: call.arguments },
          })),
        }
      : {}),
  };
};

/** The body of one request under the adaptations made so far. */
export function completionBody(
  options: Pick<OpenAiCompatibleOptions, 'model' | 'temperature' | 'maxTokens'>,
  request: Pick<ChatRequest, 'messages' | 'tools' | 'temperature'>,
  made: ReadonlySet<Adaptation>,
): string {
  const messages = made.has('system_in_user_turn') ? foldSystemPrompt(request.messages) : request.messages;
  const body: Record<string, unknown> = { model: options.model, messages: messages.map(wireMessage) };
  const temperature = request.temperature ?? options.temperature;
  if (temperature !== null && !made.has('without_temperature')) body.temperature = temperature;
  if (options.maxTokens !== null && !made.has('without_max_tokens'))
    body[made.has('max_completion_tokens') ? 'max_completion_tokens' : 'max_tokens'] = options.maxTokens;
  if (request.tools && request.tools.length > 0)
    body.tools = request.tools.map((tool) => ({ type: 'function', function: tool }));
  return JSON.stringify(body);
}

/** The adaptations that would change this request, given those made already. */
function openAdaptations(
  options: Pick<OpenAiCompatibleOptions, 'temperature' | 'maxTokens'>,
  request: Pick<ChatRequest, 'messages' | 'temperature'>,
  made: ReadonlySet<Adaptation>,
): Set<Adaptation> {
  const isCapped = options.maxTokens !== null && !made.has('without_max_tokens');
  const hasSystem = request.messages.some(({ role }) => role === 'system' || role === 'developer');
  const open: readonly (readonly [Adaptation, boolean])[] = [
    ['max_completion_tokens', isCapped && !made.has('max_completion_tokens')],
    ['without_max_tokens', isCapped && made.has('max_completion_tokens')],
    ['without_temperature', (request.temperature ?? options.temperature) !== null && !made.has('without_temperature')],
    ['system_in_user_turn', hasSystem && !made.has('system_in_user_turn')],
  ];
  return new Set(open.flatMap(([adaptation, isOpen]) => (isOpen ? [adaptation] : [])));
}

function requestHeaders(options: OpenAiCompatibleOptions): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json' };
  if (options.apiKey) headers.authorization = `Bearer ${options.apiKey}`;
  for (const [name, value] of Object.entries(options.extraHeaders)) headers[name.toLowerCase()] = value;
  return headers;
}

type Read = { readonly ok: true; readonly answer: ChatAnswer } | { readonly ok: false; readonly failure: CallFailure };

function readAnswer(text: string): Read {
  const read = readCompletion(text);
  if (read.ok) return read;
  // Gateways that have begun to answer already put the provider's error into a 200.
  const filtered = readFilterError(text);
  if (filtered) return { ok: true, answer: filtered };
  return { ok: false, failure: { kind: read.kind, status: null, message: read.message, retryAfterMs: null } };
}

/** Opens the target. Makes no call by itself; the dispatcher stays the caller's to close. */
export function createOpenAiCompatible(options: OpenAiCompatibleOptions): ChatModel {
  const url = new URL(`${options.baseUrl.replace(/\/+$/, '')}/chat/completions`);
  const headers = requestHeaders(options);
  const known = knownSecrets(secretsInRequest({ url: url.href, method: 'POST', headers, body: null }));
  const secrets = [options.apiKey ?? '', ...Object.values(options.extraHeaders), ...known.forms];
  const made = new Set<Adaptation>();

  function refused(
    request: ChatRequest,
    sentUnder: ReadonlySet<Adaptation>,
    { status, headers: answered, text }: { status: number; headers: ResponseHeaders; text: string },
  ): Read {
    const filtered = readFilterError(text);
    if (filtered) return { ok: true, answer: filtered };
    const sent = request.messages.map(({ content }) => textOf(content));
    const failure = failureOfStatus(status, answered, text, options.clock.now(), { secrets, sent });
    if (status !== 400 && status !== 422) return { ok: false, failure };
    const open = openAdaptations(options, request, sentUnder);
    const adaptation = adaptationFor(text, { open, texts: sent });
    if (adaptation === null) return { ok: false, failure };
    // Another call may have made the same change while this one was under way: this one is worth another call as well.
    made.add(adaptation);
    return { ok: false, failure: { ...failure, kind: 'adapted', retryAfterMs: 0 } };
  }

  return {
    async call(request) {
      const started = options.clock.monotonic();
      const sentUnder = new Set(made);
      const result = await exchange(options.dispatcher, {
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'POST',
        headers,
        body: completionBody(options, request, sentUnder),
        timeoutMs: Math.min(options.timeoutMs, request.timeoutMs ?? options.timeoutMs),
        maxBytes: MAX_ANSWER_BYTES,
        ...(request.signal ? { signal: request.signal } : {}),
      });
      const latencyMs = options.clock.monotonic() - started;
      if (!result.ok) return { ok: false, failure: result.failure, latencyMs };
      const isGood = result.status >= 200 && result.status < 300;
      const read = named(isGood ? readAnswer(result.text) : refused(request, sentUnder, result), result.headers);
      return read.ok ? { ok: true, answer: known.maskAnswer(read.answer), latencyMs } : { ...read, latencyMs };
    },
    adaptations: () => [...made].map((adaptation) => adaptationTitles[adaptation]),
    close: () => Promise.resolve(),
  };
}
