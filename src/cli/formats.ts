// How formats are named in a flag.
import { invalidField, unknownValue } from '../core/errors.ts';
import { type FormatId, fileNameOf, formatIds } from '../scan/formats.ts';

export { type FormatId, fileNameOf, formatIds };

/** What a scan leaves where nothing else was asked for. */
export const DEFAULT_FORMATS = 'pdf,zip,jsonl,json';

/** Reads "jsonl,json". Throws UNKNOWN_VALUE, and INVALID_FIELD where none is named. */
export function parseFormats(written: string): FormatId[] {
  const formats = written
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const known = formatIds.find((id) => id === name);
      if (known === undefined) throw unknownValue('--formats', name, formatIds);
      return known;
    });
  if (formats.length === 0) throw invalidField('--formats', `name at least one of ${formatIds.join(', ')}.`);
  return formats;
}
