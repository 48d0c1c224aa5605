// A filter in the address of a call that may name several values.
import { z } from 'zod';

const MOST_VALUES = 100;

/** One value, or several by naming it again. */
export const oneOrMore = <Value>(value: z.ZodType<Value, string>) =>
  z
    .union([value.transform((one) => [one]), z.array(value).max(MOST_VALUES)])
    .optional()
    .describe('May be repeated');
