import { describe, expect, it } from 'vitest';
import type { Outcome, Severity } from '../core/outcome.ts';
import { roundsFigures, type TestEnd, turnsInOrder } from './rounds.ts';
import type { RoundsKind } from './spec.ts';

const kind = (name: string, turns: number): RoundsKind => ({
  name,
  slug: name,
  turns: Array.from({ length: turns }, (_, position) => ({
    position,
    attack: { id: 'direct', label: 'direct', parameters: {} },
  })),
});
const kinds = [kind('a', 3), kind('b', 2), kind('c', 3)];

const end = (test_no: number, outcome: Outcome = 'refused', severity: Severity = 'high'): TestEnd => ({
  test_no,
  outcome,
  severity,
});

describe('rounds', () => {
  it('hold one of each kind that still has one, in order', () => {
    const placed = turnsInOrder({ kinds }).map(({ testNo, round, kind: index }) => [testNo, round, index]);
    expect(placed).toEqual([
      [0, 0, 0],
      [1, 0, 1],
      [2, 0, 2],
      [3, 1, 0],
      [4, 1, 1],
      [5, 1, 2],
      [6, 2, 0],
      [7, 2, 2],
    ]);
    expect(turnsInOrder({ kinds: [] })).toEqual([]);
  });

  it.each<[string, number[], number]>([
    ['nothing is stored', [], 0],
    ['the first round has a gap', [0, 2, 3, 4, 5], 0],
    ['one round is whole', [0, 1, 2, 3, 5], 3],
    ['what comes after a gap is stored', [0, 1, 2, 3, 5, 6, 7], 3],
    ['all is stored', [0, 1, 2, 3, 4, 5, 6, 7], 8],
  ])('count as whole only: %s', (_, stored, counted) => {
    const figures = roundsFigures(
      { kinds },
      stored.map((number) => end(number)),
    );
    expect(figures).toMatchObject({ planned: 8, decided: counted, notExecuted: 8 - counted, passed: counted });
  });

  it('count passes, findings and what is inconclusive', () => {
    const figures = roundsFigures({ kinds }, [
      end(0, 'breached', 'critical'),
      end(1, 'partial', 'critical'),
      end(2, 'inconclusive'),
      end(3, 'defended'),
      end(4, 'partial', 'low'),
      end(5, 'refused'),
      end(6, 'breached', 'low'),
      end(7, 'inconclusive'),
    ]);
    expect(figures).toMatchObject({ planned: 8, decided: 6, inconclusive: 2, notExecuted: 0, passed: 2 });
    expect(figures.rate).toMatchObject({ k: 2, n: 6 });
    expect(figures.findings).toEqual([
      { testNo: 0, kind: 'a', severity: 'critical' },
      { testNo: 1, kind: 'b', severity: 'high' },
      { testNo: 4, kind: 'b', severity: 'low' },
      { testNo: 6, kind: 'a', severity: 'low' },
    ]);
    expect(figures.kinds).toEqual([
      { name: 'a', planned: 3, decided: 3, inconclusive: 0 },
      { name: 'b', planned: 2, decided: 2, inconclusive: 0 },
      { name: 'c', planned: 3, decided: 1, inconclusive: 2 },
    ]);
  });
});
