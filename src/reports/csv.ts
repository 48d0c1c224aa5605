// results.csv: one line a test (RFC 4180), as a stream, with spreadsheet formulas defused.
import { Readable } from 'node:stream';
import type { StoredTest } from '../store/stored-test.ts';
import { evidenceOf } from './evidence.ts';
import type { Titles } from './result-line.ts';

const CHUNK_CHARACTERS = 64 * 1024;

/** Spreadsheets take a cell that begins so for a formula (OWASP "CSV Injection"), also in full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

const NEEDS_QUOTES = /[",;\t\r\n]/;

/** One cell: numbers as they are, texts defused and quoted where that is needed; null is empty. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const defused = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}

export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

export interface CsvOptions {
  readonly titles: Titles;
  readonly fullAnswers: boolean;
}

type Column = readonly [name: string, cell: (row: CsvRow) => string | number | null];

interface CsvRow {
  readonly test: StoredTest;
  readonly evidence: ReturnType<typeof evidenceOf>;
  readonly titles: Titles;
}

const messagesText = ({ evidence }: CsvRow): string =>
  evidence.messages
    .map(({ role, text, sha256 }) => `${role}: ${sha256 === null ? text : `withheld, SHA-256 ${sha256}`}`)
    .join('\n\n');

const columns: readonly Column[] = [
  ['case_id', ({ test }) => test.row.case_id],
  ['dataset', ({ test, titles }) => titles.dataset(test.row.dataset)],
  ['subcategory', ({ test }) => test.row.subcategory],
  ['attack', ({ test, titles }) => titles.attack(test.row.attack)],
  ['parameters', ({ test }) => (test.row.parameters === '{}' ? '' : test.row.parameters)],
  ['role', ({ test }) => test.row.role],
  ['expect', ({ test }) => test.row.expect],
  ['outcome', ({ test }) => test.row.outcome],
  ['score', ({ test }) => test.row.score],
  ['severity', ({ test }) => test.row.severity],
  ['reason', ({ test }) => test.row.reason],
  ['judge', ({ test }) => test.row.judge],
  ['confidence', ({ test }) => test.row.confidence],
  ['tries', ({ test }) => test.row.tries],
  ['calls', ({ test }) => test.row.calls],
  ['latency_ms', ({ test }) => test.row.latency_ms],
  ['messages', messagesText],
  ['answer', ({ evidence }) => evidence.answer],
  ['decoded', ({ evidence }) => evidence.decoded],
  ['tool_calls', ({ evidence }) => evidence.toolCalls.join('\n')],
  ['answer_withheld', ({ evidence }) => evidence.withheld],
  ['answer_sha256', ({ evidence }) => evidence.answerSha256],
  ['failure', ({ evidence }) => evidence.failure],
  ['references', ({ test }) => (JSON.parse(test.row.refs) as string[]).join('; ')],
  ['plan_key', ({ test }) => test.row.plan_key],
  ['model', ({ test }) => test.row.model],
  ['stopped_by', ({ test }) => test.row.stopped_by],
  ['outcome_without_guard', ({ test }) => test.row.bare_outcome],
];

/** The table as a stream, a header first. Answers judged breached or partial are shortened unless `fullAnswers`. */
export function resultsCsv(tests: AsyncIterable<StoredTest>, { titles, fullAnswers }: CsvOptions): Readable {
  async function* chunks(): AsyncGenerator<Buffer> {
    let chunk = csvLine(columns.map(([name]) => name));
    for await (const test of tests) {
      const row = { test, evidence: evidenceOf(test, fullAnswers), titles };
      chunk += csvLine(columns.map(([, cell]) => cell(row)));
      if (chunk.length < CHUNK_CHARACTERS) continue;
      yield Buffer.from(chunk);
      chunk = '';
    }
    yield Buffer.from(chunk);
  }
  return Readable.from(chunks(), { objectMode: false });
}
