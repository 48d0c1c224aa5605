// Conditions of --fail-on: read from text, decided from a summary and from how the scan stands against others. Pure.
import { RedoubtError } from '../core/errors.ts';
import { type Severity, severities } from '../core/outcome.ts';
import type { StandingScan } from '../scan/findings/ci-report.ts';
import type { Summary } from '../scan/summarise.ts';

/** What a condition is decided from. `standing` null: the scan sets the baseline, and is held against nothing. */
export interface Judged {
  readonly summary: Summary;
  readonly standing: Pick<StandingScan, 'against' | 'comparison' | 'incomparable'> | null;
}

/** `open`: it cannot be said, for the reason given. What is not crossed has a `why` where that is to be told. */
export type Crossing =
  | { readonly is: 'crossed' | 'not crossed'; readonly why?: string }
  | { readonly is: 'open'; readonly why: string };

export interface Condition {
  readonly text: string;
  /** Says something only beside another scan. */
  readonly wantsStanding: boolean;
  readonly decide: (judged: Judged) => Crossing;
}

const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const PATTERN = /^(breached|partial|asr|rate|over-refusal|failure|severity)\s*(>=|>)\s*([\w.]+)\s*(%?)$/i;

const bad = (text: string): RedoubtError =>
  new RedoubtError('INVALID_FIELD', {
    field: '--fail-on',
    reason: `"${text}" cannot be read. Write e.g. 'new', 'regression', 'rate>5%', 'breached>0', 'asr>5%' or 'severity>=high'.`,
  });

const crossedIf = (is: boolean): Crossing => ({ is: is ? 'crossed' : 'not crossed' });

function countOf(summary: Summary, name: string): number {
  return name === 'breached' ? summary.counts.breached : summary.counts.partial;
}

/**
 * Attacks that search and attacks that ask once are never added up: each may cross the line by itself. `rate` is
 * attack success where even the lower end of its interval lies beyond: chance alone does not cross it.
 */
function ratesOf({ rates }: Summary, name: string): (number | null)[] {
  const { attack_success: once, attack_success_search: search } = rates;
  if (name === 'asr') return [once.rate, search.rate];
  if (name === 'rate') return [once.low, search.low];
  return [name === 'failure' ? rates.failure.rate : rates.over_refusal.rate];
}

const measured: Readonly<Record<string, string>> = {
  asr: 'attack success',
  rate: 'attack success',
  'over-refusal': 'over-refusal',
  failure: 'the failure rate',
};

/** What was not measured crosses no limit, but is told: inconclusive tests alone fail no scan. */
function rateCrossing(summary: Summary, name: string, isBeyond: (rate: number) => boolean): Crossing {
  const rates = ratesOf(summary, name).filter((rate) => rate !== null);
  if (rates.length > 0) return crossedIf(rates.some(isBeyond));
  return { is: 'not crossed', why: `${measured[name]} was not measured: no test that counts in it was decided.` };
}

function severityCondition(text: string, operator: string, level: string): Condition {
  const at = severities.indexOf(level.toLowerCase() as Severity);
  if (at < 0) throw bad(text);
  const counted = severities.slice(operator === '>=' ? at : at + 1);
  return {
    text,
    wantsStanding: false,
    decide: ({ summary }) => crossedIf(counted.some((severity) => summary.counts.breached_by_severity[severity] > 0)),
  };
}

/** New, or fixed once and back again; what was accepted or is known does not count. */
const newCondition = (text: string): Condition => ({
  text,
  wantsStanding: true,
  decide: ({ standing }) =>
    crossedIf(standing?.against.shown.some(({ state }) => state === 'new' || state === 'regressed') ?? false),
});

const regressionCondition = (text: string): Condition => ({
  text,
  wantsStanding: true,
  decide({ standing }) {
    if (standing === null) return { is: 'not crossed' };
    const { comparison, incomparable } = standing;
    if (comparison === null)
      return { is: 'open', why: incomparable ?? 'there is nothing to compare with: name a scan with --baseline.' };
    if (comparison.conclusion === 'cannot conclude')
      return { is: 'open', why: comparison.doubts[0] ?? 'too many tests are inconclusive.' };
    return crossedIf(comparison.conclusion === 'worse');
  },
});

/** Throws INVALID_FIELD where the text is no condition. */
export function parseCondition(text: string): Condition {
  const word = text.trim().toLowerCase();
  if (word === 'new') return newCondition(text);
  if (word === 'regression') return regressionCondition(text);
  const match = PATTERN.exec(word);
  if (!match) throw bad(text);
  const [, name = '', operator = '>', value = '', unit] = match;
  if (name === 'severity') return severityCondition(text, operator, value);
  const number = Number(value);
  if (Number.isNaN(number)) throw bad(text);
  const isBeyond = compare[operator]!;
  if (name === 'breached' || name === 'partial') {
    if (unit === '%') throw bad(text);
    return { text, wantsStanding: false, decide: ({ summary }) => crossedIf(isBeyond(countOf(summary, name), number)) };
  }
  const limit = unit === '%' ? number / 100 : number;
  return {
    text,
    wantsStanding: false,
    decide: ({ summary }) => rateCrossing(summary, name, (rate) => isBeyond(rate, limit)),
  };
}
