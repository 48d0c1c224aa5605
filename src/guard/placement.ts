// Leads places in a form of a text back to the text as it was sent. Each form is gone through once, so that many
// places cost no more than a few.
import type { Span } from './detectors/detector.ts';
import type { Form } from './forms.ts';

type Placement = (span: Span) => Span;

/** The last index whose value is at most `limit`; -1 where there is none. `values` ascend. */
function lastUpTo(values: readonly number[], limit: number): number {
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

/** The same words in the text as sent; the whole text where the words cannot be told apart. */
function byWords(sent: string, plain: string): Placement {
  const from = wordsOf(plain);
  const to = wordsOf(sent);
  const areAlike = from.starts.length === to.starts.length;
  return (span) => {
    const first = lastUpTo(from.starts, span.start);
    const last = lastUpTo(from.starts, span.end - 1);
    if (!areAlike || first < 0 || last < first) return { ...span, start: 0, end: sent.length };
    return { ...span, start: to.starts[first]!, end: to.ends[last]! };
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
  const starts = sorted.map((span) => span.start);
  const isShown = (span: Span): boolean => {
    const near = sorted[lastUpTo(starts, span.end - 1)];
    return near !== undefined && near.label === span.label && near.end > span.start;
  };
  return [...first, ...second.filter((span) => !isShown(span))];
}
