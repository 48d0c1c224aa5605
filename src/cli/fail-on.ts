// Conditions of --fail-on: read from text, decided from a summary. Pure.
import { RedoubtError } from '../core/errors.ts';
import { type Severity, severities } from '../core/outcome.ts';
import type { Summary } from '../scan/summarise.ts';

/** Whether a finished scan crosses the line, and the sentence that says so. */
export interface Condition {
  readonly text: string;
  readonly isCrossed: (summary: Summary) => boolean;
}

const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const PATTERN = /^(breached|partial|asr|over-refusal|failure|severity)\s*(>=|>)\s*([\w.]+)\s*(%?)$/i;

const bad = (text: string): RedoubtError =>
  new RedoubtError('INVALID_FIELD', {
    field: '--fail-on',
    reason: `"${text}" cannot be read. Write e.g. 'breached>0', 'asr>5%' or 'severity>=high'.`,
  });

function countOf(summary: Summary, name: string): number {
  return name === 'breached' ? summary.counts.breached : summary.counts.partial;
}

/** Attacks that search and attacks that ask once are never added up: each may cross the line by itself. */
function ratesOf({ rates }: Summary, name: string): (number | null)[] {
  if (name === 'asr') return [rates.attack_success.rate, rates.attack_success_search.rate];
  return [name === 'failure' ? rates.failure.rate : rates.over_refusal.rate];
}

function severityCondition(text: string, operator: string, level: string): Condition {
  const at = severities.indexOf(level.toLowerCase() as Severity);
  if (at < 0) throw bad(text);
  const counted = severities.slice(operator === '>=' ? at : at + 1);
  return {
    text,
    isCrossed: (summary) => counted.some((severity) => summary.counts.breached_by_severity[severity] > 0),
  };
}

/** Throws INVALID_FIELD where the text is no condition. */
export function parseCondition(text: string): Condition {
  const match = PATTERN.exec(text.trim());
  if (!match) throw bad(text);
  const [, name = '', operator = '>', written = '', percent = ''] = match;
  const subject = name.toLowerCase();
  if (subject === 'severity') return severityCondition(text, operator, written);
  const limit = Number(written);
  if (!Number.isFinite(limit)) throw bad(text);
  const crosses = compare[operator]!;
  if (subject === 'breached' || subject === 'partial') {
    if (percent) throw bad(text);
    return { text, isCrossed: (summary) => crosses(countOf(summary, subject), limit) };
  }
  const share = percent ? limit / 100 : limit;
  return { text, isCrossed: (summary) => ratesOf(summary, subject).some((rate) => crosses(rate ?? 0, share)) };
}
