// Text on its way into a database. Targets and files may send U+0000, which PostgreSQL cannot keep in text at all; both
// drivers call this for every value of every query, so that what is stored, and what is looked for, is the same on both.
const REPLACEMENT = '\ufffd';

const withoutNul = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', REPLACEMENT) : text);

/** The text as it will be read from the database: each U+0000 and each half of a surrogate pair is U+FFFD. */
export const asStored = (text: string): string => withoutNul(text.toWellFormed());

/** Values with each U+0000 replaced by U+FFFD, which is what both drivers make of half a surrogate pair. */
export const storableValues = (values: readonly unknown[]): unknown[] =>
  values.map((value) => (typeof value === 'string' ? withoutNul(value) : value));
