// The contract of an importer: it reads the result file of one tool, as that tool leaves it, and gives rows in our words.
import type { ChatAnswer, ChatMessage } from '../../core/chat.ts';
import type { Reason } from '../../core/outcome.ts';

/** What the tool decided about one answer, in our words. `undecided`: it kept the row apart as an error, or has no verdict. */
export type TheirOutcome = 'breached' | 'held' | 'undecided';

/** The tool's verdict on a row: as a whole, and of each judge of its own (detector, assertion, scorer) by name. */
export interface TheirVerdict {
  readonly outcome: TheirOutcome;
  readonly by: Readonly<Record<string, TheirOutcome>>;
}

/** What came back: an answer (`decoded`: with the attack's encoding undone, where the file says so), or why there is none. */
export type ImportedAnswer = { readonly answer: ChatAnswer; readonly decoded?: string } | { readonly failure: Reason };

/** One answer of a target with what was asked. */
export interface ImportedRow {
  readonly kind: 'row';
  /** Where it stands in the file, e.g. "line 12". */
  readonly place: string;
  readonly id: string;
  /** An id of ours; null for requests that are none of our cases. */
  readonly caseId: string | null;
  /** The request in plain words, which the answer is held against. */
  readonly goal: string;
  readonly messages: readonly ChatMessage[];
  readonly got: ImportedAnswer;
  /** Null where the file carries no verdict. */
  readonly theirs: TheirVerdict | null;
}

/** A line or a part that was understood and holds no row, e.g. the settings of the run. */
export interface ImportedAside {
  readonly kind: 'aside';
  readonly what: string;
}

/** What was not understood, and where. It counts as a row: nothing of a file is lost in silence. */
export interface ImportProblem {
  readonly kind: 'problem';
  readonly place: string;
  readonly problem: string;
}

/** The version of the tool or of its format, where the file names one. */
export interface ImportedVersion {
  readonly kind: 'version';
  readonly version: string;
  /** False: none that this importer was written for; it reads on as well as it can. */
  readonly known: boolean;
}

/** How the importer read something that the format leaves open; said once to whoever reads the table. */
export interface ImportNote {
  readonly kind: 'note';
  readonly note: string;
}

export type Imported = ImportedRow | ImportedAside | ImportProblem | ImportedVersion | ImportNote;

/** The beginning of a file, by which its format is recognised. */
export interface FileHead {
  /** The first 64 KB as text. */
  readonly text: string;
  /** The first line as JSON; null where it is none. */
  readonly firstLine: Readonly<Record<string, unknown>> | null;
  readonly isZip: boolean;
}

export interface ImportOptions {
  /** What a high, true or "correct" score of the tool means, where its format does not say; null: as the importer thinks best. */
  readonly highMeans: 'breached' | 'held' | null;
}

/** One format. Importers are asked in the order of index.ts; the first that recognises a file reads it. */
export interface Importer {
  readonly id: string;
  /** E.g. "garak report". */
  readonly title: string;
  readonly recognises: (head: FileHead) => boolean;
  /** Reads the file as a stream: memory holds one row at a time. */
  readonly read: (path: string, options: ImportOptions) => AsyncIterable<Imported>;
}
