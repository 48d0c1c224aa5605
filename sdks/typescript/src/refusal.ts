// Reads what a refused request was answered with, in each form that the server speaks.
import type { LineRemark, Refusal } from './errors.ts';
import { readRetryAfter } from './retry.ts';

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOr = (value: unknown, otherwise: string | null): string | null =>
  typeof value === 'string' && value !== '' ? value : otherwise;

export function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

interface Said {
  readonly message: string;
  readonly code?: string | null;
  readonly field?: string | null;
  readonly lines?: readonly LineRemark[];
  readonly requestId?: string | null;
}

/** `{ error: { code, message, field?, lines?, requestId? } }`: our own API, EvalGuard's, the gateway's. */
function saidInError({ error }: Table): Said | null {
  if (!isTable(error) || typeof error.message !== 'string') return null;
  return {
    message: error.message,
    code: textOr(error.code, null),
    field: textOr(error.field ?? error.param, null),
    lines: Array.isArray(error.lines) ? (error.lines as LineRemark[]) : [],
    requestId: textOr(error.requestId, null),
  };
}

/** `{ detail: "..." }` or `{ detail: [{ loc, msg }] }`: Guardion's. */
function saidInDetail({ detail }: Table): Said | null {
  if (typeof detail === 'string') return { message: detail };
  if (!Array.isArray(detail)) return null;
  const problems = detail.filter(isTable).map(({ loc, msg }) => ({
    place: Array.isArray(loc) ? loc.filter((step) => step !== 'body').join('.') : '',
    text: String(msg),
  }));
  const message = problems.map(({ place, text }) => (place === '' ? text : `${place}: ${text}`)).join('; ');
  return { message, field: problems[0]?.place || null };
}

function said(body: unknown): Said | null {
  if (!isTable(body)) return null;
  const text = textOr(body.error, textOr(body.message, null));
  return saidInError(body) ?? saidInDetail(body) ?? (text === null ? null : { message: text });
}

/** What a body says that is not one of the server's: a proxy's page, or another server altogether. */
const foreign = (text: string, url: string): Said => ({
  message:
    `${new URL(url).host} did not answer as Redoubt does: ${text.trim().slice(0, 200) || 'nothing'}. ` +
    'Check that the base URL names the server, and what stands between.',
});

const words: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  422: 'INVALID_BODY',
  429: 'RATE_LIMITED',
};

/** The refusal that a response of status 400 or more stands for. */
export function readRefusal(response: Response, text: string, now: number): Refusal {
  const body = parsedOr(text);
  const { status, headers } = response;
  const found = said(body) ?? foreign(text, response.url);
  const waitMs = readRetryAfter(headers.get('retry-after'), now);
  return {
    status,
    code: found.code ?? words[status] ?? `HTTP_${status}`,
    message: found.message,
    field: found.field ?? null,
    lines: found.lines ?? [],
    requestId: headers.get('x-request-id') ?? found.requestId ?? null,
    retryAfter: waitMs === null ? null : Math.ceil(waitMs / 1000),
    headers,
    body,
  };
}
