// How much of the personal data in labelled texts is found, and how much of what is found is right, by entity; names and
// addresses in texts of our own (bench/guard-names.jsonl), also by language.
import { readFileSync } from 'node:fs';
import { type Comparison, type MarkedPlace, spanAccuracy } from '../../scripts/pii/span-accuracy.ts';
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

interface Labelled {
  readonly text: string;
  readonly spans: readonly MarkedPlace[];
}

/** By kind, of those that the texts label. */
async function accuracyOn(texts: readonly Labelled[], reference: readonly string[] | undefined) {
  const open = await pii.open(reference, { judge: null });
  const compared = texts.map(async ({ text, spans }): Promise<Comparison> => {
    const { spans: all } = await open.detect(text, context);
    const sure = all.filter(({ score }) => score >= pii.threshold);
    return { marked: spans, found: sure.map((span) => ({ ...span, kind: span.kind ?? span.label })) };
  });
  const comparisons = await Promise.all(compared);
  const kinds = new Set(texts.flatMap(({ spans }) => spans.map(({ kind }) => kind)));
  return Object.fromEntries([...kinds].map((kind) => [kind, spanAccuracy(comparisons, kind)]));
}

/** On shared/evaldata/pii_dev.jsonl, by the detector as it ships. Null where the file is missing. */
export async function piiByEntity(folder: string) {
  const lines = readLines<Line>(folder, 'pii_dev');
  if (lines === null) return null;
  const texts = lines.map(({ text, spans }) => ({
    text,
    spans: spans.flatMap(({ type, start, end }) => {
      const kind = kindOf[type];
      return kind === undefined ? [] : [{ kind, start, end }];
    }),
  }));
  return accuracyOn(texts, undefined);
}

interface MarkedLine {
  readonly language: string;
  /** \u27e6P:a name\u27e7 and \u27e6A:an address\u27e7 are marked. */
  readonly text: string;
}

const mark = /\u27e6([PA]):([^\u27e7]*)\u27e7/g;

function withoutMarks(marked: string): Labelled {
  const spans: MarkedPlace[] = [];
  let text = '';
  let last = 0;
  for (const { index, 0: whole, 1: kind, 2: inside } of marked.matchAll(mark)) {
    text += marked.slice(last, index);
    spans.push({ kind: kind === 'P' ? 'PERSON' : 'ADDRESS', start: text.length, end: text.length + inside!.length });
    text += inside;
    last = index + whole.length;
  }
  return { text: text + marked.slice(last), spans };
}

const NOT_ENGLISH = 'not en';

/** On texts of a writer who saw neither training data nor detector; names are asked for in so many words. */
export async function namesByLanguage() {
  const lines = readFileSync(new URL('../guard-names.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as MarkedLine);
  const languages = new Set(lines.map(({ language }) => language));
  const groups = new Map(['all', NOT_ENGLISH, ...languages].map((name) => [name, [] as Labelled[]]));
  for (const { language, text } of lines)
    for (const name of ['all', language, ...(language === 'en' ? [] : [NOT_ENGLISH])])
      groups.get(name)!.push(withoutMarks(text));
  const found = [...groups].map(
    async ([name, texts]) => [name, await accuracyOn(texts, ['PERSON', 'ADDRESS'])] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}
