// The report of a scan as a PDF.
import type { ReportData } from './report-data.ts';
import { reportView } from './report-view.ts';
import { typeset } from './typesetter.ts';

/** The PDF of a report: the same facts give the same bytes. Throws PDF_UNAVAILABLE. */
export const reportPdf = (data: ReportData): Promise<Buffer> =>
  typeset('report.typ', reportView(data), Date.parse(data.endedAt ?? data.startedAt ?? '1970-01-01T00:00:00Z'));
