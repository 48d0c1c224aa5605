// Cursors of pages: opaque to callers, a place in an order to us.
import { z } from 'zod';
import { invalidField } from '../core/errors.ts';

/** A place as it is handed out. */
export const writeCursor = (place: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** The place that a cursor stands for, read by `shape`. Throws INVALID_FIELD for one that was not made here. */
export function readCursor<Place>(cursor: string, shape: z.ZodType<Place>): Place {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw invalidField('cursor', 'is none of ours. Leave it out to begin at the first page.');
  }
}

export const cursorQuery = z
  .string()
  .min(1)
  .max(500)
  .optional()
  .describe('`next` of the page before; left out: the first page');

export const nextCursor = z.string().nullable().describe('`cursor` of the next page; null on the last');
