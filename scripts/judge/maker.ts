// What makers of composed rows share: what they draw from, and what they make.
import type { Random } from '../../src/core/random.ts';
import type { JudgeRow } from './rows.ts';

export type Made = Pick<JudgeRow, 'goal' | 'answer' | 'breach' | 'refusal' | 'harmful' | 'isRelative'>;

export interface Pools {
  readonly helped: readonly JudgeRow[];
  readonly declined: readonly JudgeRow[];
  readonly random: Random;
}

export type Maker = (pools: Pools) => Made;

/** What an answer that neither gives nor declines is worth. */
export const nothing = { breach: 0, refusal: null } as const;

export const pick = <T>(list: readonly T[], random: Random): T => list[random.below(list.length)]!;

export const joined = (...parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .join(' ')
    .trim();
