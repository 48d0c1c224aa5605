// Takes what was found out of the messages. Pure: what stands there instead comes from `tokenFor`.
import { jsonOrNull } from '../core/json-text.ts';
import { takesOut } from './decide.ts';
import type { Span } from './detectors/detector.ts';
import { type Finding, firedLabel } from './finding.ts';
import { type GuardMessage, messageOf, type Part, partsOf, textsOf } from './message.ts';

/** A stretch that was replaced, with its place in the message as sent. */
export interface Redaction {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  /** What stands there now; empty where it was cut out. */
  readonly token: string;
}

/** The messages without what was found. */
export interface Correction {
  readonly messages: readonly GuardMessage[];
  readonly redactions: readonly Redaction[];
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly cut: boolean;
}

/** What a detector that judges wholes means: the whole message, or nothing of it. */
type Wholes = 'replaced' | 'kept';

type Place = Pick<Span, 'start' | 'end' | 'label'>;

/** The stretches to be replaced, by message. */
function stretchesOf(
  messages: readonly GuardMessage[],
  findings: readonly Finding[],
  wholes: Wholes,
): Map<number, Stretch[]> {
  const byMessage = new Map<number, Stretch[]>();
  for (const finding of findings) {
    const whole = (index: number): Place[] =>
      wholes === 'kept'
        ? []
        : [{ start: 0, end: messages[index]!.content.length, label: firedLabel(finding) ?? 'REDACTED' }];
    for (const { index, spans } of finding.hits) {
      const stretches = byMessage.get(index) ?? [];
      byMessage.set(index, stretches);
      for (const { start, end, label } of spans.length > 0 ? spans : whole(index))
        stretches.push({ start, end, label, cut: finding.action === 'strip' });
    }
  }
  return byMessage;
}

/** Stretches that overlap become one, under the label of the longest. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const sorted = [...stretches].sort((a, b) => a.start - b.start || b.end - a.end);
  const out: Stretch[] = [];
  for (const next of sorted) {
    const last = out.at(-1);
    if (last === undefined || next.start >= last.end) out.push(next);
    else {
      const longer = next.end - next.start > last.end - last.start ? next : last;
      out[out.length - 1] = { ...longer, start: last.start, end: Math.max(last.end, next.end) };
    }
  }
  return out;
}

/** The texts of a JSON, in their quotation marks. */
const quoted = /"(?:[^"\\]|\\.)*"/gs;

/** Whether a stretch of the content is a number of its JSON, in place of which a token needs quotation marks. */
function numbersOf(content: string): (stretch: Place) => boolean {
  if (!/^\s*[{[]/.test(content) || jsonOrNull(content) === null) return () => false;
  // Of the same length, so that places stay places.
  const withoutTexts = content.replace(quoted, (text) => '"'.repeat(text.length));
  return ({ start, end }) =>
    /^\d[\d.eE+-]*$/.test(withoutTexts.slice(start, end)) &&
    /[\s:,[]/.test(withoutTexts[start - 1] ?? '') &&
    /[\s,}\]]/.test(withoutTexts[end] ?? '');
}

/** What stands for a value under a label, the same for the same value. */
type TokenFor = (label: string, value: string) => string;

/** Sorted stretches by the parts of the message: one that goes over several is one in each of them. */
function byPart(stretches: readonly Stretch[], parts: readonly Part[]): Stretch[][] {
  let next = 0;
  return parts.map((part) => {
    const own: Stretch[] = [];
    for (; next < stretches.length && stretches[next]!.start < part.end; next += 1) {
      const stretch = stretches[next]!;
      const [start, end] = [Math.max(stretch.start, part.start), Math.min(stretch.end, part.end)];
      if (start < end) own.push({ ...stretch, start, end });
      if (stretch.end > part.end) break;
    }
    return own;
  });
}

/** A text that begins at `offset` of its message, with other words in place of the stretches. */
function rewritten(text: string, offset: number, changes: readonly (Place & { readonly token: string })[]): string {
  const isNumber = numbersOf(text);
  const pieces: string[] = [];
  let at = 0;
  for (const { token, ...place } of changes) {
    const [start, end] = [place.start - offset, place.end - offset];
    pieces.push(text.slice(at, start), isNumber({ ...place, start, end }) ? `"${token}"` : token);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

function replaced(
  messages: readonly GuardMessage[],
  findings: readonly Finding[],
  wholes: Wholes,
  tokenFor: TokenFor,
): Correction {
  const redactions: Redaction[] = [];
  const byMessage = stretchesOf(messages, findings, wholes);
  const corrected = messages.map((message, index) => {
    const stretches = byMessage.get(index);
    if (stretches === undefined) return message;
    const parts = partsOf(message);
    const inParts = byPart(merged(stretches), parts);
    const texts = textsOf(message).map((text, part) => {
      const changes = inParts[part]!.map(({ start, end, label, cut }): Redaction => {
        const token = cut ? '' : tokenFor(label, message.content.slice(start, end));
        return { index, start, end, label, token };
      });
      for (const change of changes) redactions.push(change);
      return rewritten(text, parts[part]!.start, changes);
    });
    return messageOf(message.role, texts);
  });
  return { messages: corrected, redactions };
}

/** The messages without what the rules that take something out have found. */
export const redact = (
  messages: readonly GuardMessage[],
  findings: readonly Finding[],
  tokenFor: TokenFor,
): Correction => replaced(messages, findings.filter(takesOut), 'replaced', tokenFor);

/** The messages with every place that any rule found replaced by its label: for records, where nothing is to be put back. */
export const masked = (messages: readonly GuardMessage[], findings: readonly Finding[]): readonly GuardMessage[] =>
  replaced(
    messages,
    findings.map((finding) => ({ ...finding, action: 'redact' })),
    'kept',
    (label) => `[${label}]`,
  ).messages;
