// One HTTP exchange under one deadline: bytes out, bytes back, never an exception.
// It speaks to undici's dispatcher directly: the stream objects of `request` would cost more than the call itself.
import type { Dispatcher } from 'undici';
import type { CallFailure } from '../core/chat.ts';
import { failureOfError, type ResponseHeaders } from './http-outcome.ts';
import { named } from './simulated-name.ts';

export interface ExchangeRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds for connecting, headers and body together. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

export type ExchangeResult =
  | { readonly ok: true; readonly status: number; readonly headers: ResponseHeaders; readonly text: string }
  | { readonly ok: false; readonly failure: CallFailure };

const failed = (kind: CallFailure['kind'], message: string): ExchangeResult => ({
  ok: false,
  failure: { kind, status: null, message, retryAfterMs: null },
});

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 100_000) / 10} MB`;

class Exchange implements Dispatcher.DispatchHandler {
  #status = 0;
  #headers: ResponseHeaders = {};
  #chunks: Buffer[] = [];
  #bytes = 0;
  #controller: Dispatcher.DispatchController | null = null;
  #settled = false;
  readonly #request: ExchangeRequest;
  readonly #resolve: (result: ExchangeResult) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #interrupt = (): void => this.#stop(failed('interrupted', 'The call was interrupted.'));

  constructor(request: ExchangeRequest, resolve: (result: ExchangeResult) => void) {
    this.#request = request;
    this.#resolve = resolve;
    this.#timer = setTimeout(() => {
      this.#stop(failed('timeout', `The call took longer than its time limit of ${seconds(request.timeoutMs)}.`));
    }, request.timeoutMs);
    request.signal?.addEventListener('abort', this.#interrupt, { once: true });
  }

  #settle(result: ExchangeResult): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#request.signal?.removeEventListener('abort', this.#interrupt);
    this.#resolve(result.ok ? result : named(result, this.#headers));
  }

  #stop(result: ExchangeResult): void {
    this.#settle(result);
    this.#controller?.abort(new Error('the exchange has ended'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#settled) controller.abort(new Error('the exchange has ended'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: ResponseHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#request.maxBytes)
      this.#stop(failed('too_large', `The answer is larger than ${megabytes(this.#request.maxBytes)}.`));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const bytes = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
    this.#settle({ ok: true, status: this.#status, headers: this.#headers, text: bytes.toString('utf8') });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#settle({ ok: false, failure: failureOfError(error, this.#status !== 0) });
  }
}

/** Sends the request and reads the whole answer. Redirects are not followed: a 3xx is an answer like any other. */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<ExchangeResult> {
  if (request.signal?.aborted) return Promise.resolve(failed('interrupted', 'The call was interrupted.'));
  return new Promise((resolve) => {
    const handler = new Exchange(request, resolve);
    dispatcher.dispatch(
      {
        origin: request.origin,
        path: request.path,
        method: request.method as Dispatcher.HttpMethod,
        headers: request.headers,
        body: request.body ?? null,
        // The one deadline of an exchange is ours.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      handler,
    );
  });
}
