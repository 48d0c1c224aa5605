// What can go wrong, as types: each says what happened, where, and what to do about it.

/** Everything that this package throws is one of these. */
export class RedoubtError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** No answer came: nothing listens there, the line broke, or it took longer than `timeoutMs`. */
export class ConnectionError extends RedoubtError {
  readonly url: string;
  readonly timedOut: boolean;
  constructor(message: string, options: { url: string; timedOut: boolean; cause: unknown }) {
    super(message, { cause: options.cause });
    this.url = options.url;
    this.timedOut = options.timedOut;
  }
}

/** What is said about one line of a file; lines count from 1. */
export interface LineRemark {
  readonly line: number;
  readonly text: string;
}

export interface Refusal {
  readonly status: number;
  /** The server's word for it, e.g. INVALID_FIELD. */
  readonly code: string;
  readonly message: string;
  /** The part of the request that is wrong. */
  readonly field: string | null;
  /** Of an uploaded file: its bad lines, at most 100. */
  readonly lines: readonly LineRemark[];
  /** To be named when asking whoever runs the server. */
  readonly requestId: string | null;
  /** Seconds that the server asks to wait. */
  readonly retryAfter: number | null;
  readonly headers: Headers;
  /** As it came: parsed where it is JSON, else text. */
  readonly body: unknown;
}

/** The server answered, and refused. */
export class ApiError extends RedoubtError {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly lines: readonly LineRemark[];
  readonly requestId: string | null;
  readonly retryAfter: number | null;
  readonly headers: Headers;
  readonly body: unknown;
  constructor(refusal: Refusal) {
    const id = refusal.requestId === null ? '' : ` [request ${refusal.requestId}]`;
    super(`${refusal.message} (${refusal.status} ${refusal.code})${id}`);
    this.status = refusal.status;
    this.code = refusal.code;
    this.field = refusal.field;
    this.lines = refusal.lines;
    this.requestId = refusal.requestId;
    this.retryAfter = refusal.retryAfter;
    this.headers = refusal.headers;
    this.body = refusal.body;
  }
}

/** 400, 413, 415, 422: the request does not fit; `field` says where. */
export class InvalidRequestError extends ApiError {}
/** 401: no key, or one that is not valid. */
export class AuthenticationError extends ApiError {}
/** 403: the key lacks the scope. */
export class PermissionDeniedError extends ApiError {}
/** 404: nothing of that name in the project of the key. */
export class NotFoundError extends ApiError {}
/** 409: it stands against what is there. */
export class ConflictError extends ApiError {}
/** 429, after all tries: `retryAfter` says when to come again. */
export class RateLimitError extends ApiError {}
/** 5xx, after all tries. */
export class ServerError extends ApiError {}

const classes: Readonly<Record<number, typeof ApiError>> = {
  400: InvalidRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  413: InvalidRequestError,
  415: InvalidRequestError,
  422: InvalidRequestError,
  429: RateLimitError,
};

/** The error for a refusal, by its status. */
export const errorOf = (refusal: Refusal): ApiError =>
  new (classes[refusal.status] ?? (refusal.status >= 500 ? ServerError : ApiError))(refusal);
