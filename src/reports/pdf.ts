// The report as a PDF, set by typst. Texts go in as data (JSON), never as markup; fonts come from data/fonts alone, so
// that a report looks the same on every machine. The compiler is loaded when the first PDF is made, and kept.
import { fileURLToPath } from 'node:url';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { RedoubtError } from '../core/errors.ts';
import { breakable } from './printable.ts';
import type { ReportData } from './report-data.ts';
import { reportView } from './report-view.ts';

const folderOf = (name: string): string => fileURLToPath(new URL(`../../data/${name}`, import.meta.url));

let compiler: NodeCompiler | null = null;

/** Throws PDF_UNAVAILABLE where the compiler has no binary for this machine. */
async function openCompiler(): Promise<NodeCompiler> {
  if (compiler !== null) return compiler;
  try {
    const typst = await import('@myriaddreamin/typst-ts-node-compiler');
    compiler = typst.NodeCompiler.create({
      workspace: folderOf('report'),
      fontArgs: [{ fontPaths: [folderOf('fonts')] }],
    });
    return compiler;
  } catch (cause) {
    throw new RedoubtError('PDF_UNAVAILABLE', { value: `${process.platform}-${process.arch}` }, cause);
  }
}

/** Every text of the view, so that endless words break. */
const withBreaks = (_key: string, value: unknown): unknown => (typeof value === 'string' ? breakable(value) : value);

/** The PDF of a report: the same facts give the same bytes. Blocks for some tenths of a second. */
export async function reportPdf(data: ReportData): Promise<Buffer> {
  const typst = await openCompiler();
  const view = JSON.stringify(reportView(data), withBreaks);
  const made = Date.parse(data.endedAt ?? data.startedAt ?? '1970-01-01T00:00:00Z');
  try {
    return typst.pdf(
      { mainFilePath: folderOf('report/report.typ'), inputs: { view } },
      { creationTimestamp: Math.floor(made / 1000) },
    );
  } finally {
    // Keeps what the next report can use again and lets go of the texts of this one.
    typst.evictCache(0);
  }
}
