// Asks our own API: one function for every call, one error for whatever may go wrong.
import { noteLost } from './connection.ts';
import { forget, ownHeaders } from './session.ts';

export const API = '/api/redoubt/v1';

type QueryValue = string | number | boolean | null | undefined;
/** Of a list each value is named by itself. */
export type Query = Readonly<Record<string, QueryValue | readonly string[]>>;

export interface LineRemark {
  readonly line: number;
  readonly text: string;
}

/** What the server said is wrong, in its own words; `status` 0: it did not answer. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly lines: readonly LineRemark[];
  constructor(status: number, code: string, message: string, field: string | null, lines: readonly LineRemark[]) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.lines = lines;
  }
}

const NO_ANSWER = 'The server does not answer. This page tries again by itself.';

function withQuery(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one) =>
      one === undefined || one === null || one === '' ? [] : [[key, String(one)]],
    ),
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  let said: { code?: string; message?: string; field?: string; lines?: LineRemark[] } = {};
  try {
    const body = JSON.parse(text) as { error?: typeof said };
    said = body.error ?? {};
  } catch {
    // A proxy between us and the server may answer with anything.
  }
  const message = said.message ?? `The server answered with status ${response.status}.`;
  return new ApiProblem(response.status, said.code ?? 'UNKNOWN', message, said.field ?? null, said.lines ?? []);
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Query;
  /** Sent as JSON, a Blob as it is. */
  readonly body?: unknown;
  readonly type?: string;
  readonly signal?: AbortSignal;
}

/** The answer as it came. Throws ApiProblem. */
export async function send(path: string, { method = 'GET', query, body, type, signal }: Call = {}): Promise<Response> {
  const isRaw = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(withQuery(path, query), {
      method,
      cache: 'no-store',
      credentials: 'same-origin',
      headers: {
        ...ownHeaders(method),
        ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    noteLost();
    throw new ApiProblem(0, 'NO_ANSWER', NO_ANSWER, null, []);
  }
  if (response.ok) return response;
  if (response.status === 401) forget();
  throw await problemOf(response);
}

/** A call below /api/redoubt/v1 whose answer is JSON, or nothing. */
export async function ask<Answer>(path: string, call: Call = {}): Promise<Answer> {
  const response = await send(`${API}${path}`, call);
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

/** Fetches a file and hands it to the browser to keep, under the name that the server gives it. */
export async function download(path: string): Promise<void> {
  const response = await send(`${API}${path}`);
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'download';
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
