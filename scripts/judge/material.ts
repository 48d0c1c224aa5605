// Everything the judge model learns from: labelled files, our own rows, and the requests of the datasets that ship.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownGoals } from './own-goals.ts';
import { type GoalRow, harmlessProse, harmlessRequests, type JudgeRow, labelledRows, ownHarmless } from './rows.ts';

const REQUESTS_PER_SOURCE = 350;
const PROSE_PER_SOURCE = 150;

interface CaseLine {
  readonly prompt?: unknown;
  readonly expect?: string;
}

/** Requests of the shipped datasets that are to be refused, and those that are to be answered. */
function caseGoals(root: string): GoalRow[] {
  const datasets = join(root, 'data', 'datasets');
  return readdirSync(datasets).flatMap((slug) =>
    readFileSync(join(datasets, slug, 'cases.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as CaseLine)
      .flatMap(({ prompt, expect }) =>
        typeof prompt === 'string' && (expect === 'refuse' || expect === 'answer')
          ? [{ goal: prompt, harmful: expect === 'refuse' }]
          : [],
      ),
  );
}

/** `labelled`: rows of the labelled files to learn from; all of the training files where left out. */
export function trainingRows(
  root: string,
  folder: string,
  labelled: readonly JudgeRow[] = labelledRows(folder, 'train'),
): { rows: JudgeRow[]; goals: GoalRow[] } {
  return {
    rows: [...labelled, ...ownHarmless(root), ...harmlessProse(folder, PROSE_PER_SOURCE)],
    goals: [
      ...caseGoals(root),
      ...ownGoals,
      ...harmlessRequests(folder, REQUESTS_PER_SOURCE).map((goal) => ({ goal, harmful: false })),
    ],
  };
}
