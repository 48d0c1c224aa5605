// Reads the outlines of the letters out of the SVG that typst makes of a page: symbols, where they are used, and transforms.
// Nothing else stands in a page of plain text; pictures of emoji are left out.

export type Point = readonly [number, number];

/** x' = a x + c y + e, y' = b x + d y + f. */
type Matrix = readonly [number, number, number, number, number, number];

export interface Page {
  readonly width: number;
  readonly height: number;
  /** Closed lines in page units; filled by the non-zero rule, letter by letter. */
  readonly letters: readonly (readonly (readonly Point[])[])[];
}

const identity: Matrix = [1, 0, 0, 1, 0, 0];

const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

const applied = (m: Matrix, [x, y]: Point): Point => [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];

const numbersIn = (text: string): number[] => (text.match(/-?\d*\.?\d+(?:e-?\d+)?/g) ?? []).map(Number);

function matrixOf(tag: string): Matrix {
  const [, kind, values = ''] = /transform="(matrix|translate|scale)\(([^)]*)\)/.exec(tag) ?? [];
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbersIn(values);
  if (kind === 'matrix') return [a, b, c, d, e, f];
  if (kind === 'translate') return [1, 0, 0, 1, a, b];
  return kind === 'scale' ? [a, 0, 0, b || a, 0, 0] : identity;
}

/** Straight pieces that stand for a curve; a letter is some twenty pixels high. */
const PIECES = 4;

function curve(points: readonly Point[]): Point[] {
  return Array.from({ length: PIECES }, (_, index) => {
    const t = (index + 1) / PIECES;
    let row = points;
    while (row.length > 1)
      row = row
        .slice(1)
        .map(([x, y], at): Point => [row[at]![0] + (x - row[at]![0]) * t, row[at]![1] + (y - row[at]![1]) * t]);
    return row[0]!;
  });
}

const sizes: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, q: 4, c: 6, z: 0 };

/** The closed lines of a path; commands M L H V Q C Z, large for absolute places. */
function linesOf(path: string): Point[][] {
  const lines: Point[][] = [];
  let pen: Point = [0, 0];
  for (const [, command = '', rest = ''] of path.matchAll(/([MLHVQCZmlhvqcz])([^MLHVQCZmlhvqcz]*)/g)) {
    const kind = command.toLowerCase();
    const values = numbersIn(rest);
    const size = sizes[kind]!;
    if (kind === 'm') lines.push([]);
    if (kind === 'z') pen = lines.at(-1)?.[0] ?? pen;
    for (let at = 0; size > 0 && at + size <= values.length; at += size) {
      const added = step(kind, values.slice(at, at + size), pen, command === kind);
      lines.at(-1)?.push(...added);
      pen = added.at(-1) ?? pen;
    }
  }
  return lines;
}

function step(kind: string, values: readonly number[], pen: Point, isRelative: boolean): Point[] {
  const [x, y] = isRelative ? pen : [0, 0];
  if (kind === 'h') return [[x + values[0]!, pen[1]]];
  if (kind === 'v') return [[pen[0], y + values[0]!]];
  const points = Array.from(
    { length: values.length / 2 },
    (_, at): Point => [x + values[2 * at]!, y + values[2 * at + 1]!],
  );
  return points.length === 1 ? points : curve([pen, ...points]);
}

function symbolsOf(svg: string): ReadonlyMap<string, Point[][]> {
  const found = svg.matchAll(/<symbol id="([^"]+)"[^>]*>\s*<path [^>]*?d="([^"]*)"/g);
  return new Map([...found].map(([, id, path]) => [id!, linesOf(path!)]));
}

/** All letters of a page, in the order in which they are drawn. */
export function pageOf(svg: string): Page {
  const [, , width = 0, height = 0] = numbersIn(/viewBox="([^"]*)"/.exec(svg)?.[1] ?? '');
  const symbols = symbolsOf(svg);
  const letters: Point[][][] = [];
  const stack: Matrix[] = [identity];
  for (const [tag] of svg.matchAll(/<g\b[^>]*>|<\/g>|<use\b[^>]*>/g)) {
    // A group of blanks is empty and closes itself.
    if (tag.startsWith('<g') && tag.endsWith('/>')) continue;
    if (tag === '</g>') stack.pop();
    else if (tag.startsWith('<g')) stack.push(times(stack.at(-1)!, matrixOf(tag)));
    else {
      const [, id = ''] = /href="#([^"]+)"/.exec(tag) ?? [];
      const [x = 0, y = 0] = ['x', 'y'].map((name) => Number(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? 0));
      const place = times(stack.at(-1)!, [1, 0, 0, 1, x, y]);
      letters.push((symbols.get(id) ?? []).map((line) => line.map((point) => applied(place, point))));
    }
  }
  return { width, height, letters };
}
