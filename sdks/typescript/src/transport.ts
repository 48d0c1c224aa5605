// One HTTP call with all that belongs to it: key, timeout, tries, idempotency, errors.
import { type ApiError, ConnectionError, errorOf, RedoubtError } from './errors.ts';
import { pause } from './pause.ts';
import { readRefusal } from './refusal.ts';
import { isTriedAgain, waitBefore } from './retry.ts';

export interface TransportOptions {
  /** The server, e.g. https://redoubt.example.com. */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer`; null sends none. */
  readonly apiKey: string | null;
  /** Milliseconds that one try may take. Default 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Further tries after 429, 503 and broken connections. Default 3. */
  readonly retries?: number | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** In place of the global fetch: a proxy, a test. */
  readonly fetch?: typeof fetch | undefined;
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

export interface CallOptions {
  readonly query?: Query | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it stands, with its type; a Blob of `fs.openAsBlob` is not held in memory. */
  readonly content?: { readonly data: string | Uint8Array<ArrayBuffer> | Blob; readonly type: string } | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  /** Of a POST: the same key is answered with the same result. One is made where none is given. */
  readonly idempotencyKey?: string | undefined;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_RETRIES = 3;

function addressOf(baseUrl: string, path: string, query: Query = {}): string {
  const url = new URL(baseUrl.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one));
  }
  return url.href;
}

function checkedBase(baseUrl: string): string {
  if (/^https?:\/\/[^/]/.test(baseUrl) && URL.canParse(baseUrl)) return baseUrl;
  throw new RedoubtError(`The base URL "${baseUrl}" is none. Name the server, e.g. http://127.0.0.1:4000.`);
}

const reasonOf = (cause: unknown): string => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
};

/** `timeoutMs`: what it was given, where it took longer than that. */
function connectionError(url: string, cause: unknown, timeoutMs: number | null): ConnectionError {
  const { origin } = new URL(url);
  const what =
    timeoutMs === null
      ? `${origin} cannot be reached: ${reasonOf(cause)}. Is \`redoubt serve\` running there, and is the base URL right?`
      : `${origin} did not answer within ${timeoutMs / 1000} s. Raise timeoutMs, or look at what keeps it.`;
  return new ConnectionError(what, { url, timedOut: timeoutMs !== null, cause });
}

type Read<Answer> = (response: Response) => Promise<Answer>;

type Tried<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly error: ApiError | ConnectionError; readonly retryAfterMs: number | null };

export class Transport {
  readonly #options: TransportOptions;
  readonly #baseUrl: string;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#baseUrl = checkedBase(options.baseUrl);
  }

  #init(method: string, options: CallOptions): RequestInit {
    const headers = new Headers({ accept: 'application/json', ...this.#options.headers });
    if (this.#options.apiKey !== null) headers.set('authorization', `Bearer ${this.#options.apiKey}`);
    if (method === 'POST') headers.set('idempotency-key', options.idempotencyKey ?? crypto.randomUUID());
    const { content, body } = options;
    if (content !== undefined) headers.set('content-type', content.type);
    else if (body !== undefined) headers.set('content-type', 'application/json');
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    const sent = content?.data ?? (body === undefined ? undefined : JSON.stringify(body));
    // An answer of another host is none of the server's, and would be sent the key.
    return { method, headers, redirect: 'manual', ...(sent === undefined ? {} : { body: sent }) };
  }

  async #once<Answer>(
    url: string,
    init: RequestInit,
    options: CallOptions,
    read: Read<Answer>,
  ): Promise<Tried<Answer>> {
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    const signal = options.signal ? AbortSignal.any([timeout.signal, options.signal]) : timeout.signal;
    try {
      const response = await (this.#options.fetch ?? fetch)(url, { ...init, signal });
      if (response.status < 300) return { ok: true, answer: await read(response) };
      const refusal = readRefusal(response, await response.text(), Date.now());
      const retryAfterMs = refusal.retryAfter === null ? null : refusal.retryAfter * 1000;
      return { ok: false, error: errorOf(refusal), retryAfterMs };
    } catch (cause) {
      options.signal?.throwIfAborted();
      const error = connectionError(url, cause, timeout.signal.aborted ? timeoutMs : null);
      return { ok: false, error, retryAfterMs: null };
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Sends, tries again as the options say, and reads the response of status 2xx with `read`; a body that breaks off in
   * it is tried again too. Throws ApiError, ConnectionError, or the reason of `signal`.
   */
  async send<Answer>(method: string, path: string, options: CallOptions, read: Read<Answer>): Promise<Answer> {
    const url = addressOf(this.#baseUrl, path, options.query);
    const init = this.#init(method, options);
    const retries = this.#options.retries ?? DEFAULT_RETRIES;
    for (let tried = 1; ; tried++) {
      const result = await this.#once(url, init, options, read);
      if (result.ok) return result.answer;
      const { error, retryAfterMs } = result;
      const isPassing = error instanceof ConnectionError || isTriedAgain(error.status, method);
      const waitMs = isPassing && tried <= retries ? waitBefore(tried, retryAfterMs, Math.random()) : null;
      if (waitMs === null) throw error;
      await pause(waitMs, options.signal);
    }
  }

  /** The parsed body; null where it is empty. */
  json<Answer>(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    return this.send(method, path, options, async (response) => {
      const text = await response.text();
      return (text === '' ? null : JSON.parse(text)) as Answer;
    });
  }

  /** The body as it comes in; the timeout holds until its first byte. */
  stream(method: string, path: string, options: CallOptions = {}): Promise<ReadableStream<Uint8Array>> {
    return this.send(method, path, options, async ({ body }) => body ?? new Blob([]).stream());
  }
}
