// Sets a PDF with typst. Texts go in as data (JSON), never as markup; fonts come from data/fonts alone, so that a paper
// looks the same on every machine. The compiler is loaded when the first PDF is made, and kept.
import { fileURLToPath } from 'node:url';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { RedoubtError } from '../core/errors.ts';
import { breakable } from './printable.ts';

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

/**
 * The PDF that a file of data/report makes of a view: the same view gives the same bytes. `made` in milliseconds.
 * Blocks for some tenths of a second. Throws PDF_UNAVAILABLE.
 */
export async function typeset(file: string, view: unknown, made: number): Promise<Buffer> {
  const typst = await openCompiler();
  try {
    return typst.pdf(
      { mainFilePath: folderOf(`report/${file}`), inputs: { view: JSON.stringify(view, withBreaks) } },
      { creationTimestamp: Math.floor(made / 1000) },
    );
  } finally {
    // Keeps what the next paper can use again and lets go of the texts of this one.
    typst.evictCache(0);
  }
}
