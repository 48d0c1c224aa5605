// A message that is JSON, such as the arguments of a tool, with the escapes in it read: in `\nAnna` no name begins with
// an "n", and a redaction inside of an escape would break the JSON. Pure.
import { jsonOrNull } from '../core/json-text.ts';

export interface Unescaped {
  readonly text: string;
  /** Where a place between two signs of `text` lies in the JSON as sent; never inside of an escape. */
  placeOf(place: number): number;
}

const oneEscape = /\\(?:u[0-9a-f]{4}|.)/gi;
const isWhole = /^\s*[{["]/;

/** Valid JSON has backslashes in its texts alone. Null where the text is none, or has no escapes. */
export function unescapedJson(sent: string): Unescaped | null {
  if (!sent.includes('\\') || !isWhole.test(sent) || jsonOrNull(sent) === null) return null;
  /** Behind which place of the text how many signs are missing of those sent. */
  const behind: number[] = [];
  const missing: number[] = [];
  let gone = 0;
  const text = sent.replace(oneEscape, (written, at: number) => {
    behind.push(at - gone);
    gone += written.length - 1;
    missing.push(gone);
    return JSON.parse(`"${written}"`) as string;
  });
  return {
    text,
    placeOf(place) {
      let [low, high] = [0, behind.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (behind[middle]! < place) low = middle + 1;
        else high = middle;
      }
      return place + (missing[low - 1] ?? 0);
    },
  };
}
