// How much of the personal data in labelled texts is found, and how much of what is found is right, by entity.
import { wilson } from '../../src/core/score/interval.ts';
import type { DetectContext } from '../../src/guard/detectors/detector.ts';
import { pii } from '../../src/guard/detectors/pii/pii.ts';
import { readLines } from './accuracy.ts';

interface Line {
  readonly text: string;
  readonly spans: readonly { readonly type: string; readonly start: number; readonly end: number }[];
}

/** Entities of the file that the detector has a kind for; dates, titles, ages, organisations and domains it has not. */
const kindOf: Readonly<Record<string, string>> = {
  PERSON: 'PERSON',
  STREET_ADDRESS: 'ADDRESS',
  CREDIT_CARD: 'CREDIT_CARD',
  PHONE_NUMBER: 'PHONE',
  EMAIL_ADDRESS: 'EMAIL',
  IBAN_CODE: 'IBAN',
  US_SSN: 'NATIONAL_ID',
  IP_ADDRESS: 'IP_ADDRESS',
  US_DRIVER_LICENSE: 'DRIVER_LICENSE',
};

const context: DetectContext = {
  messages: [],
  index: 0,
  session: null,
  signal: new AbortController().signal,
};

interface Place {
  readonly start: number;
  readonly end: number;
}

const overlaps = (a: Place, b: Place): boolean => a.start < b.end && b.start < a.end;

/** Places count as found where they overlap one of the same kind. Null where the file is missing. */
export async function piiByEntity(folder: string) {
  const lines = readLines<Line>(folder, 'pii_dev');
  if (lines === null) return null;
  const open = await pii.open(undefined, { judge: null });
  const counts = new Map<string, { labelled: number; hit: number; found: number; right: number }>();
  const of = (kind: string) => {
    const known = counts.get(kind) ?? { labelled: 0, hit: 0, found: 0, right: 0 };
    counts.set(kind, known);
    return known;
  };
  for (const { text, spans } of lines) {
    const found = (await open.detect(text, context)).spans.filter(({ score }) => score >= pii.threshold);
    const wanted = spans.flatMap((span) =>
      kindOf[span.type] === undefined ? [] : [{ ...span, kind: kindOf[span.type]! }],
    );
    for (const span of wanted) {
      of(span.kind).labelled += 1;
      if (found.some((other) => other.kind === span.kind && overlaps(span, other))) of(span.kind).hit += 1;
    }
    for (const span of found) {
      const kind = span.kind ?? span.label;
      of(kind).found += 1;
      if (wanted.some((other) => other.kind === kind && overlaps(span, other))) of(kind).right += 1;
    }
  }
  return Object.fromEntries(
    [...counts].map(([kind, { labelled, hit, found, right }]) => [
      kind,
      { recall: wilson(hit, labelled), precision: wilson(right, found) },
    ]),
  );
}
