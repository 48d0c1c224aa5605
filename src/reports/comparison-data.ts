// What a comparison of two judges is made of: facts only. The room above fills it; terminal, HTML and PDF are made from it.
import type { Rate } from '../core/score/interval.ts';

/** Rows by how the two verdicts stand to one another; the keys are those of `standingTexts` in comparison-view.ts. */
export interface ComparedRows {
  readonly counts: Readonly<Record<string, number>>;
  readonly rows: number;
  readonly agreement: Rate;
  readonly agreement_decided: Rate;
  readonly coverage: Rate;
}

/** A row on which the two differ. */
export interface ComparedExample {
  readonly standing: string;
  readonly place: string;
  readonly id: string;
  readonly goal: string;
  readonly answer: string | null;
  readonly outcome: string;
  readonly reason: string;
  readonly judge: string;
}

export interface ComparisonData {
  readonly file: { readonly name: string; readonly sha256: string; readonly format: string };
  readonly versions: readonly { readonly version: string; readonly known: boolean }[];
  readonly software: { readonly version: string; readonly commit: string | null };
  /** Ids of the judges of ours that decided, with how many rows. */
  readonly judges: Readonly<Record<string, number>>;
  readonly rows: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Parts of the file that hold no row, by what they are. */
  readonly asides: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  readonly not_understood: {
    readonly rows: number;
    readonly first: readonly { readonly place: string; readonly problem: string }[];
  };
  /** Null where the file carries no verdicts of its own. */
  readonly compared:
    | (ComparedRows & { readonly by_judge: readonly ({ readonly judge: string } & ComparedRows)[] })
    | null;
  readonly examples: readonly ComparedExample[];
}
