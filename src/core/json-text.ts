// The text of a JSON body to its value.

const BYTE_ORDER_MARK = '\ufeff';

/** Without the byte order mark that some editors put before a file. */
export const withoutMark = (text: string): string => (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);

/** A key that would change the object itself is left out. Throws SyntaxError. */
export const jsonOf = (text: string): unknown =>
  JSON.parse(withoutMark(text), (key, value: unknown) => (key === '__proto__' ? undefined : value));
