// `npm run train:pii`: makes data/models/pii out of data/training/pii, of harmless texts and of lists of names. Prints
// what the tagger finds in the texts of writers that it was not taught; takes about two minutes.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { seededRandom } from '../src/core/random.ts';
import { wilson } from '../src/core/score/interval.ts';
import { FEATURES_BY_SELF } from '../src/guard/detectors/pii/chain-tokens.ts';
import { chainsOf } from '../src/guard/detectors/pii/chains.ts';
import { lexiconOf } from '../src/guard/detectors/pii/lexicon.ts';
import { findWith, TAGS, type TaggedKind, taggedKinds } from '../src/guard/detectors/pii/people-and-places.ts';
import { packTagger, type TaggerWeights, taggerWith } from '../src/inference/sequence-tagger.ts';
import { type BankFile, readBankFiles, say } from './guard/phrase-bank.ts';
import { publicRows } from './guard/public-rows.ts';
import { fitTagger, type TaggedRows, type TaggerTraining } from './pii/fit-tagger.ts';
import { givenNames, lexiconsFrom, type Said } from './pii/known-words.ts';
import { lessonsOf, lessonsOfUnmarked, textsOf } from './pii/lessons.ts';
import type { MarkedText } from './pii/marked-texts.ts';
import { saidRate } from './said-rate.ts';

const SEED = 1;
const root = fileURLToPath(new URL('../', import.meta.url));
const target = join(root, 'data/models/pii');
const { values: options } = parseArgs({
  options: { data: { type: 'string', default: join(root, '../shared/evaldata') } },
});
const training: TaggerTraining = { tags: TAGS, bits: 18, epochs: 5, rate: 0.1, hide: 0.5, hidden: FEATURES_BY_SELF };
/** Files of writers that are left out in turn, to see what the tagger makes of others. */
const leftOut = ['en-chat.txt', 'en-office.txt', 'en-places.txt', 'en-prose.txt', 'de-names.txt', 'ru-names.txt'];

const banks = readBankFiles(join(root, 'data/training/pii'));

/** Answers of models, each beginning once: prose with capitals. None where the files are missing. */
function answers(): string[] {
  const files = ['judge_train_gptfuzz', 'judge_train_jailjudge', 'judge_train_refusal'];
  const paths = files.map((name) => join(options.data, `${name}.jsonl`)).filter((path) => existsSync(path));
  const lines = paths.flatMap((path) => readFileSync(path, 'utf8').trim().split('\n'));
  const byBeginning = new Map<string, string>();
  for (const line of lines) {
    const { response } = JSON.parse(line) as { response: string | null };
    if (response !== null) byBeginning.set(response.slice(0, 80), response);
  }
  return [...byBeginning.values()];
}

/** Harmless texts of the banks of other models, in many languages. */
function ownHarmless(): string[] {
  const random = seededRandom('pii', 'harmless', SEED);
  return readBankFiles(join(root, 'data/training/guard')).flatMap((bank) =>
    [...bank.sections]
      .filter(([section]) => section.startsWith('harmless'))
      .flatMap(([, templates]) => templates.map((template) => say(template, () => undefined, random))),
  );
}

const linesOf = (folder: string): Said[] =>
  readBankFiles(join(root, 'data/training', folder)).flatMap(({ language, sections }) =>
    [...sections.values()].flat().map((line) => ({ language, text: line.replace(/<[a-z]+>/g, ' ') })),
  );
const inEnglish = (text: string): Said => ({ language: 'en', text });

/** Whose texts may hold names of people in every line. */
const crowded = /^(?:wiki|bipia)/;
const publicTexts = publicRows(join(options.data, 'guard_train.jsonl'), SEED);
const unmarked = [
  ...publicTexts.filter(({ label, family }) => label === 0 && !crowded.test(family)).map(({ text }) => text),
  ...answers(),
  ...ownHarmless(),
];
const lexicons = lexiconsFrom([
  ...publicTexts.map(({ text }) => inEnglish(text)),
  ...answers().map(inEnglish),
  ...['guard', 'moderation', 'pii', 'sessions'].flatMap(linesOf),
]);
const partial = lexiconOf(lexicons.partial);
const names = givenNames();
const unmarkedLessons = unmarked.flatMap((text) => lessonsOfUnmarked(text, partial, names));

const markedTexts = new Map<BankFile, MarkedText[]>(
  banks.map((bank) => [bank, textsOf(bank, seededRandom('pii', bank.name, SEED))]),
);

function taught(by: readonly BankFile[]): TaggerWeights {
  const marked = by.flatMap((bank): TaggedRows[] => markedTexts.get(bank)!.flatMap((text) => lessonsOf(text, partial)));
  return fitTagger([...marked, ...unmarkedLessons], training);
}

interface Counts {
  labelled: number;
  hit: number;
  found: number;
  right: number;
}

function countsOf(weights: TaggerWeights, texts: readonly MarkedText[], kind: TaggedKind): Counts {
  const find = findWith({ tagger: taggerWith(weights), lexicon: partial });
  const counts: Counts = { labelled: 0, hit: 0, found: 0, right: 0 };
  for (const { text, spans } of texts) {
    const found = find(text, chainsOf(text)).filter((span) => span.kind === kind);
    const wanted = spans.filter((span) => span.kind === kind);
    const touches = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
      a.start < b.end && b.start < a.end;
    counts.labelled += wanted.length;
    counts.hit += wanted.filter((span) => found.some((each) => touches(each, span))).length;
    counts.found += found.length;
    counts.right += found.filter((each) => wanted.some((span) => touches(each, span))).length;
  }
  return counts;
}

console.log(
  `${[...markedTexts.values()].flat().length} marked texts, ${unmarkedLessons.length} chains of unmarked ones`,
);
const table = new Table({ head: ['left out', 'kind', 'found', 'rightly'] });
for (const bank of banks.filter(({ name }) => leftOut.includes(name))) {
  const weights = taught(banks.filter((other) => other !== bank));
  for (const kind of taggedKinds) {
    const { labelled, hit, found, right } = countsOf(weights, markedTexts.get(bank)!, kind);
    table.push([bank.name, kind, saidRate(wilson(hit, labelled)), saidRate(wilson(right, found))]);
  }
}
console.log(table.toString());
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'tagger.bin'), packTagger(taught(banks)));
writeFileSync(join(target, 'lexicon.bin'), lexicons.whole);
