// What an HTTP status or a socket error means for a call: pure, so that every kind of target fails by the same table.
// The sentences are made here and nowhere else, because they must hold no secret of the target.
import type { CallFailure, CallFailureKind } from '../core/chat.ts';

export type ResponseHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The code of an error that the egress check raised; see egress.ts. */
export const egressErrorCode = 'EREDOUBT_EGRESS';

interface ErrorMeaning {
  readonly kind: CallFailureKind;
  readonly sentence: string;
}

const timedOut: ErrorMeaning = { kind: 'timeout', sentence: 'The call took longer than its time limit.' };
const hungUp: ErrorMeaning = { kind: 'hung_up', sentence: 'The endpoint closed the connection without an answer.' };
const cut: ErrorMeaning = { kind: 'cut', sentence: 'The endpoint closed the connection in the middle of its answer.' };
const interrupted: ErrorMeaning = { kind: 'interrupted', sentence: 'The call was interrupted.' };
const notSendable: ErrorMeaning = {
  kind: 'client_error',
  sentence: 'The request cannot be sent: its URL, method or one of its headers is not valid.',
};
const noProxy: ErrorMeaning = { kind: 'unreachable', sentence: 'The proxy did not connect to the endpoint.' };
const notHttp: ErrorMeaning = { kind: 'unparseable', sentence: 'The endpoint answered something that is not HTTP.' };
const noSuchHost: ErrorMeaning = { kind: 'unreachable', sentence: 'The name of the host cannot be resolved.' };
const noRoute: ErrorMeaning = { kind: 'unreachable', sentence: 'The host of the endpoint cannot be reached.' };

const meaningOfCode: Readonly<Record<string, ErrorMeaning>> = {
  UND_ERR_CONNECT_TIMEOUT: { kind: 'unreachable', sentence: 'No connection to the endpoint came about in time.' },
  UND_ERR_HEADERS_TIMEOUT: timedOut,
  UND_ERR_BODY_TIMEOUT: timedOut,
  UND_ERR_SOCKET: hungUp,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: cut,
  UND_ERR_RES_EXCEEDED_MAX_SIZE: { kind: 'too_large', sentence: 'The answer is larger than the limit.' },
  UND_ERR_HEADERS_OVERFLOW: { kind: 'too_large', sentence: 'The headers of the answer are larger than the limit.' },
  UND_ERR_INVALID_ARG: notSendable,
  UND_ERR_NOT_SUPPORTED: notSendable,
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: notSendable,
  UND_ERR_PRX_CONN: noProxy,
  UND_ERR_PRX_TLS: noProxy,
  ERR_INVALID_URL: notSendable,
  ERR_INVALID_CHAR: notSendable,
  UND_ERR_DESTROYED: interrupted,
  UND_ERR_CLOSED: interrupted,
  UND_ERR_ABORTED: interrupted,
  ECONNREFUSED: { kind: 'unreachable', sentence: 'The endpoint refused the connection: nothing listens there.' },
  ECONNRESET: hungUp,
  ECONNABORTED: hungUp,
  EPIPE: hungUp,
  ENOTFOUND: noSuchHost,
  EAI_AGAIN: noSuchHost,
  EHOSTUNREACH: noRoute,
  EHOSTDOWN: noRoute,
  ENETUNREACH: noRoute,
  ENETDOWN: noRoute,
  EADDRNOTAVAIL: noRoute,
  ETIMEDOUT: { kind: 'unreachable', sentence: 'No connection to the endpoint came about in time.' },
};

const meaningOfPrefix: readonly (readonly [RegExp, ErrorMeaning])[] = [
  [/^HPE_/, notHttp],
  [
    /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH|EPROTO)/,
    { kind: 'unreachable', sentence: 'No trusted TLS connection to the endpoint came about' },
  ],
];

const failure = (meaning: ErrorMeaning, detail = ''): CallFailure => ({
  kind: meaning.kind,
  status: null,
  message: meaning.sentence + detail,
  retryAfterMs: null,
});

const textField = (error: object, field: string): string => {
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : '';
};

/** Errors of undici and node carry the telling code at the top or in one of their causes. */
function* withCauses(error: unknown): Generator<object> {
  let current = error;
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth++) {
    yield current;
    current = Reflect.get(current, 'cause');
  }
}

function failureOfOne(error: object): CallFailure | null {
  const name = textField(error, 'name');
  if (name === 'TimeoutError') return failure(timedOut);
  if (name === 'AbortError') return failure(interrupted);
  // undici leaves the code of a parser's error open where it has no name for it.
  if (name === 'HTTPParserError') return failure(notHttp);
  const code = textField(error, 'code');
  if (code === egressErrorCode) return failure({ kind: 'not_allowed', sentence: textField(error, 'message') });
  const known = meaningOfCode[code];
  if (known) return failure(known);
  const prefix = meaningOfPrefix.find(([pattern]) => pattern.test(code));
  if (!prefix) return null;
  return failure(prefix[1], prefix[1].kind === 'unreachable' ? ` (${code}).` : '');
}

/**
 * What an error that was thrown while calling means. `answering`: headers had arrived already, so that a lost
 * connection is a `cut` answer. The message of an unknown error is not repeated: it may hold a URL with a key.
 */
export function failureOfError(error: unknown, answering = false): CallFailure {
  for (const link of withCauses(error)) {
    const found = failureOfOne(link);
    if (found) return found.kind === 'hung_up' && answering ? failure(cut) : found;
  }
  return failure(answering ? cut : { kind: 'unreachable', sentence: 'The call failed before an answer came.' });
}

