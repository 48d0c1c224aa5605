// One row of a result file as JSON, or what is wrong with it.
import { notJson } from '../../core/json-fault.ts';
import { tooLarge } from '../../core/json-values.ts';

/** The log of a long agent run has a tenth of it; a schema is busy for half a second with as many that are wrong. */
const MOST_VALUES = 500_000;

/** `from`: the line of the file in which the text begins, where it may go over several. */
export function jsonValue(text: string, from?: number): { readonly value: unknown } | { readonly problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    const reason = tooLarge(value, MOST_VALUES);
    return reason === null ? { value } : { problem: `it ${reason}` };
  } catch (error) {
    return { problem: notJson(text, error, from) };
  }
}
