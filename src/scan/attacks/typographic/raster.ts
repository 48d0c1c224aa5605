// Fills the outlines of letters into a grey picture: black on white, edges softened by four lines a pixel.
import type { Page, Point } from './outlines.ts';
import type { GreyPicture } from './png.ts';

/** Lines that are looked at for each row of pixels. */
const LINES = 4;

interface Crossing {
  readonly x: number;
  readonly turn: 1 | -1;
}

/** Where the closed lines cross the height `y`, from left to right. */
function crossingsAt(y: number, lines: readonly (readonly Point[])[]): Crossing[] {
  const found: Crossing[] = [];
  for (const line of lines) {
    for (let at = 0; at < line.length; at++) {
      const [x0, y0] = line[at]!;
      const [x1, y1] = line[(at + 1) % line.length]!;
      if (y0 <= y === y1 <= y) continue;
      found.push({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), turn: y1 > y0 ? 1 : -1 });
    }
  }
  return found.sort((a, b) => a.x - b.x);
}

/** Adds the share of each pixel that lies between `from` and `to`. */
function addSpan(row: Float32Array, from: number, to: number): void {
  const first = Math.max(0, Math.floor(from));
  const last = Math.min(row.length - 1, Math.floor(to));
  for (let x = first; x <= last; x++) row[x]! += Math.max(0, Math.min(to, x + 1) - Math.max(from, x)) / LINES;
}

function fillLine(row: Float32Array, crossings: readonly Crossing[]): void {
  let winding = 0;
  for (const [at, { x, turn }] of crossings.entries()) {
    winding += turn;
    const next = crossings[at + 1];
    if (winding !== 0 && next) addSpan(row, x, next.x);
  }
}

const heightsOf = (lines: readonly (readonly Point[])[]): readonly [number, number] => {
  const all = lines.flat().map(([, y]) => y);
  return [Math.min(...all), Math.max(...all)];
};

/** The page at `scale` pixels a unit. */
export function rasterise({ width, height, letters }: Page, scale: number): GreyPicture {
  const size = { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
  const ink = new Float32Array(size.width * size.height);
  for (const letter of letters) {
    const lines = letter.map((line) => line.map(([x, y]): Point => [x * scale, y * scale]));
    if (lines.length === 0) continue;
    const [top, bottom] = heightsOf(lines);
    for (let y = Math.max(0, Math.floor(top)); y <= Math.min(size.height - 1, Math.floor(bottom)); y++) {
      const row = ink.subarray(y * size.width, (y + 1) * size.width);
      for (let line = 0; line < LINES; line++) fillLine(row, crossingsAt(y + (line + 0.5) / LINES, lines));
    }
  }
  return { ...size, pixels: Uint8Array.from(ink, (amount) => Math.round(255 * (1 - Math.min(1, amount)))) };
}
