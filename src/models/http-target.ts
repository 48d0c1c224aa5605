// An HTTP application as a target: fills its template, keeps its sessions, follows it on its own host only, and takes
// the answer out. What the application does never throws; it ends as an answer or a failure.
import { randomUUID } from 'node:crypto';
import type { Dispatcher } from 'undici';
import {
  type CallFailure,
  type CallFailureKind,
  type ChatAnswer,
  type ChatModel,
  type ChatRequest,
  plainAnswer,
  textOf,
} from '../core/chat.ts';
import { systemClock } from '../core/clock.ts';
import type { Clock } from '../core/ports.ts';
import { readCompletion } from './completion.ts';
import { type ExchangeResult, exchange } from './exchange.ts';
import { extractAnswer } from './http-answer.ts';
import { carryingOf, lossesOf, promptOf } from './http-conversation.ts';
import { failureOfError, failureOfStatus, type ResponseHeaders, type Unsaid } from './http-outcome.ts';
import { type HttpTemplate, type RequestParts, renderRequest } from './http-template.ts';
import { harmlessHeader, type KnownSecrets, knownSecrets, secretsInRequest } from './known-secrets.ts';
import { filterNamedIn, readFilterError } from './provider-filter.ts';
import { followRedirect } from './redirect.ts';
import { createSessions, type SessionResult } from './sessions.ts';
import { named } from './simulated-name.ts';

export interface HttpTargetOptions {
  readonly template: HttpTemplate;
  /** Headers that win over those of the template, e.g. its key. They are sent to the host of the template only. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
  /** Milliseconds for one call: session start, redirects, headers and body together. */
  readonly timeoutMs: number;
  /** Larger answers end as `too_large`; default 4 MB. */
  readonly maxAnswerBytes?: number;
  readonly clock?: Clock;
}

/** One call under way: what it may still take, and who may stop it. */
interface Budget {
  /** On the monotonic clock. */
  readonly endsAt: number;
  readonly signal?: AbortSignal;
}

interface Context extends HttpTargetOptions {
  readonly clock: Clock;
  readonly host: string;
  /** What no answer may give back. */
  readonly known: KnownSecrets;
  /** What no message may repeat. */
  readonly hidden: readonly string[];
}

type Received = Extract<ExchangeResult, { ok: true }>;
type Read = { readonly ok: true; readonly answer: ChatAnswer } | { readonly ok: false; readonly failure: CallFailure };

const defaultMaxBytes = 4 * 1024 * 1024;
const maxRedirects = 3;

const failed = (
  kind: CallFailureKind,
  message: string,
  status: number | null = null,
): { readonly ok: false; readonly failure: CallFailure } => ({
  ok: false,
  failure: { kind, status, message, retryAfterMs: null },
});

const headerOf = (headers: ResponseHeaders, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
};

/** Values of headers and of the URL's parameters that may be keys, whole and without the scheme before them. */
function hiddenIn(template: HttpTemplate, secrets: HttpTargetOptions['secrets']): string[] {
  const headers = [...Object.entries(template.headers), ...Object.entries(template.session?.start?.headers ?? {})]
    .filter(([name]) => !harmlessHeader.test(name))
    .map(([, value]) => value);
  const parameters = [...new URL(template.url).searchParams.values()];
  const values = [...Object.values(secrets), ...headers, ...parameters].filter((value) => !value.includes('{{'));
  return values.flatMap((value) => [value, value.split(' ').at(-1)!]).filter((value) => value.length >= 6);
}

/** What is secret in all that is sent to an application, with the headers that win over those of its template. */
export function secretsOfApplication(template: HttpTemplate, secrets: HttpTargetOptions['secrets']): string[] {
  const { start } = template.session ?? {};
  const requests = [template, { ...template, headers: secrets }, ...(start ? [start] : [])];
  return requests.flatMap(secretsInRequest);
}

async function sendOnce(context: Context, parts: RequestParts, budget: Budget): Promise<ExchangeResult> {
  try {
    const url = new URL(parts.url);
    const headers = url.host === context.host ? { ...parts.headers, ...context.secrets } : parts.headers;
    return await exchange(context.dispatcher, {
      origin: url.origin,
      path: url.pathname + url.search,
      method: parts.method,
      headers,
      ...(parts.body === null ? {} : { body: parts.body }),
      timeoutMs: Math.max(1, budget.endsAt - context.clock.monotonic()),
      maxBytes: context.maxAnswerBytes ?? defaultMaxBytes,
      ...(budget.signal ? { signal: budget.signal } : {}),
    });
  } catch (error) {
    return { ok: false, failure: failureOfError(error) };
  }
}

async function send(context: Context, parts: RequestParts, budget: Budget): Promise<ExchangeResult> {
  let request = parts;
  for (let followed = 0; ; followed++) {
    const result = await sendOnce(context, request, budget);
    if (!result.ok) return timeLimitNamed(result, context);
    const next = followRedirect(request, result.status, headerOf(result.headers, 'location'));
    if (next === null) return result;
    const { status } = result;
    if ('refused' in next)
      return failed('client_error', `The application answered HTTP ${status}: ${next.refused}.`, status);
    if (followed === maxRedirects)
      return failed('client_error', 'The application redirects more than 3 times.', status);
    request = next;
  }
}

/** After a redirect only the rest of the time was left: the sentence is to name the whole limit. */
const timeLimitNamed = (
  result: { readonly ok: false; readonly failure: CallFailure },
  context: Context,
): { readonly ok: false; readonly failure: CallFailure } =>
  result.failure.kind === 'timeout'
    ? failed('timeout', `The call took longer than its time limit of ${Math.round(context.timeoutMs / 100) / 10} s.`)
    : result;

