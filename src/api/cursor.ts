// Cursors of pages: opaque to callers, a place in an order to us.
import { z } from 'zod';
import { invalidField } from '../core/errors.ts';
import { isUuid } from '../core/ids.ts';

/** What is said of a cursor that was not made here. */
const notOurs = 'is none of ours. Leave it out to begin at the first page.';

/** A place as it is handed out. */
export const writeCursor = (place: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** The place that a cursor stands for, read by `shape`. Throws INVALID_FIELD for one that was not made here. */
export function readCursor<Place>(cursor: string, shape: z.ZodType<Place>): Place {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw invalidField('cursor', notOurs);
  }
}

/** The id of the last entry seen, in place of a cursor. Throws INVALID_FIELD at `field` for what is none. */
export function readIdCursor(id: string, field: string): string {
  if (!isUuid(id)) throw invalidField(field, notOurs);
  return id.toLowerCase();
}

export const cursorQuery = z
  .string()
  .min(1)
  .max(500)
  .optional()
  .describe('`next` of the page before; left out: the first page');

export const nextCursor = z.string().nullable().describe('`cursor` of the next page; null on the last');

/** Of an integer in PostgreSQL. */
const MOST_POSITION = 2 ** 31 - 1;

/** A cursor that is a number: the place of the last entry seen. An empty one is none, and not the place 0. */
export const positionQuery = (description: string) =>
  z
    .preprocess(
      (sent) => (sent === '' ? Number.NaN : sent),
      z.coerce.number().int().min(-1).max(MOST_POSITION).default(-1),
    )
    .describe(description);
