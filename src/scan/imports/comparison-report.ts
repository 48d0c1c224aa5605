// Takes the rows of a judged file as they come, keeps some on which the two differ, and makes the facts of the report.
import { basename } from 'node:path';
import type { ComparedExample, ComparedRows, ComparisonData } from '../../reports/comparison-data.ts';
import type { SoftwareVersion } from '../manifest.ts';
import type { Agreement, Standing } from './comparison.ts';
import type { JudgedFile, JudgedRow } from './judge-file.ts';

/** Rows kept of each kind of difference. */
const MOST_EXAMPLES = 10;
const shownKinds: readonly Standing[] = ['missed', 'false', 'error_as_pass', 'error_as_breach'];

export interface ExampleKeeper {
  keep(row: JudgedRow): void;
  /** In the order of `shownKinds`, then of the file. */
  kept(): readonly ComparedExample[];
}

export function keepExamples(): ExampleKeeper {
  const byKind = new Map<Standing, ComparedExample[]>(shownKinds.map((kind) => [kind, []]));
  return {
    keep({ standing, place, id, goal, answer, verdict }) {
      const kept = byKind.get(standing);
      if (kept === undefined || kept.length >= MOST_EXAMPLES) return;
      const { outcome, reason, judge } = verdict;
      kept.push({ standing, place, id, goal, answer, outcome, reason, judge });
    },
    kept: () => [...byKind.values()].flat(),
  };
}

const comparedRows = ({ counts, rows, agreement, agreement_decided, coverage }: Agreement): ComparedRows => ({
  counts,
  rows,
  agreement,
  agreement_decided,
  coverage,
});

/** The facts of a file whose rows were all taken. `name` stands for the file where it lies under another. */
export function comparisonData(
  file: JudgedFile,
  source: { readonly name: string; readonly sha256: string },
  software: SoftwareVersion,
  examples: readonly ComparedExample[],
): ComparisonData {
  const whole = file.tally.whole();
  const hasTheirs = whole.counts.no_verdict < whole.rows;
  return {
    file: { name: basename(source.name), sha256: source.sha256, format: file.importer.title },
    versions: [...file.versions].map(([version, known]) => ({ version, known })),
    software,
    judges: Object.fromEntries(file.judges),
    rows: file.rows,
    outcomes: Object.fromEntries(file.outcomes),
    asides: Object.fromEntries(file.asides),
    notes: [...file.notes],
    not_understood: {
      rows: file.problemRows,
      first: file.problems.map(({ place, problem }) => ({ place, problem })),
    },
    compared: hasTheirs
      ? {
          ...comparedRows(whole),
          by_judge: file.tally.byJudge().map(({ judge, ...each }) => ({ judge, ...comparedRows(each) })),
        }
      : null,
    examples,
  };
}

/** A row as `--json` and `--out` write it (design.md "Files"), with the tool's verdict beside ours where it has one. */
export const judgedLine = ({ id, place, verdict, theirs, standing, problem }: JudgedRow): Record<string, unknown> => ({
  id,
  outcome: verdict.outcome,
  score: verdict.score,
  confidence: verdict.confidence,
  judge: verdict.judge,
  reason: verdict.reason,
  place,
  ...(theirs === null ? {} : { theirs: theirs.outcome, theirs_by: theirs.by, standing }),
  ...(problem === null ? {} : { problem }),
});
