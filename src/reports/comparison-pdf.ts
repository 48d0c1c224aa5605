// A comparison as a PDF.
import type { ComparisonData } from './comparison-data.ts';
import { comparisonView } from './comparison-view.ts';
import { typeset } from './typesetter.ts';

/** The same facts give the same bytes: no time is in them. Throws PDF_UNAVAILABLE. */
export const comparisonPdf = (data: ComparisonData): Promise<Buffer> =>
  typeset('comparison.typ', comparisonView(data), 0);
