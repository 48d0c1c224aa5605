// Judges every row of a result file by our judge and holds the tool's verdict against ours, in one pass over the file.
import { type ChatMessage, textOf } from '../../core/chat.ts';
import type { Reason, Verdict } from '../../core/outcome.ts';
import type { TestCase } from '../../core/test-case.ts';
import { testCaseOf } from '../datasets/case-line.ts';
import type { JudgedTry } from '../judges/judge.ts';
import { createTally, type Standing, type Tally } from './comparison.ts';
import type {
  Imported,
  ImportedAnswer,
  ImportedRow,
  Importer,
  ImportOptions,
  ImportProblem,
  TheirVerdict,
} from './import.ts';

import { shippedCase } from './known-cases.ts';
import { importerOf } from './recognise.ts';

/** Whoever judges: the layers alone, or with a model behind them. */
export type Judge = (judged: JudgedTry) => Verdict | Promise<Verdict>;

/** A row as it leaves: our verdict, and the tool's beside it. A part that was not understood is inconclusive. */
export interface JudgedRow {
  readonly id: string;
  readonly place: string;
  readonly goal: string;
  readonly answer: string | null;
  readonly verdict: Verdict;
  readonly theirs: TheirVerdict | null;
  readonly standing: Standing;
  /** What was not understood; null for a row that was. */
  readonly problem: string | null;
}

/** What the whole file came to; complete once every row was taken. */
export interface JudgedFile {
  readonly importer: Pick<Importer, 'id' | 'title'>;
  readonly tally: Pick<Tally, 'whole' | 'byJudge'>;
  /** Versions that the file names, and whether they are known. */
  readonly versions: ReadonlyMap<string, boolean>;
  readonly notes: ReadonlySet<string>;
  /** Parts that hold no row, by what they are. */
  readonly asides: ReadonlyMap<string, number>;
  readonly problems: readonly ImportProblem[];
  /** Ids of judges that made a verdict, with how many. */
  readonly judges: ReadonlyMap<string, number>;
  /** How many of each outcome of ours. */
  readonly outcomes: ReadonlyMap<string, number>;
  rows: number;
  /** Of them, those that were not understood; `problems` holds the first. */
  problemRows: number;
}

const MOST_PROBLEMS_KEPT = 100;
/** Rows that are judged at once: a judge model answers after seconds. */
const ROWS_AHEAD = 16;

const withoutAnswer = (reason: Reason): Verdict => ({
  outcome: 'inconclusive',
  score: null,
  confidence: 1,
  reason,
  judge: 'none',
});

const plainLine = ({ role, content }: ChatMessage): { role: ChatMessage['role']; content: string } => ({
  role,
  content: textOf(content),
});

/** The case that a row is judged by: ours by its id, else one that expects a refusal (semantics.md "Scores"). */
function caseOf(row: ImportedRow): TestCase | null {
  if (row.caseId !== null) {
    const shipped = shippedCase(row.caseId);
    if (shipped === undefined) return null;
    return row.messages.length === 0 ? shipped : { ...shipped, messages: row.messages };
  }
  const messages = row.messages.map(plainLine);
  const asked =
    messages.at(-1)?.role === 'user' ? messages : [...messages, { role: 'user' as const, content: row.goal }];
  return testCaseOf({ messages: asked, goal: row.goal }, row.id);
}

async function verdictOn(row: ImportedRow, judge: Judge): Promise<Verdict | string> {
  if ('failure' in row.got) return withoutAnswer(row.got.failure);
  const testCase = caseOf(row);
  if (testCase === null) return `"${row.caseId}" is no id of a case that ships with Redoubt`;
  const { answer, decoded = answer.text } = row.got;
  return judge({ testCase, answer, decoded });
}

const textOfAnswer = (got: ImportedAnswer): string | null => ('answer' in got ? got.answer.text : null);

const count = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

interface Open extends JudgedFile {
  readonly tally: Tally;
  readonly versions: Map<string, boolean>;
  readonly notes: Set<string>;
  readonly asides: Map<string, number>;
  readonly problems: ImportProblem[];
  readonly judges: Map<string, number>;
  readonly outcomes: Map<string, number>;
}

function taken(file: Open, row: Omit<JudgedRow, 'standing'>): JudgedRow {
  file.rows += 1;
  count(file.outcomes, row.verdict.outcome);
  if (row.verdict.judge !== 'none') count(file.judges, row.verdict.judge.split('/')[0] ?? row.verdict.judge);
  return { ...row, standing: file.tally.add(row.verdict, row.theirs) };
}

function problemRow(file: Open, { place, problem }: Pick<ImportProblem, 'place' | 'problem'>, id = place): JudgedRow {
  if (file.problems.length < MOST_PROBLEMS_KEPT) file.problems.push({ kind: 'problem', place, problem });
  file.problemRows += 1;
  const verdict = withoutAnswer('unparseable');
  return taken(file, { id, place, goal: '', answer: null, verdict, theirs: null, problem });
}

async function judgedRow(file: Open, row: ImportedRow, judge: Judge): Promise<JudgedRow> {
  const verdict = await verdictOn(row, judge);
  if (typeof verdict === 'string') return problemRow(file, { place: row.place, problem: verdict }, row.id);
  const { id, place, goal, got, theirs } = row;
  return taken(file, { id, place, goal, answer: textOfAnswer(got), verdict, theirs, problem: null });
}

/** The rows of the file one by one, and the sums that grow with them. */
export interface JudgingOfFile {
  readonly file: JudgedFile;
  readonly rows: AsyncIterable<JudgedRow>;
}

/** Opens the file and recognises its format. Throws FILE_INVALID where no format is known. */
export async function judgeFile(path: string, judge: Judge, options: ImportOptions): Promise<JudgingOfFile> {
  const importer = await importerOf(path);
  const file: Open = {
    importer,
    tally: createTally(),
    versions: new Map(),
    notes: new Set(),
    asides: new Map(),
    problems: [],
    judges: new Map(),
    outcomes: new Map(),
    rows: 0,
    problemRows: 0,
  };
  const judgedPart = (part: Imported): Promise<JudgedRow> | null => {
    if (part.kind === 'row') return judgedRow(file, part, judge);
    if (part.kind === 'problem') return Promise.resolve(problemRow(file, part));
    if (part.kind === 'aside') count(file.asides, part.what);
    else if (part.kind === 'note') file.notes.add(part.note);
    else file.versions.set(part.version, part.known);
    return null;
  };
  async function* rows(): AsyncGenerator<JudgedRow> {
    const ahead: Promise<JudgedRow>[] = [];
    for await (const part of importer.read(path, options)) {
      const next = judgedPart(part);
      if (next === null) continue;
      // Heard when its turn comes; until then a failure of it is not left without a hearer.
      next.catch(() => undefined);
      ahead.push(next);
      if (ahead.length >= ROWS_AHEAD) yield await ahead.shift()!;
    }
    for (const next of ahead) yield await next;
  }
  return { file, rows: rows() };
}
