// A text as a picture: set by typst with the fonts that ship, so that every script is drawn, and filled by our own raster.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { RedoubtError } from '../../../core/errors.ts';
import { pageOf } from './outlines.ts';
import { pngOf } from './png.ts';
import { rasterise } from './raster.ts';

const folderOf = (name: string): string => fileURLToPath(new URL(`../../../../data/${name}`, import.meta.url));

/** The text comes in as data, never as markup. */
const markup = `#set page(width: 400pt, height: auto, margin: 14pt, fill: white)
#set text(font: ("Noto Sans", "Noto Sans CJK SC"), size: 17pt)
#sys.inputs.text`;

const PIXELS_PER_POINT = 1.5;

let compiler: NodeCompiler | null = null;

/** Loaded at the first picture: most scans draw none. Throws PDF_UNAVAILABLE where there is no binary for this machine. */
function openCompiler(): NodeCompiler {
  if (compiler !== null) return compiler;
  try {
    const typst = createRequire(import.meta.url)(
      '@myriaddreamin/typst-ts-node-compiler',
    ) as typeof import('@myriaddreamin/typst-ts-node-compiler');
    compiler = typst.NodeCompiler.create({
      workspace: folderOf('report'),
      fontArgs: [{ fontPaths: [folderOf('fonts')] }],
    });
    return compiler;
  } catch (cause) {
    throw new RedoubtError('PDF_UNAVAILABLE', { value: `${process.platform}-${process.arch}` }, cause);
  }
}

/** The text in black on white, 600 pixels wide, as a PNG; the same text gives the same bytes. Some milliseconds. */
export function drawText(text: string): Buffer {
  const typst = openCompiler();
  try {
    const svg = typst.plainSvg({ mainFileContent: markup, inputs: { text } });
    return pngOf(rasterise(pageOf(svg), PIXELS_PER_POINT));
  } finally {
    typst.evictCache(0);
  }
}
