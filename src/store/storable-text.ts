// Text on its way into a database. Targets and files may send U+0000, which PostgreSQL cannot keep in text at all; both
// drivers call this for every value of every query, so that what is stored, and what is looked for, is the same on both.
const REPLACEMENT = '\ufffd';

const storable = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', REPLACEMENT) : value;

/** Values with each U+0000 replaced by U+FFFD, which is what both drivers make of half a surrogate pair. */
export const storableValues = (values: readonly unknown[]): unknown[] => values.map(storable);
