// The floors and arrows of ARCHITECTURE.md as data, and what a set of files does against them.
// Apart from the test so that the rules themselves can be tested on made-up files.
import { posix } from 'node:path';
import type { SourceFile } from './source-files.ts';

export interface Room {
  readonly name: string;
  readonly floor: number;
  /** The rooms it may import; undefined means every room on a lower floor. */
  readonly only: readonly string[] | undefined;
}

export type FloorPlan = ReadonlyMap<string, Room>;

const namesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);

/** Reads the rows of `| floor | rooms | may import |`; names without backticks mean every lower floor. */
export function parseFloorPlan(markdown: string): FloorPlan {
  const rows = markdown.matchAll(/^\| *(\d+) *\|([^|]*)\|([^|]*)\|$/gm);
  return new Map(
    [...rows].flatMap(([, floor, rooms, mayImport]) => {
      const only = namesIn(mayImport!);
      return namesIn(rooms!).map((name): [string, Room] => [
        name,
        { name, floor: Number(floor), only: only.length > 0 ? only : undefined },
      ]);
    }),
  );
}

/** `src/scan/attacks/flip.ts` -> `scan`; `src/compose.ts` -> `compose.ts`. */
export const roomNameOf = (path: string): string => path.split('/')[1]!;

/** The rooms whose files only the named rooms may import, beside the floors. */
const readers: ReadonlyMap<string, readonly string[]> = new Map([['config.ts', ['cli', 'compose.ts']]]);

function faultOf(from: Room, to: Room): string | undefined {
  if (from === to) return undefined;
  if (from.only !== undefined && !from.only.includes(to.name)) {
    return `${from.name} may import ${from.only.join(', ')} only`;
  }
  if (from.floor === to.floor)
    return `${from.name} and ${to.name} share a floor: rooms of one floor never import one another`;
  if (from.floor < to.floor) return `arrows point down only: ${from.name} lies below ${to.name}`;
  const allowed = readers.get(to.name);
  if (allowed !== undefined && !allowed.includes(from.name))
    return `${to.name} is read by ${allowed.join(' and ')} only`;
  return undefined;
}

/** One sentence for every import that the floor plan forbids, and for every file in a room it does not know. */
export function findForbiddenArrows(plan: FloorPlan, files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const from = plan.get(roomNameOf(file.path));
    if (from === undefined)
      return [`${file.path}: the room ${roomNameOf(file.path)} is missing in the table of ARCHITECTURE.md`];
    return file.imports.flatMap((target) => {
      if (!target.startsWith('src/')) return [`${file.path} imports ${target}: sources import nothing outside src/`];
      const to = plan.get(roomNameOf(target));
      const fault = to && faultOf(from, to);
      return fault ? [`${file.path} imports ${target}: ${fault}`] : [];
    });
  });
}

/** Every circle of imports as the path around it; type imports count, since they tie files together just the same. */
export function findCycles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start !== -1) {
      cycles.push([...trail.slice(start), path].join(' -> '));
      return;
    }
    const file = byPath.get(path);
    if (file === undefined || done.has(path)) return;
    for (const target of file.imports) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const file of files) visit(file.path, []);
  return cycles;
}

/** A folder of parts of one kind: what index.ts names is a part, the contract file is not. */
export interface Kind {
  readonly folder: string;
  readonly contract: string;
  readonly index: string;
}

const inFolder = (kind: Kind, path: string): string | undefined =>
  path.startsWith(`${kind.folder}/`) ? posix.relative(kind.folder, path) : undefined;

/** The part a file belongs to: its own name, or that of the folder it lies in. */
const partOf = (kind: Kind, path: string): string | undefined =>
  inFolder(kind, path)?.split('/')[0]?.replace(/\.ts$/, '');

/** One sentence for every part that imports another part of its kind, so that each can be added and removed alone. */
export function findSiblingImports(kind: Kind, files: readonly SourceFile[]): string[] {
  const index = files.find((file) => file.path === `${kind.folder}/${kind.index}`);
  const contract = partOf(kind, `${kind.folder}/${kind.contract}`);
  const named = (index?.imports ?? []).map((path) => partOf(kind, path));
  const parts = new Set(named.filter((part) => part !== undefined && part !== contract));
  const own = files.filter((file) => file !== index && parts.has(partOf(kind, file.path)));
  return own.flatMap((file) =>
    file.imports
      .filter((target) => parts.has(partOf(kind, target)) && partOf(kind, target) !== partOf(kind, file.path))
      .map(
        (target) =>
          `${file.path} imports ${target}: parts of ${kind.folder} never import one another; move what they share into a file of its own`,
      ),
  );
}
