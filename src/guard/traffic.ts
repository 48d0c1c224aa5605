// Figures over recorded decisions: how many, how quick, which sessions are risky. Pure.
import type { DecisionFacts } from '../store/guard-facts.ts';
import type { RecordedFinding } from './decision-log.ts';

/** Times in milliseconds; null where nothing was decided. */
export interface Percentiles {
  readonly n: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export interface TrafficCounts {
  readonly n: number;
  readonly flagged: number;
  readonly denied: number;
  readonly redacted: number;
  readonly undecided: number;
}

export interface SessionTraffic extends TrafficCounts {
  readonly session: string;
  /** Mean over its decisions of the strongest score that fired, 0..1, and the strongest of all. */
  readonly risk: number;
  readonly peak: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** The value below which so large a share lies (nearest rank). */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

export function percentilesOf(times: readonly number[]): Percentiles {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number | null => percentile(sorted, share);
  return { n: sorted.length, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? null };
}

export function countsOf(facts: readonly DecisionFacts[]): TrafficCounts {
  const sum = (flag: 'flagged' | 'denied' | 'redacted' | 'undecided'): number =>
    facts.reduce((total, row) => total + Number(row[flag]), 0);
  return {
    n: facts.length,
    flagged: sum('flagged'),
    denied: sum('denied'),
    redacted: sum('redacted'),
    undecided: sum('undecided'),
  };
}

const findingsOf = ({ findings }: DecisionFacts): RecordedFinding[] => JSON.parse(findings) as RecordedFinding[];

const strongest = (row: DecisionFacts): number =>
  Math.max(0, ...findingsOf(row).map(({ detected, score }) => (detected ? (score ?? 0) : 0)));

function sessionOf(session: string, facts: readonly DecisionFacts[]): SessionTraffic {
  const scores = facts.map(strongest);
  const times = facts.map(({ created_at }) => Number(created_at));
  return {
    session,
    ...countsOf(facts),
    risk: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    peak: Math.max(...scores),
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
  };
}

/** The riskiest first. */
export function sessionsOf(facts: readonly DecisionFacts[]): SessionTraffic[] {
  const bySession = new Map<string, DecisionFacts[]>();
  for (const row of facts)
    if (row.session !== null) bySession.set(row.session, [...(bySession.get(row.session) ?? []), row]);
  return [...bySession]
    .map(([session, own]) => sessionOf(session, own))
    .sort((a, b) => b.risk - a.risk || b.peak - a.peak || b.lastAt - a.lastAt);
}

export interface RuleTraffic {
  readonly policy: string;
  readonly detector: string;
  readonly asked: number;
  readonly detected: number;
  readonly undecided: number;
}

/** What each rule found, those that fired most first. */
export function rulesOf(facts: readonly DecisionFacts[]): RuleTraffic[] {
  const rules = new Map<
    string,
    { policy: string; detector: string; asked: number; detected: number; undecided: number }
  >();
  for (const row of facts)
    for (const { policyId: policy, detector, detected, undecided } of findingsOf(row)) {
      const key = `${policy}\u0000${detector}`;
      const rule = rules.get(key) ?? { policy, detector, asked: 0, detected: 0, undecided: 0 };
      rules.set(key, rule);
      rule.asked += 1;
      rule.detected += detected ? 1 : 0;
      rule.undecided += undecided === null ? 0 : 1;
    }
  return [...rules.values()].sort((a, b) => b.detected - a.detected || b.asked - a.asked);
}

const HOUR_MS = 60 * 60 * 1000;

/** Counts by the hour, oldest first; hours without a decision are left out. */
export function byHour(facts: readonly DecisionFacts[]): (TrafficCounts & { readonly at: number })[] {
  const hours = new Map<number, DecisionFacts[]>();
  for (const row of facts) {
    const at = Math.floor(Number(row.created_at) / HOUR_MS) * HOUR_MS;
    hours.set(at, [...(hours.get(at) ?? []), row]);
  }
  return [...hours].sort(([a], [b]) => a - b).map(([at, own]) => ({ at, ...countsOf(own) }));
}
