// The class that EvalGuard's code samples use, against your own server: `EVALGUARD_BASE_URL` names it.
import { RedoubtError } from './errors.ts';
import { Transport, type TransportOptions } from './transport.ts';

export interface EvalGuardOptions extends Pick<TransportOptions, 'timeoutMs' | 'retries' | 'headers' | 'fetch'> {
  /** Default: the variable EVALGUARD_API_KEY. */
  readonly apiKey?: string | undefined;
  /** Default: the variable EVALGUARD_BASE_URL, else http://127.0.0.1:4000. */
  readonly baseUrl?: string | undefined;
}

export interface EvalGuardRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

const DEFAULT_BASE_URL = 'http://127.0.0.1:4000';
/** A security scan is answered when it ends: at its deadline, 25 s by default, and a moment more. */
const TIMEOUT_MS = 120_000;

export class EvalGuard {
  readonly #transport: Transport;

  constructor({ apiKey, baseUrl, ...options }: EvalGuardOptions = {}) {
    const key = apiKey ?? process.env.EVALGUARD_API_KEY ?? '';
    if (key === '') throw new RedoubtError('There is no API key. Pass apiKey, or set EVALGUARD_API_KEY.');
    const url = baseUrl ?? process.env.EVALGUARD_BASE_URL ?? DEFAULT_BASE_URL;
    this.#transport = new Transport({ timeoutMs: TIMEOUT_MS, ...options, apiKey: key, baseUrl: url });
  }

  /** Sends a request to EvalGuard's API as the server speaks it; gives the parsed answer. */
  request<Answer = unknown>({ method, path, ...options }: EvalGuardRequest): Promise<Answer> {
    return this.#transport.json(method, path, options);
  }
}
