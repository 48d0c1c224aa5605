// The one catalogue of errors: what went wrong, where, and what to do about it.
// A dialect renders `kind` as its own status and body; no other file invents an error.

/** What an error means to a caller; dialects map it to a status, the command line to an exit code. */
export type ErrorKind =
  | 'bad-request'
  | 'unauthorised'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'rate-limited'
  | 'unavailable'
  | 'internal';

interface CatalogueEntry {
  readonly kind: ErrorKind;
  readonly sentence: (details: ErrorDetails) => string;
}

/** The values a sentence speaks of. `field` names the part of a request, `allowed` what may stand there. */
export interface ErrorDetails {
  readonly field?: string;
  readonly value?: string;
  readonly allowed?: readonly string[];
  readonly reason?: string;
}

const listed = (allowed: readonly string[] | undefined): string => (allowed ?? []).join(', ');

/** Code, kind and sentence of every error that Redoubt raises by itself. docs/reference/errors.md is held equal by a test. */
export const errorCatalogue = {
  INVALID_FIELD: { kind: 'bad-request', sentence: (d) => `${d.field}: ${d.reason}` },
  INVALID_BODY: { kind: 'bad-request', sentence: (d) => `The request body cannot be read: ${d.reason}` },
  UNKNOWN_VALUE: {
    kind: 'bad-request',
    sentence: (d) => `${d.field}: "${d.value}" is not known. Allowed: ${listed(d.allowed)}.`,
  },
  DUPLICATE_NAME: {
    kind: 'bad-request',
    sentence: (d) => `${d.field}: a scan named "${d.value}" exists in this project already. Choose another name.`,
  },
  ILLEGAL_TRANSITION: {
    kind: 'bad-request',
    sentence: (d) => `A scan in status ${d.value} cannot be ${d.reason}. Possible in: ${listed(d.allowed)}.`,
  },
  SCAN_NOT_FINISHED: {
    kind: 'bad-request',
    sentence: (d) => `The scan is in status ${d.value}; its ${d.reason} exists once the status is Finished.`,
  },
  NOT_COMPARABLE: { kind: 'bad-request', sentence: (d) => `These two scans cannot be compared: ${d.reason}` },
  REPLAY_DIFFERS: {
    kind: 'bad-request',
    sentence: (d) =>
      `The plan of the scan ${d.value} is not the same under this version: attacks changed, it would run other tests. Replay it with the version that ran it.`,
  },
  PLAN_DIFFERS: {
    kind: 'bad-request',
    sentence: (d) =>
      `The scan ${d.value} was planned by a version of Redoubt whose attacks ask otherwise: under this one its stored tests would mean others. Start it again, or go on with the version that planned it.`,
  },
  NOTHING_TO_TEST: { kind: 'bad-request', sentence: (d) => `This request plans no test: ${d.reason}` },
  TARGET_NOT_ALLOWED: {
    kind: 'bad-request',
    sentence: (d) => `${d.field}: the address ${d.value} may not be called: ${d.reason}`,
  },
  AUTHORISATION_NEEDED: {
    kind: 'bad-request',
    sentence: (d) =>
      `${d.value} lies outside this machine. Say who authorised the test: --authorised-by "name, ticket or contract".`,
  },
  MISSING_KEY: { kind: 'unauthorised', sentence: (d) => `No API key was sent. Send it in the header ${d.field}.` },
  WRONG_KEY: {
    kind: 'unauthorised',
    sentence: () => 'The API key is not valid: unknown, revoked or expired. Create one with: redoubt keys create NAME',
  },
  MISSING_SCOPE: {
    kind: 'forbidden',
    sentence: (d) => `This needs the scope "${d.value}", which this API key or role does not have.`,
  },
  WRONG_SIGN_IN: {
    kind: 'unauthorised',
    sentence: () => 'Name and password do not fit. An admin makes a new sign-in link with: redoubt users reset NAME',
  },
  WRONG_LINK: {
    kind: 'unauthorised',
    sentence: () =>
      'This sign-in link is not valid: it was used, has expired, or was replaced. Make a new one with: redoubt users reset NAME',
  },
  OIDC_REFUSED: {
    kind: 'unauthorised',
    sentence: (d) => `Signing in at ${d.value} did not succeed: ${d.reason}. Try again, or sign in by password.`,
  },
  NOT_SIGNED_IN: {
    kind: 'unauthorised',
    sentence: () => 'You are not signed in, or your session has ended. Sign in, or send an API key.',
  },
  FOREIGN_ORIGIN: {
    kind: 'forbidden',
    sentence: (d) =>
      `A change by a signed-in browser must come from this server's own pages and carry the header ${d.field}.`,
  },
  ROLE_MISSING: {
    kind: 'forbidden',
    sentence: (d) => `This takes the role ${d.value}. Ask an admin, or use the redoubt command on the server.`,
  },
  NAME_TAKEN: { kind: 'conflict', sentence: (d) => `${d.field}: "${d.value}" exists already. Choose another name.` },
  LAST_ADMIN: {
    kind: 'conflict',
    sentence: () => 'This is the last admin who can sign in. Make another one first.',
  },
  RATE_LIMITED: {
    kind: 'rate-limited',
    sentence: (d) => `Too many requests ${d.reason}. Try again in ${d.value} s.`,
  },
  SCAN_NOT_FOUND: { kind: 'not-found', sentence: (d) => `No scan with the id "${d.value}" exists in this project.` },
  NOT_FOUND: { kind: 'not-found', sentence: (d) => `${d.field} "${d.value}" does not exist.` },
  BODY_TOO_LARGE: { kind: 'too-large', sentence: (d) => `The request body is larger than ${d.value}.` },
  HEADERS_TOO_LARGE: {
    kind: 'too-large',
    sentence: (d) => `The headers of the request are larger than ${d.value} together.`,
  },
  NOT_HTTP: { kind: 'bad-request', sentence: (d) => `The request cannot be read as HTTP: ${d.reason}` },
  FILE_UNWRITABLE: {
    kind: 'unavailable',
    sentence: (d) => `${d.value} cannot be written: ${d.reason}. Choose another place with ${d.field ?? '--out'}.`,
  },
  FILE_INVALID: { kind: 'bad-request', sentence: (d) => `${d.field}: ${d.reason}` },
  SETTING_INVALID: { kind: 'bad-request', sentence: (d) => `Setting ${d.field}: ${d.reason}` },
  DATA_FOLDER_UNUSABLE: {
    kind: 'unavailable',
    sentence: (d) =>
      `The data folder ${d.value} cannot be used: ${d.reason}. Choose another with --data or REDOUBT_DATA.`,
  },
  DATA_FOLDER_TAKEN: {
    kind: 'unavailable',
    sentence: (d) =>
      `Another redoubt serve already works on the data folder ${d.value}. Stop it, or choose another --data.`,
  },
  DATA_FOLDER_BUSY: {
    kind: 'conflict',
    sentence: (d) =>
      `A scan is being run on the data folder ${d.value}: what it stores from now on would stay behind. Wait until it has ended, or end it with Ctrl-C, and begin again.`,
  },
  DATABASE_NEWER: {
    kind: 'unavailable',
    sentence: (d) =>
      `The database was written by a newer Redoubt (it knows "${d.value}"). Update Redoubt, or use another data folder.`,
  },
  DATABASE_UNREACHABLE: {
    kind: 'unavailable',
    sentence: (d) =>
      `The database cannot be reached: ${d.reason}. Check ${d.field ?? 'REDOUBT_DATABASE_URL or --database-url'}.`,
  },
  DATABASE_UNUSABLE: {
    kind: 'unavailable',
    sentence: (d) =>
      `The database can be reached but not used: ${d.reason}. It takes a PostgreSQL database in UTF8 whose user may make tables and schemas in it: make that user its owner.`,
  },
  DATABASE_AWAY: {
    kind: 'unavailable',
    sentence: () => 'The database is away or too busy at the moment. Try again in a few seconds.',
  },
  DATABASE_NOT_EMPTY: {
    kind: 'conflict',
    sentence: (d) =>
      `The database holds something already (table ${d.value}). Name an empty one, so that nothing is mixed up.`,
  },
  HELPER_CHANGED: {
    kind: 'bad-request',
    sentence: (d) =>
      `This scan was planned with the ${d.reason} model ${d.value}, and this worker has none or another. Set ${d.field} as they were and retry, or start a new scan.`,
  },
  TRACES_NOT_TAKEN: {
    kind: 'unavailable',
    sentence: (d) =>
      `The collector of traces at ${d.value} took none: ${d.reason} They are lost. Start it, or correct traces.endpoint (OTEL_EXPORTER_OTLP_ENDPOINT).`,
  },
  SECRET_KEY_MISSING: {
    kind: 'unavailable',
    sentence: () =>
      'REDOUBT_SECRET_KEY must be set when a PostgreSQL database is used (32 bytes in base64, the same for every server and worker). Make one with: openssl rand -base64 32',
  },
  SECRET_KEY_WRONG: {
    kind: 'unavailable',
    sentence: () =>
      'What is stored was encrypted with another key. Set REDOUBT_SECRET_KEY to the key that this database was made with.',
  },
  SECRET_KEY_LOST: {
    kind: 'unavailable',
    sentence: (d) =>
      `The key file ${d.value} is missing, and what is stored can be read with that key alone. Put it back, or set REDOUBT_SECRET_KEY to its content.`,
  },
  PORT_IN_USE: {
    kind: 'unavailable',
    sentence: (d) => `The address ${d.value} is in use already. Choose another port with --port.`,
  },
  SCAN_BUSY: {
    kind: 'conflict',
    sentence: () => 'This scan is being run by another process right now. Pause it first, or wait until it has ended.',
  },
  SCAN_UNDER_WAY: {
    kind: 'conflict',
    sentence: (d) => `The scan "${d.value}" is still running. Ask again when it has ended.`,
  },
  KEY_REUSED: {
    kind: 'conflict',
    sentence: (d) => `${d.field}: "${d.value}" was sent before with another body. Send a new key with a new request.`,
  },
  SCAN_GOES_ON: {
    kind: 'unavailable',
    sentence: (d) =>
      `The scan "${d.value}" has not ended yet. Ask again, with the same Idempotency-Key or for the id of the scan.`,
  },
  PDF_UNAVAILABLE: {
    kind: 'unavailable',
    sentence: (d) =>
      `No PDF can be made on this machine (${d.value}): the typesetter has no build for it. Ask for other formats: html, csv, jsonl, json.`,
  },
  RUNTIME_MISSING: {
    kind: 'unavailable',
    sentence: (d) =>
      `The package ${d.field} is not installed or has no build for this machine, so no transformer can run. Add it with: npm install ${d.field} --onnxruntime-node-install=skip`,
  },
  UPSTREAM_FAILED: {
    kind: 'unavailable',
    sentence: (d) => `The model behind the gateway brought no answer: ${d.reason}. Try again, or check its address.`,
  },
  MODEL_UNKNOWN: {
    kind: 'not-found',
    sentence: (d) =>
      `${d.field}: no model "${d.value}" is set up (${d.reason}). Name it under models: in redoubt.yaml, or set OPENAI_BASE_URL.`,
  },
  STORAGE_FAILED: {
    kind: 'unavailable',
    sentence: (d) => `Storing failed: ${d.reason}. Free some space or mend the database, then try again.`,
  },
  BAD_WEIGHTS: {
    kind: 'unavailable',
    sentence: (d) =>
      `The weights in ${d.value} cannot be used: ${d.reason}. Install Redoubt again, or train them anew.`,
  },
  INTERNAL: {
    kind: 'internal',
    sentence: () => 'Something went wrong inside Redoubt. The log of the server tells more; please report it.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/** An error of the catalogue. `message` is the finished sentence; `fields` carries several field errors at once. */
export class RedoubtError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    const entry: CatalogueEntry = errorCatalogue[code];
    super(entry.sentence(details), cause === undefined ? undefined : { cause });
    this.name = 'RedoubtError';
    this.code = code;
    this.kind = entry.kind;
    this.details = details;
  }
}

/** A field of a request that holds the wrong thing: `field` as the caller wrote it, `reason` without a full stop. */
export const invalidField = (field: string, reason: string): RedoubtError =>
  new RedoubtError('INVALID_FIELD', { field, reason });

/** A name that is not on the list of what may stand there. */
export const unknownValue = (field: string, value: string, allowed: readonly string[]): RedoubtError =>
  new RedoubtError('UNKNOWN_VALUE', { field, value, allowed });

/** Too many requests `reason`, e.g. "with this API key"; the next may come after so many milliseconds. */
export const rateLimited = (reason: string, waitMs: number): RedoubtError =>
  new RedoubtError('RATE_LIMITED', { reason, value: String(Math.max(1, Math.ceil(waitMs / 1000))) });

/** The header that goes with an answer to this error: `Retry-After` in whole seconds, or none. */
export const retryHeaders = (error: RedoubtError): Record<string, string> =>
  error.code === 'RATE_LIMITED' || error.code === 'DATABASE_AWAY' ? { 'retry-after': error.details.value ?? '1' } : {};
