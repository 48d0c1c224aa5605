// The contract of a command, and the floor that all commands stand on: exit codes, output, errors.
import type { Command } from 'commander';
import { type ErrorKind, invalidField, RedoubtError } from '../core/errors.ts';
import type { NumberRange } from '../core/scan-ranges.ts';
import { withoutControls } from '../reports/printable.ts';

/** Gives a command its options and its action; name and summary stand in index.ts. */
export type AddCommand = (command: Command) => void;

/** design.md "Commands": what a script may rely on. */
export const exitCodes = { done: 0, crossed: 1, usage: 2, failed: 3 } as const;

const codeOfKind: Readonly<Record<ErrorKind, number>> = {
  'bad-request': exitCodes.usage,
  unauthorised: exitCodes.usage,
  forbidden: exitCodes.usage,
  'not-found': exitCodes.usage,
  conflict: exitCodes.failed,
  'too-large': exitCodes.usage,
  'rate-limited': exitCodes.failed,
  unavailable: exitCodes.failed,
  internal: exitCodes.failed,
};

/** Prints one sentence and sets the exit code; what is no error of ours is shown whole, as it must be mended. */
export function reportError(error: unknown): void {
  if (error instanceof RedoubtError) {
    note(error.message);
    process.exitCode = codeOfKind[error.kind];
    return;
  }
  note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = exitCodes.failed;
}

/** Wraps the action of a command: errors become a sentence and an exit code. */
export const action =
  <Arguments extends unknown[]>(run: (...given: Arguments) => Promise<void>) =>
  async (...given: Arguments): Promise<void> => {
    try {
      await run(...given);
    } catch (error) {
      reportError(error);
    }
  };

/** Whoever reads the output may stop reading (`| head -1`): the work goes on unread, and its exit code stays its own. */
export function outliveReaders(streams: readonly NodeJS.WritableStream[] = [process.stdout, process.stderr]): void {
  for (const stream of streams)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}

// What a target, a model or a file is called or says stands in many lines: a terminal would obey what is in it.
export const print = (line: string): void => void process.stdout.write(`${withoutControls(line)}\n`);
export const note = (line: string): void => void process.stderr.write(`${withoutControls(line)}\n`);

/** JSON leaves these as they are, and terminals know them as the beginning of an escape. */
const CONTROLS_LEFT = /[\u007f-\u009f]/g;

/** A value as JSON that a terminal can show, on one line unless `indent` says otherwise. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(
    CONTROLS_LEFT,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Prints JSON and waits until the line is written, or nobody reads on: for many lines, of which one is held at a time. */
export const printJsonInTurn = (json: string): Promise<void> =>
  new Promise((resolve) => void process.stdout.write(`${json}\n`, () => resolve()));
const printJsonText = (text: string): void => void process.stdout.write(`${text}\n`);
export const printJson = (value: unknown): void => printJsonText(jsonText(value, 2));
export const printJsonLine = (value: unknown): void => printJsonText(jsonText(value));

/** What was done: as JSON where that is asked for, else in a sentence. */
export const printDone = ({ json }: { readonly json?: boolean }, done: unknown, sentence: string): void =>
  json ? printJson(done) : print(sentence);

/** Prints an error of the background: the work goes on, the status of the scan tells the rest. */
export const noteError = (error: unknown): void => note(error instanceof Error ? error.message : String(error));

/** Options are read as text; a number that is none is bad usage. */
export function numberOption(name: string, range: NumberRange): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const { min, max = Number.MAX_SAFE_INTEGER, whole = true } = range;
    const fits = text.trim() !== '' && value >= min && value <= max && (!whole || Number.isInteger(value));
    if (fits) return value;
    const upper = range.max === undefined ? '' : ` and at most ${max}`;
    throw new RedoubtError('INVALID_FIELD', {
      field: name,
      reason: `must be a ${whole ? 'whole ' : ''}number of at least ${min}${upper}, not "${text}".`,
    });
  };
}

/** The text without blanks around it. Throws INVALID_FIELD at `name` where nothing is left. */
export function requireText(name: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw invalidField(name, 'must not be empty.');
  return trimmed;
}

export const textOption =
  (name: string): ((text: string) => string) =>
  (text) =>
    requireText(name, text);

/** For options that may be given several times. */
export const collect = (value: string, earlier: readonly string[]): string[] => [...earlier, value];
