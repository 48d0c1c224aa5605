// A JSON text to its value.
import { parseWithoutProto } from './json-values.ts';

const BYTE_ORDER_MARK = '\ufeff';

/** Without the byte order mark that some editors put before a file. */
export const withoutMark = (text: string): string => (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);

/** Without the byte order mark, and without keys named `__proto__`. Throws SyntaxError. */
export const jsonOf = (text: string): unknown => parseWithoutProto(withoutMark(text));

/** As it was written; null where it is no JSON. */
export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
