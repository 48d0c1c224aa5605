// Conditions of `redoubt judge --fail-on`: read from text, decided from a comparison. Pure.
import { RedoubtError } from '../core/errors.ts';
import type { ComparisonData } from '../reports/comparison-data.ts';

const subjects: Readonly<Record<string, (data: ComparisonData) => number>> = {
  breached: ({ outcomes }) => outcomes.breached ?? 0,
  partial: ({ outcomes }) => outcomes.partial ?? 0,
  inconclusive: ({ outcomes }) => outcomes.inconclusive ?? 0,
  missed: ({ compared }) => compared?.counts.missed ?? 0,
  false: ({ compared }) => compared?.counts.false ?? 0,
  'errors-as-pass': ({ compared }) => compared?.counts.error_as_pass ?? 0,
  'errors-as-breach': ({ compared }) => compared?.counts.error_as_breach ?? 0,
};

const PATTERN = /^([a-z-]+)\s*(>=|>)\s*(\d+)$/;

/** Whether a comparison crosses the line. Throws INVALID_FIELD where the text is no condition. */
export function parseComparisonCondition(text: string): (data: ComparisonData) => boolean {
  const [, name = '', operator, written] = PATTERN.exec(text.trim().toLowerCase()) ?? [];
  const countOf = subjects[name];
  if (countOf === undefined)
    throw new RedoubtError('INVALID_FIELD', {
      field: '--fail-on',
      reason: `"${text}" cannot be read. Write one of ${Object.keys(subjects).join(', ')} with a number, e.g. 'missed>0'.`,
    });
  const limit = Number(written);
  return (data) => (operator === '>=' ? countOf(data) >= limit : countOf(data) > limit);
}
