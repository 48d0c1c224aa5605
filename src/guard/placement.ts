// Leads places in a form of a text back to the text as it was sent. Each form is gone through once, so that many
// places cost no more than a few.
import type { Span } from './detectors/detector.ts';
import type { Form } from './forms.ts';

type Placement = (span: Span) => Span;

/** The last index whose value is at most `limit`; -1 where there is none. `values` ascend. */
export function lastUpTo(values: readonly number[], limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

interface Words {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function wordsOf(text: string): Words {
  const [starts, ends]: number[][] = [[], []];
  for (const { index, 0: word } of text.matchAll(/\S+/g)) {
    starts!.push(index);
    ends!.push(index + word.length);
  }
  return { starts: starts!, ends: ends! };
}

/** How many signs two words begin with alike, and how many of the others they end with alike. */
function alike(sent: string, plain: string): { readonly before: number; readonly behind: number } {
  const most = Math.min(sent.length, plain.length);
  let before = 0;
  while (before < most && sent.charCodeAt(before) === plain.charCodeAt(before)) before += 1;
  let behind = 0;
  while (behind < most - before && sent.at(-1 - behind) === plain.at(-1 - behind)) behind += 1;
  return { before, behind };
}

/** Where a place between two signs of the plain text lies in that word as sent; null where the word reads otherwise there. */
type OffsetIn = (word: number, place: number) => number | null;

/** Each word is compared once, as a text of data may be a single one. */
function offsetsIn(sent: string, to: Words, plain: string, from: Words): OffsetIn {
  const compared = new Map<number, ReturnType<typeof alike>>();
  return (word, place) => {
    const [start, end] = [from.starts[word]!, from.ends[word]!];
    const known = compared.get(word) ?? alike(sent.slice(to.starts[word], to.ends[word]), plain.slice(start, end));
    compared.set(word, known);
    if (place - start <= known.before) return to.starts[word]! + place - start;
    return end - place <= known.behind ? to.ends[word]! - (end - place) : null;
  };
}

/** The same signs in the text as sent; the whole words where these read otherwise, the whole text where words cannot be told apart. */
function byWords(sent: string, plain: string): Placement {
  const from = wordsOf(plain);
  const to = wordsOf(sent);
  const areAlike = from.starts.length === to.starts.length;
  const offsetIn = offsetsIn(sent, to, plain, from);
  return (span) => {
    const first = lastUpTo(from.starts, span.start);
    const last = lastUpTo(from.starts, span.end - 1);
    if (!areAlike || first < 0 || last < first) return { ...span, start: 0, end: sent.length };
    const start = offsetIn(first, span.start) ?? to.starts[first]!;
    return { ...span, start, end: offsetIn(last, span.end) ?? to.ends[last]! };
  };
}

/** The stretch of code behind a place in what it says. */
function byPieces({ pieces }: Form): Placement {
  const starts: number[] = [];
  let at = 0;
  for (const piece of pieces) {
    starts.push(at);
    at += piece.text.length + 1;
  }
  return (span) => {
    const piece = pieces[Math.max(0, lastUpTo(starts, span.start))];
    return piece ? { ...span, start: piece.start, end: piece.end } : span;
  };
}

/** How places in this form are led back to the text as sent. */
export function placementOf(form: Form, sent: string): Placement {
  if (form.kind === 'sent') return (span) => span;
  return form.kind === 'plain' ? byWords(sent, form.text) : byPieces(form);
}

/** All spans of `first`, and those of `second` that lie beside them or have another label. */
export function joinedSpans(first: readonly Span[], second: readonly Span[]): Span[] {
  const sorted = [...first].sort((a, b) => a.start - b.start);
  const byLabel = Map.groupBy(sorted, ({ label }) => label);
  const starts = new Map([...byLabel].map(([label, spans]) => [label, spans.map(({ start }) => start)]));
  const isShown = (span: Span): boolean => {
    const near = byLabel.get(span.label)?.[lastUpTo(starts.get(span.label)!, span.end - 1)];
    return near !== undefined && near.end > span.start;
  };
  return [...first, ...second.filter((span) => !isShown(span))];
}
