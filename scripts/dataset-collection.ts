// What the datasets must be as a collection (size, coverage, variety, oracles, languages), and the table that shows it.
import type { ReadCase, ReadDataset } from './dataset-files.ts';
import { expectsOracle } from './dataset-rules.ts';
import { alikePairs, nearestOf, type Pair, requestOf, wordsOf } from './dataset-words.ts';

const FEWEST_CASES = 60;
const FEWEST_TWINS = 200;
const COVERED_SHARE = 0.9;
const OPENING_WORDS = 4;
const OPENING_SHARE = 0.03;
const ORACLE_SHARE = 0.6;
const FOREIGN_SHARE = 0.1;
const FEWEST_LANGUAGES = 8;

export const shareOf = <Item>(items: readonly Item[], holds: (item: Item) => boolean): number =>
  items.length === 0 ? 0 : items.filter(holds).length / items.length;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const hasOracle = ({ line }: ReadCase): boolean => line.oracle !== undefined;
const isForeign = ({ line }: ReadCase): boolean => line.lang !== undefined && line.lang !== 'en';
export const languagesOf = (cases: readonly ReadCase[]): string[] => [
  ...new Set(cases.map(({ line }) => line.lang ?? 'en')),
];

/** Subcategories of the taxonomy that have a case. */
export const coveredOf = ({ sheet, cases }: ReadDataset): string[] =>
  sheet.subcategories.filter((name) => cases.some(({ line }) => line.subcategory === name));

/** The two requests of a dataset that are most alike by runs of three words. */
export const nearestByWords = ({ cases }: ReadDataset): Pair | null =>
  nearestOf(alikePairs(cases.map(({ line }) => requestOf(line))));

/** First words with which more than 3 % of the requests begin. */
function commonOpenings(cases: readonly ReadCase[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { line } of cases) {
    const words = wordsOf(requestOf(line)).slice(0, OPENING_WORDS);
    if (words.length === OPENING_WORDS) counts.set(words.join(' '), (counts.get(words.join(' ')) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 1 && count > cases.length * OPENING_SHARE);
}

/** What is wrong with one dataset as a whole. */
export function checkDataset(dataset: ReadDataset): string[] {
  const { slug, sheet, cases } = dataset;
  const fewest = sheet.role === 'twin' ? FEWEST_TWINS : FEWEST_CASES;
  const covered = coveredOf(dataset);
  const unknown = new Set(cases.flatMap(({ line }) => line.subcategory ?? []).filter((it) => !covered.includes(it)));
  const languages = languagesOf(cases);
  const odd = [
    ...languages.filter((lang) => !sheet.languages.includes(lang)),
    ...sheet.languages.filter((lang) => !languages.includes(lang)),
  ];
  const faults = [
    ...(cases.length < fewest ? [`has ${cases.length} cases; at least ${fewest} are needed`] : []),
    ...(cases.length === sheet.counts.cases ? [] : [`dataset.yaml counts ${sheet.counts.cases}, not ${cases.length}`]),
    ...(covered.length < sheet.subcategories.length * COVERED_SHARE
      ? [
          `covers ${covered.length} of ${sheet.subcategories.length} subcategories; ${percent(COVERED_SHARE)} are needed`,
        ]
      : []),
    ...[...unknown].map((name) => `the subcategory "${name}" is not in dataset.yaml`),
    ...(odd.length > 0 ? [`languages of dataset.yaml and of the cases differ: ${odd.join(', ')}`] : []),
    ...commonOpenings(cases).map(([words, count]) => `${count} requests begin with "${words}"`),
  ];
  return faults.map((fault) => `${slug}: ${fault}`);
}

/** What is wrong with all datasets together; the benign twins stand apart. */
export function checkCollection(datasets: readonly ReadDataset[]): string[] {
  const cases = datasets.filter(({ sheet }) => sheet.role === 'dataset').flatMap((dataset) => dataset.cases);
  const foreign = shareOf(cases, isForeign);
  const oracles = shareOf(cases, hasOracle);
  const languages = languagesOf(cases.filter(isForeign)).length;
  const bare = cases.filter((each) => expectsOracle.has(each.line.expect ?? '') && !hasOracle(each));
  return [
    ...(oracles < ORACLE_SHARE
      ? [`${percent(oracles)} of the cases have an oracle; ${percent(ORACLE_SHARE)} are needed`]
      : []),
    ...bare.map(({ slug, line }) => `${slug} ${line.id}: expects "${line.expect}" without an oracle`),
    ...(foreign < FOREIGN_SHARE || languages < FEWEST_LANGUAGES
      ? [
          `${percent(foreign)} of the cases are outside English, in ${languages} languages; ${percent(FOREIGN_SHARE)} in ${FEWEST_LANGUAGES} are needed`,
        ]
      : []),
  ];
}

const idsOf = (cases: readonly ReadCase[], pair: Pair | null): string =>
  pair === null
    ? '-'
    : `${pair.likeness.toFixed(2)} (${[pair.one, pair.other].map((at) => cases[at]?.line.id?.split('-').at(-1)).join(', ')})`;

/** One row of the table; `meaning` is null where no sentence embedding runs here. */
export function rowOf(dataset: ReadDataset, meaning: Pair | null): string[] {
  const { sheet, cases } = dataset;
  return [
    sheet.title,
    String(cases.length),
    `${coveredOf(dataset).length}/${sheet.subcategories.length}`,
    percent(shareOf(cases, hasOracle)),
    `${languagesOf(cases).length} (${percent(shareOf(cases, isForeign))})`,
    idsOf(cases, nearestByWords(dataset)),
    idsOf(cases, meaning),
  ];
}

export const tableHead = [
  'dataset',
  'cases',
  'subcategories',
  'oracle',
  'languages (outside English)',
  'nearest by words',
  'nearest by meaning',
];
