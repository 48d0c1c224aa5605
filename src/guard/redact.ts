// Takes what was found out of the messages. Pure: what stands there instead comes from `tokenFor`.
import { takesOut } from './decide.ts';
import type { Span } from './detectors/detector.ts';
import type { Finding } from './finding.ts';
import type { GuardMessage } from './message.ts';

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

/** A detector that judges wholes means the whole message. */
const spansOrWhole = (
  spans: readonly Span[],
  finding: Finding,
  length: number,
): readonly Pick<Span, 'start' | 'end' | 'label'>[] =>
  spans.length > 0 ? spans : [{ start: 0, end: length, label: finding.labels[0]?.label ?? 'REDACTED' }];

function stretchesIn(index: number, length: number, findings: readonly Finding[]): Stretch[] {
  return findings.flatMap((finding) =>
    finding.hits
      .filter((hit) => hit.index === index)
      .flatMap((hit) => spansOrWhole(hit.spans, finding, length))
      .map(({ start, end, label }) => ({ start, end, label, cut: finding.action === 'strip' })),
  );
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

/** `tokenFor` gives what stands for a value under a label, the same for the same value. */
export function redact(
  messages: readonly GuardMessage[],
  findings: readonly Finding[],
  tokenFor: (label: string, value: string) => string,
): Correction {
  const taking = findings.filter(takesOut);
  const redactions: Redaction[] = [];
  const touched = new Set(taking.flatMap((finding) => finding.hits.map((hit) => hit.index)));
  const corrected = messages.map((message, index) => {
    if (!touched.has(index)) return message;
    let content = '';
    let at = 0;
    for (const { start, end, label, cut } of merged(stretchesIn(index, message.content.length, taking))) {
      const token = cut ? '' : tokenFor(label, message.content.slice(start, end));
      redactions.push({ index, start, end, label, token });
      content += message.content.slice(at, start) + token;
      at = end;
    }
    return { ...message, content: content + message.content.slice(at) };
  });
  return { messages: corrected, redactions };
}
