// Precision and recall of the detector of personal data, by kind, on labelled spans (shared/evaldata/pii_dev.jsonl).
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { wilson } from '../src/core/score/interval.ts';
import type { DetectContext, Detection, OpenDetector, Span } from '../src/guard/detectors/detector.ts';
import { pii } from '../src/guard/detectors/pii/pii.ts';

/** Our kinds, and what the file calls them. Kinds that the file does not label are not counted. */
const labelsOf: Readonly<Record<string, readonly string[]>> = {
  EMAIL: ['EMAIL_ADDRESS'],
  PHONE: ['PHONE_NUMBER'],
  CREDIT_CARD: ['CREDIT_CARD'],
  IBAN: ['IBAN_CODE'],
  NATIONAL_ID: ['US_SSN'],
  DRIVER_LICENSE: ['US_DRIVER_LICENSE'],
  IP_ADDRESS: ['IP_ADDRESS'],
  ADDRESS: ['STREET_ADDRESS'],
  PERSON: ['PERSON'],
};

interface Row {
  readonly text: string;
  readonly spans: readonly { readonly type: string; readonly start: number; readonly end: number }[];
}

export interface KindAccuracy {
  readonly kind: string;
  readonly found: number;
  readonly foundRightly: number;
  readonly labelled: number;
  readonly labelledFound: number;
}

const touches = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  a.start < b.end && b.start < a.end;

/** A find is right where it touches a label of its kind; a label is found where a find of its kind touches it. */
export function piiAccuracy(path: string): KindAccuracy[] {
  const rows = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
  const open = pii.open(null, { judge: null }) as OpenDetector;
  const found = rows.map((row) => (open.detect(row.text, {} as DetectContext) as Detection).spans);
  return Object.entries(labelsOf).map(([kind, types]) => {
    const ofKind = (spans: readonly Span[]): Span[] =>
      spans.filter((span) => span.kind === kind && span.score >= pii.threshold);
    const pairs = rows.map((row, index) => ({
      finds: ofKind(found[index]!),
      labels: row.spans.filter((span) => types.includes(span.type)),
    }));
    const sum = (count: (pair: (typeof pairs)[number]) => number): number =>
      pairs.reduce((all, pair) => all + count(pair), 0);
    return {
      kind,
      found: sum(({ finds }) => finds.length),
      foundRightly: sum(
        ({ finds, labels }) => finds.filter((find) => labels.some((label) => touches(find, label))).length,
      ),
      labelled: sum(({ labels }) => labels.length),
      labelledFound: sum(
        ({ finds, labels }) => labels.filter((label) => finds.some((find) => touches(find, label))).length,
      ),
    };
  });
}

const rate = (part: number, of: number): string => {
  const { rate: share, low, high } = wilson(part, of);
  if (share === null || low === null || high === null) return '-';
  return `${share.toFixed(3)} (${low.toFixed(3)}-${high.toFixed(3)}, n = ${of})`;
};

/** The table of the bench, or the reason why there is none. */
export function piiReport(): string {
  const path = fileURLToPath(new URL('../../shared/evaldata/pii_dev.jsonl', import.meta.url));
  if (!existsSync(path)) return 'pii: not measured, the labelled file is not here';
  const table = new Table({ head: ['Kind', 'Precision (95 %)', 'Recall (95 %)'], style: { head: [], border: [] } });
  for (const row of piiAccuracy(path))
    table.push([row.kind, rate(row.foundRightly, row.found), rate(row.labelledFound, row.labelled)]);
  return table.toString();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(piiReport());
