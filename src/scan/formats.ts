// The formats that a scan can be exported in. Apart from export-formats.ts so that reading a flag loads none of the writers.

/** Every format with the name and type of its file, in the order in which they are written. */
export const exportFormats = {
  jsonl: { fileName: 'results.jsonl', type: 'application/jsonl' },
  pdf: { fileName: 'report.pdf', type: 'application/pdf' },
  html: { fileName: 'report.html', type: 'text/html; charset=utf-8' },
  csv: { fileName: 'results.csv', type: 'text/csv; charset=utf-8' },
  json: { fileName: 'summary.json', type: 'application/json' },
  sarif: { fileName: 'findings.sarif', type: 'application/sarif+json' },
  junit: { fileName: 'junit.xml', type: 'application/xml' },
  markdown: { fileName: 'comment.md', type: 'text/markdown; charset=utf-8' },
  zip: { fileName: 'scan-results.zip', type: 'application/zip' },
} as const;

export type FormatId = keyof typeof exportFormats;
export const formatIds = Object.keys(exportFormats) as readonly FormatId[];
export const fileNameOf = (format: FormatId): string => exportFormats[format].fileName;
