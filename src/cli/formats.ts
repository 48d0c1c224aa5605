// The formats that a scan can be exported in. Apart from export-files.ts so that reading a flag loads none of the writers.
import { unknownValue } from '../core/errors.ts';

/** Every format with the name of its file, in the order in which they are written. */
const fileNames = {
  jsonl: 'results.jsonl',
  pdf: 'report.pdf',
  html: 'report.html',
  csv: 'results.csv',
  json: 'summary.json',
  sarif: 'findings.sarif',
  junit: 'junit.xml',
  markdown: 'comment.md',
  zip: 'scan-results.zip',
} as const;

export type FormatId = keyof typeof fileNames;
export const formatIds = Object.keys(fileNames) as readonly FormatId[];
export const fileNameOf = (format: FormatId): string => fileNames[format];

/** What a scan leaves where nothing else was asked for. */
export const DEFAULT_FORMATS = 'pdf,zip,jsonl,json';

/** Reads "jsonl,json". Throws UNKNOWN_VALUE. */
export function parseFormats(written: string): FormatId[] {
  return written
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const known = formatIds.find((id) => id === name);
      if (known === undefined) throw unknownValue('--formats', name, formatIds);
      return known;
    });
}
