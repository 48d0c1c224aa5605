// Numbers and switches of the settings: YAML brings them as such, variables as text. What is empty is refused.
import { z } from 'zod';
import type { NumberRange } from './scan-ranges.ts';

const isWritten = (value: unknown): value is string =>
  typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim());

/** A number in the range, or its digits as text. */
export function numberSetting({ min, max, whole = true }: NumberRange) {
  const upper = max === undefined ? '' : ` and at most ${max}`;
  const error = `must be a ${whole ? 'whole ' : ''}number of at least ${min}${upper}`;
  const fits = (value: number): boolean => value >= min && value <= (max ?? Infinity);
  const isAllowed = (value: number): boolean => fits(value) && (!whole || Number.isSafeInteger(value));
  return z.preprocess((value) => (isWritten(value) ? Number(value) : value), z.number(error).refine(isAllowed, error));
}

const switches: Readonly<Record<string, boolean>> = { '1': true, true: true, '0': false, false: false };

/** true or false, also as 1 or 0, and as a variable holds them. */
export const switchSetting = z.preprocess(
  (value) => (typeof value === 'object' ? value : (switches[String(value).toLowerCase()] ?? value)),
  z.boolean('must be true or false (1 or 0)'),
);
