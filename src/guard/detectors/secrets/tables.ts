// Secrets that stand alone in a cell of a table, in Markdown or CSV: beside a cell that names them, or under a head that does.
import { isUuid } from '../../../core/ids.ts';
import type { Span } from '../detector.ts';
import { addressed, kindsOfSigns, latinNames, passwordName, scoreOf } from './assignments.ts';

/** What may stand around the words of a cell. */
const frame = '[ "\'`*_]{0,40}';
/** A "token" in a table is most often a word. */
const names = `(?!token|bearer|credential)(?:[a-z]{1,20}[ _-])?${latinNames}`;
const namesSecret = new RegExp(`^${frame}${names}${frame}$`, 'iu');
const hasSuchCell = new RegExp(`(?:^|[|,;\\t])${frame}${names}${frame}(?:[|,;\\t]|$)`, 'imu');

/** What stands in such cells and is none: dates, kinds of data and of hashes ("SHA-256"), amounts ("90-days"), addresses of mail. */
const plain =
  /^(?:\d{4}-\d\d.*|[a-z]+[-_.]?\d+|\d+[-_.]?[a-z]+|(?:bcrypt|argon|pbkdf|scrypt|sha|hmac|md5|aes|rsa).*|[^@]+@[\w-]+(?:\.[\w-]+)+)$/i;
/** Nor are addresses of places and ids. */
const isPlain = (text: string): boolean => plain.test(text) || addressed.test(text) || isUuid(text);
const SHORTEST = 8;

interface Cell {
  readonly start: number;
  readonly text: string;
}

const cell: Readonly<Record<string, RegExp>> = {
  '|': /[^|]*/y,
  ',': /"(?:[^"]|"")*"[^,"]*|[^,]*/y,
  ';': /"(?:[^"]|"")*"[^;"]*|[^;]*/y,
  '\t': /[^\t]*/y,
};

function cellsOf(line: string, offset: number, delimiter: string): Cell[] {
  const cells: Cell[] = [];
  const one = cell[delimiter]!;
  for (let at = 0; at <= line.length; ) {
    one.lastIndex = at;
    const text = one.exec(line)![0];
    cells.push({ start: offset + at, text });
    at += text.length + 1;
  }
  return cells;
}

/** The secret that a cell is, by the name that stands over or beside it. */
function secretIn({ start, text }: Cell, name: string): Span[] {
  const bare = text.replace(/^[\s"'`*]+|[\s"'`*]+$/g, '');
  if (bare.length < SHORTEST || bare.length > 200 || /\s/.test(bare) || isPlain(bare)) return [];
  if (!/\d/.test(bare) || !/\p{L}/u.test(bare) || kindsOfSigns(bare) < 3) return [];
  const score = scoreOf(bare, passwordName.test(name));
  if (score === 0) return [];
  const from = start + text.indexOf(bare);
  return [{ start: from, end: from + bare.length, label: 'SECRET', kind: 'ASSIGNED_SECRET', score }];
}

interface Head {
  readonly delimiter: string;
  readonly cells: readonly Cell[];
}

/** Behind a comma and a blank a sentence goes on. */
const sentence = /[,;] /;

function headIn(line: string, offset: number): Head | null {
  for (const delimiter of Object.keys(cell)) {
    if (!line.includes(delimiter) || (delimiter !== '|' && sentence.test(line))) continue;
    const cells = cellsOf(line, offset, delimiter);
    if (cells.some(({ text }) => namesSecret.test(text))) return { delimiter, cells };
  }
  return null;
}

/** In a table with lines between its cells the value may stand beside its name. */
const beside = ({ delimiter, cells }: Head): Span[] =>
  delimiter !== '|'
    ? []
    : cells.flatMap(({ text }, at) => {
        const next = cells[at + 1];
        return next !== undefined && namesSecret.test(text) ? secretIn(next, text) : [];
      });

/** In a row the values stand under their names; null where it is no row of that table. */
function under({ delimiter, cells: names }: Head, line: string, offset: number): Span[] | null {
  const cells = cellsOf(line, offset, delimiter);
  if (cells.length !== names.length) return null;
  return names.flatMap(({ text: name }, at) => (namesSecret.test(name) ? secretIn(cells[at]!, name) : []));
}

export function findInTables(text: string): Span[] {
  if (!hasSuchCell.test(text)) return [];
  const spans: Span[] = [];
  let head: Head | null = null;
  let offset = 0;
  for (const line of text.split('\n')) {
    const named = headIn(line, offset);
    const found: Span[] | null = named === null ? head && under(head, line, offset) : beside(named);
    head = named ?? (found && head);
    for (const span of found ?? []) spans.push(span);
    offset += line.length + 1;
  }
  return spans;
}
