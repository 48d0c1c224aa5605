// Whether an answer says what its case asks it to say. For layers that weigh a missing clause.
import type { TestCase } from '../../core/test-case.ts';
import { normalise } from '../../core/text/normalise.ts';

/** Text as clauses are compared: case, spaces and apostrophes make no difference. */
export const foldedClause = (text: string): string =>
  normalise(text)
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\u2018\u2019]/g, "'");

/** null where the case requires no clause. */
export function saysRequiredClause({ oracle }: TestCase, decoded: string): boolean | null {
  if (oracle?.type !== 'clauses' || oracle.required === undefined || oracle.required.length === 0) return null;
  const text = foldedClause(decoded);
  return oracle.required.some((phrase) => text.includes(foldedClause(phrase)));
}
