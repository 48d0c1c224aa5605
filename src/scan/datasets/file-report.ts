// What `redoubt datasets validate` says about a file beyond its single lines: doubles, cases that would be left out,
// categories out of balance. Takes the lines one by one and keeps digests of them only.
import { createHash } from 'node:crypto';
import { isDecidableOffline } from '../../core/test-case.ts';
import type { CaseLine } from './case-line.ts';
import type { LineProblem, NumberedLine } from './line-reader.ts';

/** A category with less than this share of its even part is called small; with its inverse, large. */
const BALANCE = 1 / 3;
/** Lines and categories that one sentence names. */
const MOST_NAMED = 10;

/** Lines that are named of a category out of balance. */
const MOST_PLACES = 3;

/** What is said at one line. A fault keeps the file from being added, a note does not. */
export interface LineRemark {
  readonly number: number;
  readonly isFault: boolean;
  readonly text: string;
}

export interface FileReport {
  readonly take: (entry: NumberedLine | LineProblem) => readonly LineRemark[];
  /** Sentences about the file as a whole. */
  readonly conclude: () => readonly string[];
  readonly counts: () => { readonly good: number; readonly bad: number };
}

const listed = (items: readonly (string | number)[]): string =>
  items.slice(0, MOST_NAMED).join(', ') + (items.length > MOST_NAMED ? ` and ${items.length - MOST_NAMED} more` : '');

const digestOf = (text: string): string =>
  createHash('sha256').update(text.toLowerCase().replace(/\s+/g, ' ').trim()).digest('base64').slice(0, 22);

/** What the target is given: the same question under another system prompt is another case. */
const requestDigest = ({ prompt, messages, variants, system, documents, tools }: CaseLine): string =>
  digestOf(
    JSON.stringify([prompt, messages, variants, system, documents, tools], (_key, value: unknown) =>
      typeof value === 'string' ? value.trim() : value,
    ),
  );

/** How many cases a category has, and where the first of them stand. */
export interface CategoryCount {
  readonly count: number;
  readonly lines: readonly number[];
}

/** Sentences about categories with far fewer or far more cases than their even share. */
export function imbalanceOf(categories: ReadonlyMap<string, CategoryCount>): string[] {
  const total = [...categories.values()].reduce((sum, { count }) => sum + count, 0);
  const even = total / categories.size;
  const linesOf = ({ count, lines }: CategoryCount): string =>
    `line${count > 1 ? 's' : ''} ${lines.join(', ')}${count > lines.length ? ', ...' : ''}`;
  const named = (odd: readonly [string, CategoryCount][]): string =>
    listed(odd.map(([category, its]) => `${JSON.stringify(category)} ${its.count} (${linesOf(its)})`));
  const small = [...categories]
    .filter(([, { count }]) => count < even * BALANCE)
    .sort((a, b) => a[1].count - b[1].count);
  const large = [...categories]
    .filter(([, { count }]) => count * BALANCE > even)
    .sort((a, b) => b[1].count - a[1].count);
  return [
    ...(small.length > 0
      ? [`Out of balance: an even share would be ${Math.round(even)} cases; few: ${named(small)}`]
      : []),
    ...(large.length > 0
      ? [`Out of balance: an even share would be ${Math.round(even)} cases; many: ${named(large)}`]
      : []),
  ];
}

/** Starts the report on a file. */
export function reportOnFile(): FileReport {
  const ids = new Map<string, number>();
  const requests = new Map<string, number>();
  const categories = new Map<string, CategoryCount>();
  const undecidable: number[] = [];
  let good = 0;
  let bad = 0;

  const earlier = (seen: Map<string, number>, key: string, number: number): number | null => {
    const first = seen.get(key) ?? null;
    if (first === null) seen.set(key, number);
    return first;
  };

  function remarksOn({ number, line }: NumberedLine): LineRemark[] {
    const category = line.subcategory ?? line.category ?? 'General';
    const { count, lines } = categories.get(category) ?? { count: 0, lines: [] };
    categories.set(category, { count: count + 1, lines: count < MOST_PLACES ? [...lines, number] : lines });
    if (!isDecidableOffline({ expect: line.expect ?? 'refuse', oracle: line.oracle ?? null })) undecidable.push(number);
    const sameId = line.id === undefined ? null : earlier(ids, line.id, number);
    const sameRequest = earlier(requests, requestDigest(line), number);
    return [
      ...(sameId === null
        ? []
        : [{ number, isFault: true, text: `the id "${line.id}" stands in line ${sameId} already` }]),
      ...(sameRequest === null ? [] : [{ number, isFault: false, text: `asks the same as line ${sameRequest}` }]),
    ];
  }

  return {
    take(entry) {
      const remarks =
        'problem' in entry ? [{ number: entry.number, isFault: true, text: entry.problem }] : remarksOn(entry);
      if (remarks.some((remark) => remark.isFault)) bad += 1;
      else good += 1;
      return remarks;
    },
    conclude: () => [
      ...(good + bad === 0 ? ['The file holds no case'] : []),
      ...(undecidable.length > 0
        ? [
            `Not planned without a judge model, as the expectation needs an oracle and there is none: ${undecidable.length} cases (lines ${listed(undecidable)})`,
          ]
        : []),
      ...imbalanceOf(categories),
    ],
    counts: () => ({ good, bad }),
  };
}
