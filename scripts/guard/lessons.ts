// Makes windows to learn from out of labelled texts: an attack in a long text is in some windows, not in all.
import { type Window, windowsOf } from '../../src/inference/windows.ts';
import type { Row } from './own-rows.ts';

export const windowSize = { length: 48, stride: 32 } as const;

export interface Lesson {
  readonly text: string;
  readonly target: 0 | 1;
  readonly weight: number;
  /** Index of the row that it was cut from. */
  readonly row: number;
  /** Whether it is not known which window of the row holds the attack. */
  readonly vague: boolean;
}

const MOST_WINDOWS = 12;

/** Share of the payload that lies in the window, 0..1. */
function shareIn({ start, end }: Window, from: number, length: number): number {
  return Math.max(0, Math.min(end, from + length) - Math.max(start, from)) / length;
}

function targetOf(row: Row, window: Window, windows: number): { target: 0 | 1; vague: boolean } | null {
  if (row.label === 0) return { target: 0, vague: false };
  if (windows === 1) return { target: 1, vague: false };
  const at = row.payload === undefined ? -1 : row.text.indexOf(row.payload);
  if (at < 0) return { target: 1, vague: true };
  const share = shareIn(window, at, row.payload!.length);
  if (share >= 0.6) return { target: 1, vague: false };
  return share < 0.2 ? { target: 0, vague: false } : null;
}

/** Ours are many and alike: what others wrote counts more, most a small source of a kind that nothing else has. */
export const weightOf = ({ family }: Row): number => {
  if (family === 'deepset') return 12;
  return family.startsWith('own/') ? 1 : 1.5;
};

/** A row's windows weigh a little more together than one: documents matter, but do not drown what is short. */
export function lessonsOf(rows: readonly Row[], weightOf: (row: Row) => number): Lesson[] {
  return rows.flatMap((row, index) => {
    const windows = windowsOf(row.text, windowSize).slice(0, MOST_WINDOWS);
    const weight = weightOf(row) / Math.sqrt(windows.length);
    return windows.flatMap((window) => {
      const found = targetOf(row, window, windows.length);
      return found === null ? [] : [{ text: row.text.slice(window.start, window.end), weight, row: index, ...found }];
    });
  });
}

/** Of windows that may hold the attack only the two that look most like one stay (Andrews et al. 2002, MI-SVM). */
export function sharpened(lessons: readonly Lesson[], scores: ArrayLike<number>): Lesson[] {
  const best = new Map<number, number[]>();
  for (const [index, { vague, row }] of lessons.entries())
    if (vague) best.set(row, [...(best.get(row) ?? []), scores[index]!].sort((a, b) => b - a).slice(0, 2));
  return lessons.filter(({ vague, row }, index) => !vague || best.get(row)!.includes(scores[index]!));
}