const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const httpDate = new RegExp(`^(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?,? .*(${months})`);

/**
 * The wait that a Retry-After header asks for, in milliseconds from `now` (never negative), or null where it says
 * nothing readable. Whole or decimal seconds, or one of the three date forms of HTTP (RFC 9110, 10.2.3 and 5.6.7).
 */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  if (!httpDate.test(text)) return null;
  const time = Date.parse(/(GMT|UTC|[+-]\d{4})$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(time) ? null : Math.max(0, time - now);
}

const firstOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];

function askedWait(headers: ResponseHeaders, now: number): number | null {
  const exact = firstOf(headers['retry-after-ms'])?.trim() ?? '';
  if (/^\d{1,12}(\.\d+)?$/.test(exact)) return Math.round(Number(exact));
  return parseRetryAfter(firstOf(headers['retry-after']), now);
}

const LONGEST_NAME = 256;
const isLikeKey = (run: string): boolean => /\d/.test(run) && /[A-Za-z]/.test(run);

/**
 * The text without the given secrets and without anything else that looks like a key. `names`: what the reader named
 * themselves, such as a model; they stay, also in part, unless a given secret stands in them.
 */
export function maskSecrets(text: string, secrets: readonly string[] = [], names: readonly string[] = []): string {
  const shortNames = names.filter(({ length }) => length <= LONGEST_NAME);
  const isNamed = (run: string): boolean => shortNames.some((name) => name.includes(run.replace(/\.$/, '')));
  const longestFirst = secrets.filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  const known = longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return known
    .replace(/\b(Bearer|Basic|Token)\s+[\w.~+/*=-]{4,}/gi, '$1 ***')
    .replace(/\b(?:(?:sk|pk|rk|key|xox[a-z]|gh[a-z]|hf|gsk)[-_.*]|eyJ[-_.A-Za-z0-9*])[-_.A-Za-z0-9*]{7,}/g, (run) =>
      isNamed(run) ? run : '***',
    )
    .replace(/(?<![\w*-])[\w*-]{24,}/g, (run) => (isLikeKey(run) && !isNamed(run) ? '***' : run));
}

const errorPlaces: readonly (readonly (string | number)[])[] = [
  ['error', 'message'],
  ['error'],
  ['message'],
  ['detail'],
  ['detail', 0, 'msg'],
  ['detail', 'message'],
  ['errors', 0, 'message'],
  ['errors', 0],
  ['title'],
];

const readPath = (root: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), root);

/** What the endpoint itself says went wrong: the message of a JSON error or a short plain text; HTML says nothing. */
function endpointsWords(body: string): string {
  const trimmed = body.trim();
  try {
    const parsed: unknown = JSON.parse(trimmed);
    const found = errorPlaces.map((path) => readPath(parsed, path)).find((value) => typeof value === 'string');
    return typeof found === 'string' ? found : '';
  } catch {
    return /^[<{[]/.test(trimmed) ? '' : trimmed;
  }
}

const shortened = (text: string, limit: number): string => (text.length > limit ? `${text.slice(0, limit)}...` : text);

/** What a message must not repeat of what an endpoint says. */
export interface Unsaid {
  /** Beside what looks like a key anyway. */
  readonly secrets: readonly string[];
  /** The texts that were sent. */
  readonly sent: readonly string[];
}

const nothing: Unsaid = { secrets: [], sent: [] };
const MOST_SHOWN = 200;
const LEAST_ECHO = 20;
const LEAST_WHOLE_ECHO = 8;

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** How many characters at this place of the words stand in the text as well, where it is long enough to be an echo. */
function echoAt(words: string, at: number, text: string): number {
  const least = Math.min(LEAST_ECHO, text.length);
  const start = at + least > words.length ? -1 : text.indexOf(words.slice(at, at + least));
  if (start < 0) return 0;
  let length = least;
  while (at + length < words.length && words[at + length] === text[start + length]) length += 1;
  return length;
}

/** The first words to show, with "..." for what repeats a text that was sent: an endpoint may quote the whole request. */
function withoutEcho(words: string, sent: readonly string[]): string {
  const texts = sent.map(onOneLine).filter((text) => text.length >= LEAST_WHOLE_ECHO);
  let rest = '';
  for (let at = 0; at < words.length && rest.length <= MOST_SHOWN; ) {
    const length = Math.max(0, ...texts.map((text) => echoAt(words, at, text)));
    rest += length > 0 ? '...' : words[at];
    at += Math.max(1, length);
  }
  return rest;
}

/** Masked before it is shortened to what is shown, so that no half of a secret stays at the end. */
export const shownWords = (words: string, { secrets, sent }: Unsaid): string =>
  shortened(withoutEcho(maskSecrets(onOneLine(words).slice(0, 4000), secrets), sent), MOST_SHOWN);

function kindOfStatus(status: number): CallFailureKind {
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'server_error' : 'client_error';
}

/**
 * The failure that a status other than 2xx stands for: 429 is `rate_limited`, 5xx `server_error`, the rest
 * `client_error`. `headers` in lower case, `bodySnippet` at least the first 2 KB of the body, `now` in milliseconds,
 * `unsaid` what must not appear in the message.
 */
export function failureOfStatus(
  status: number,
  headers: ResponseHeaders,
  bodySnippet: string,
  now: number,
  unsaid: Unsaid = nothing,
): CallFailure {
  const said = shownWords(endpointsWords(bodySnippet), unsaid);
  return {
    kind: kindOfStatus(status),
    status,
    message: `The endpoint answered HTTP ${status}${said ? `: ${said}` : '.'}`,
    retryAfterMs: askedWait(headers, now),
  };
}