/** Begins a session as the template says; without a start the id is ours. */
async function beginSession(context: Context, budget: Budget): Promise<SessionResult> {
  const start = context.template.session?.start;
  const id = randomUUID();
  if (!start) return { ok: true, id };
  const result = await send(context, renderRequest(start, { prompt: '', messages: [], sessionId: id }), budget);
  const read = result.ok ? readSession(context, start.path, result) : result;
  if (read.ok) return read;
  return { ok: false, failure: { ...read.failure, message: `The session did not start. ${read.failure.message}` } };
}

function readSession(context: Context, path: string | null, { status, headers, text }: Received): SessionResult {
  if (!isGood(status)) {
    const unsaid = { secrets: context.hidden, sent: [] };
    return { ok: false, failure: failureOfStatus(status, headers, text, context.clock.now(), unsaid) };
  }
  const contentType = headerOf(headers, 'content-type') ?? '';
  const found = extractAnswer({ answerPath: path, stream: path === null ? 'text' : 'json' }, contentType, text);
  return 'text' in found ? { ok: true, id: found.text.trim() } : failed(found.kind, found.problem, status);
}

const isGood = (status: number): boolean => status >= 200 && status < 300;

/** Whether a text bears the application's own mark of refusal: as a text, or as a regular expression. */
export function bearsMark(text: string, mark: string | undefined): boolean {
  if (mark === undefined) return false;
  if (text.toLowerCase().includes(mark.toLowerCase())) return true;
  try {
    return new RegExp(mark, 'i').test(text);
  } catch {
    return false;
  }
}

const bareAnswer = (text: string, headers: ResponseHeaders): ChatAnswer =>
  plainAnswer(text, { requestId: headerOf(headers, 'x-request-id') ?? null });

/** The body of a 2xx as an answer; a chat completion tells more than its text. */
function readGood(template: HttpTemplate, { status, headers, text }: Received, unsaid: Unsaid): Read {
  if (template.answerPath === null && text.includes('"choices"')) {
    const completion = readCompletion(text);
    if (completion.ok) return completion;
  }
  const found = extractAnswer(template, headerOf(headers, 'content-type') ?? '', text, unsaid);
  const filter = filterNamedIn(text);
  const ended = filter === null ? {} : { filtered: true, finishReason: filter };
  if ('text' in found || filter !== null)
    return { ok: true, answer: { ...bareAnswer('text' in found ? found.text : '', headers), ...ended } };
  return failed(found.kind, found.problem, status);
}

/** A status that is no success is still an answer where the provider's filter explains it. */
function readBad({ clock }: Context, { status, headers, text }: Received, unsaid: Unsaid): Read {
  const filtered = readFilterError(text);
  if (filtered) return { ok: true, answer: filtered };
  return { ok: false, failure: failureOfStatus(status, headers, text, clock.now(), unsaid) };
}

/** The application's own refusal may come with any status but 429 and 5xx, and without any text where answers lie. */
function readResponse(context: Context, response: Received, sent: readonly string[]): Read {
  const { template, hidden } = context;
  const { status, headers, text } = response;
  const unsaid = { secrets: hidden, sent };
  const read = isGood(status) ? readGood(template, response, unsaid) : readBad(context, response, unsaid);
  const seen = read.ok ? `${read.answer.text}\n${text}` : text;
  if (status === 429 || status >= 500 || !bearsMark(seen, template.refusalMark)) return read;
  return { ok: true, answer: { ...(read.ok ? read.answer : bareAnswer(text, headers)), refused: true } };
}

/** Opens the application. Makes no call by itself; the dispatcher stays the caller's to close. */
export function createHttpTarget(options: HttpTargetOptions): ChatModel {
  const { template } = options;
  const secrets = Object.fromEntries(
    Object.entries(options.secrets).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const clock = options.clock ?? systemClock;
  const known = knownSecrets(secretsOfApplication(template, secrets));
  const hidden = [...hiddenIn(template, secrets), ...known.forms];
  const context: Context = { ...options, secrets, clock, known, hidden, host: new URL(template.url).host };
  const carrying = carryingOf(template);
  const sessions = createSessions();
  const lost = new Set<string>();

  async function answer(request: ChatRequest, budget: Budget): Promise<Read> {
    const session = carrying.session
      ? await sessions.of(request.conversationId, () => beginSession(context, budget))
      : { ok: true as const, id: '', isNew: false };
    if (!session.ok) return session;
    for (const loss of lossesOf(request, carrying, session.isNew)) lost.add(loss);
    const prompt = promptOf(request.messages, carrying);
    const parts = renderRequest(template, { prompt, messages: request.messages, sessionId: session.id });
    const result = await send(context, parts, budget);
    if (!result.ok) return result;
    const sent = [prompt, ...request.messages.map(({ content }) => textOf(content))];
    const read = named(readResponse(context, result, sent), result.headers);
    return read.ok ? { ok: true, answer: known.maskAnswer(read.answer) } : read;
  }

  return {
    async call(request) {
      const started = clock.monotonic();
      const budget = {
        endsAt: started + Math.min(options.timeoutMs, request.timeoutMs ?? options.timeoutMs),
        ...(request.signal ? { signal: request.signal } : {}),
      };
      const read = await answer(request, budget);
      return { ...read, latencyMs: clock.monotonic() - started };
    },
    adaptations: () => [...lost],
    close() {
      sessions.clear();
      return Promise.resolve();
    },
  };
}
