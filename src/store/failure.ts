// What the databases throw when disk, file or connection lets them down: worded once, and what passes by itself.
import { RedoubtError } from '../core/errors.ts';

// Primary result codes (sqlite.org/rescode.html): busy, locked, out of memory, read-only, I/O, corrupt, full, cannot
// open, not a database. Others speak of the statement, and their callers know what they mean.
const ofTheStorage: ReadonlySet<number> = new Set([5, 6, 7, 8, 10, 11, 13, 14, 26]);
const READ_ONLY = 8;

const primaryCode = (error: unknown): number =>
  Number((error as { errcode?: number } | undefined)?.errcode ?? 0) & 0xff;

/** Whether the database may be read and not written. */
export const isReadOnly = (error: unknown): boolean =>
  primaryCode(error instanceof RedoubtError ? error.cause : error) === READ_ONLY;

/** Runs one step of SQLite. Throws STORAGE_FAILED where disk or file failed it, and all else as it came. */
export function inWords<Result>(step: () => Result): Result {
  try {
    return step();
  } catch (cause) {
    if (!ofTheStorage.has(primaryCode(cause))) throw cause;
    throw new RedoubtError('STORAGE_FAILED', { reason: (cause as Error).message }, cause);
  }
}

// SQLITE_CONSTRAINT_UNIQUE, which a taken primary key is not; and SQLSTATE unique_violation.
const SQLITE_UNIQUE = 2067;
const POSTGRES_UNIQUE = '23505';

/** Whether a row was refused because another one has its name. */
export const isTaken = (error: unknown): boolean => {
  const { errcode, code } = error as { errcode?: number; code?: string };
  return errcode === SQLITE_UNIQUE || code === POSTGRES_UNIQUE;
};

// SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html): connection failures, shutdowns, a server that is not
// up yet or has no place left, locks that were not got, and transactions that PostgreSQL asks to have tried again.
const passingStates = /^(08...|57P0[123]|53300|55P03|40001|40P01)$/;
const passingCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);
// `pg` throws these without a code.
const passingWords =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection)/;

/** Whether PostgreSQL, or the way to it, is away for a while: what failed may be tried again. */
export function isPassing(error: unknown): boolean {
  if (error instanceof RedoubtError) return isPassing(error.cause);
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.every(isPassing);
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return passingStates.test(code) || passingCodes.has(code);
  return passingWords.test(error.message);
}

/** An error of PostgreSQL as its callers hear of it: DATABASE_AWAY for what passes by itself, and all else as it came. */
export const awayInWords = (error: unknown): unknown =>
  !(error instanceof RedoubtError) && isPassing(error) ? new RedoubtError('DATABASE_AWAY', {}, error) : error;

// SQLSTATE of a role that lacks rights, and of an encoding without the characters that are stored.
const ofTheDatabase = /^(42501|22P05)$/;

const originOf = (error: unknown): unknown =>
  error instanceof RedoubtError && error.cause !== undefined ? originOf(error.cause) : error;

/** Of a name with several addresses each one's own; what stands around them is empty. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** Why a PostgreSQL could not be opened, to whoever named it. */
export function unopenedInWords(error: unknown): RedoubtError {
  const origin = originOf(error);
  const reason = reasonOf(origin);
  const { code } = origin as { code?: unknown };
  if (typeof code === 'string' && ofTheDatabase.test(code))
    return new RedoubtError('DATABASE_UNUSABLE', { reason }, origin);
  const isOurs = error instanceof RedoubtError && !isPassing(error);
  return isOurs ? error : new RedoubtError('DATABASE_UNREACHABLE', { reason }, origin);
}
