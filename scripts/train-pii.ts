// `npm run train:pii`: makes data/models/pii out of data/training/pii, of harmless texts and of lists of names. Prints
// what the tagger finds in the texts of writers that it was not taught; takes about two minutes.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { seededRandom } from '../src/core/random.ts';
import { FEATURES_BY_SELF } from '../src/guard/detectors/pii/chain-tokens.ts';
import { chainsOf } from '../src/guard/detectors/pii/chains.ts';
import { lexiconOf } from '../src/guard/detectors/pii/lexicon.ts';
import { findWith, TAGS, taggedKinds } from '../src/guard/detectors/pii/people-and-places.ts';
import { packTagger, type TaggerWeights, taggerWith } from '../src/inference/sequence-tagger.ts';
import { type BankFile, readBankFiles, say } from './guard/phrase-bank.ts';
import { publicRows } from './guard/public-rows.ts';
import { fitTagger, type TaggedRows, type TaggerTraining } from './pii/fit-tagger.ts';
import { givenNames, lexiconsFrom, type Said } from './pii/known-words.ts';
import { lessonsOf, lessonsOfUnmarked, textsOf } from './pii/lessons.ts';
import type { MarkedText } from './pii/marked-texts.ts';
import { type Comparison, spanAccuracy } from './pii/span-accuracy.ts';
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
function readAnswers(): string[] {
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

const answers = readAnswers();
/** Whose texts may hold names of people in every line. */
const crowded = /^(?:wiki|bipia)/;
const publicTexts = publicRows(join(options.data, 'guard_train.jsonl'), SEED);
const unmarked = [
  ...publicTexts.filter(({ label, family }) => label === 0 && !crowded.test(family)).map(({ text }) => text),
  ...answers,
  ...ownHarmless(),
];
const lexicons = lexiconsFrom([
  ...publicTexts.map(({ text }) => inEnglish(text)),
  ...answers.map(inEnglish),
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

function comparisonsOf(weights: TaggerWeights, texts: readonly MarkedText[]): Comparison[] {
  const find = findWith({ tagger: taggerWith(weights), lexicon: partial });
  return texts.map(({ text, spans }) => ({
    marked: spans,
    found: find(text, chainsOf(text)).map((span) => ({ ...span, kind: span.kind ?? span.label })),
  }));
}

console.log(
  `${[...markedTexts.values()].flat().length} marked texts, ${unmarkedLessons.length} chains of unmarked ones`,
);
const table = new Table({ head: ['left out', 'kind', 'found', 'rightly'] });
for (const bank of banks.filter(({ name }) => leftOut.includes(name))) {
  const weights = taught(banks.filter((other) => other !== bank));
  const comparisons = comparisonsOf(weights, markedTexts.get(bank)!);
  for (const kind of taggedKinds) {
    const { recall, precision } = spanAccuracy(comparisons, kind);
    table.push([bank.name, kind, saidRate(recall), saidRate(precision)]);
  }
}
console.log(table.toString());
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'tagger.bin'), packTagger(taught(banks)));
writeFileSync(join(target, 'lexicon.bin'), lexicons.whole);
