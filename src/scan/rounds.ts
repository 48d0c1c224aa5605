// Tests in rounds until a deadline: their order, and what of them counts at the end. Pure.
import { isDecided, type Outcome, type Severity, scoreOf, severities } from '../core/outcome.ts';
import { type Rate, wilson } from '../core/score/interval.ts';
import type { Rounds, Turn } from './spec.ts';

export interface PlacedTurn {
  readonly testNo: number;
  readonly round: number;
  /** Index of its kind. */
  readonly kind: number;
  readonly turn: Turn;
}

/** All turns in the order in which they are asked: a round holds one of each kind that still has one. */
export function turnsInOrder({ kinds }: Pick<Rounds, 'kinds'>): PlacedTurn[] {
  const rounds = Math.max(0, ...kinds.map(({ turns }) => turns.length));
  const placed: PlacedTurn[] = [];
  for (let round = 0; round < rounds; round++)
    for (const [kind, { turns }] of kinds.entries()) {
      const turn = turns[round];
      if (turn) placed.push({ testNo: placed.length, round, kind, turn });
    }
  return placed;
}

/** What is known of a stored test. */
export interface TestEnd {
  readonly test_no: number;
  readonly outcome: Outcome;
  readonly severity: Severity;
}

/** A decided failure; a partial one is a level less severe than its case. */
export interface RoundsFinding {
  readonly testNo: number;
  readonly kind: string;
  readonly severity: Severity;
}

export interface KindFigures {
  readonly name: string;
  readonly planned: number;
  readonly decided: number;
  readonly inconclusive: number;
}

export interface RoundsFigures {
  /** The first test that does not count any more: it is no part of a whole round. */
  readonly countedBelow: number;
  readonly planned: number;
  readonly decided: number;
  readonly inconclusive: number;
  /** Planned and not in a whole round. */
  readonly notExecuted: number;
  readonly passed: number;
  /** Share of passes among the decided, in 0..1, with its interval. */
  readonly rate: Rate;
  readonly findings: readonly RoundsFinding[];
  readonly kinds: readonly KindFigures[];
}

const lowered = (severity: Severity): Severity => severities[Math.max(0, severities.indexOf(severity) - 1)]!;

/** Counts the rounds of which every test is stored, from the first. */
export function roundsFigures(rounds: Pick<Rounds, 'kinds'>, stored: readonly TestEnd[]): RoundsFigures {
  const placed = turnsInOrder(rounds);
  const ends = new Map(stored.map((end) => [end.test_no, end]));
  const open = placed.find(({ testNo }) => !ends.has(testNo));
  const counted = placed
    .filter(({ round }) => open === undefined || round < open.round)
    .map((place) => ({ ...place, end: ends.get(place.testNo)! }));
  const decided = counted.filter(({ end }) => isDecided(end.outcome));
  const passed = decided.filter(({ end }) => scoreOf(end.outcome) === 100).length;
  const failed = decided.filter(({ end }) => scoreOf(end.outcome) !== 100);
  return {
    countedBelow: counted.length,
    planned: placed.length,
    decided: decided.length,
    inconclusive: counted.length - decided.length,
    notExecuted: placed.length - counted.length,
    passed,
    rate: wilson(passed, decided.length),
    findings: failed.map(({ testNo, kind, end }) => ({
      testNo,
      kind: rounds.kinds[kind]!.name,
      severity: end.outcome === 'partial' ? lowered(end.severity) : end.severity,
    })),
    kinds: rounds.kinds.map(({ name, turns }, index) => {
      const own = counted.filter(({ kind }) => kind === index);
      const ofThose = own.filter(({ end }) => isDecided(end.outcome)).length;
      return { name, planned: turns.length, decided: ofThose, inconclusive: own.length - ofThose };
    }),
  };
}
