// The log of what runs long: on stderr, one JSON object a line, so that what collects logs can read it; a sentence on a
// terminal. Ids and figures, never a request, an answer or a key.
import { RedoubtError } from '../core/errors.ts';
import type { StretchListener } from '../core/seen/create-observer.ts';
import { withoutControls } from '../reports/printable.ts';
import { jsonText } from './command.ts';

type LogFacts = Readonly<Record<string, string | number>>;
type Level = 'info' | 'error';

function write(level: Level, message: string, facts: LogFacts): void {
  const named = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  const line = process.stderr.isTTY
    ? withoutControls([message, ...named].join(' '))
    : jsonText({ time: new Date().toISOString(), level, msg: message, ...facts });
  process.stderr.write(`${line}\n`);
}

export const logInfo = (message: string, facts: LogFacts = {}): void => write('info', message, facts);

/** Of a database that is away, what its sentence leaves out: callers of the server read that as well. */
const reasonOf = (error: unknown): LogFacts =>
  error instanceof RedoubtError && error.code === 'DATABASE_AWAY' && error.cause instanceof Error
    ? { reason: error.cause.message }
    : {};

/** An error of the background: the work goes on. `scan`: which it happened in. */
export function logError(error: unknown, scan?: string): void {
  const code: LogFacts = error instanceof RedoubtError ? { code: error.code } : {};
  const message = error instanceof Error ? error.message : String(error);
  write('error', message, { ...code, ...reasonOf(error), ...(scan === undefined ? {} : { scan }) });
}

/** A line for each chunk and each scan that was worked on. */
export const workLog: StretchListener = {
  ended({ name, scope, facts, outcome, failed, ms }) {
    if (name !== 'chunk' && name !== 'scan') return;
    write(failed ? 'error' : 'info', `${name} ${outcome}`, { ...scope, ...facts, ms: Math.round(ms) });
  },
};
