// Reads the public training rows (README of the file names sources and licences) and plants attacks in its documents.
import { existsSync, readFileSync } from 'node:fs';
import { type Random, seededRandom } from '../../src/core/random.ts';
import type { Row } from './own-rows.ts';
import { pick } from './phrase-bank.ts';

interface Line {
  readonly text: string;
  readonly label: 0 | 1;
  readonly source: string;
}

/** Share-alike: weights trained on it would have to carry its licence. */
const leftOut = /^xquad/;
const MOST_OF_A_SOURCE = 4000;
const hosts = /^(?:docs_|wiki|bipiatr_clean|gpteacher_tool|cse|jackhhao)/;

const familyOf = (source: string): string => {
  const [first] = source.split('/') as [string];
  return first
    .replace(/^bipiatr(?:_clean)?$/, 'bipia')
    .replace(/^wild_.*/, 'wild')
    .replace(/_train$/, '');
};

/** The rows of the file, at most 4,000 a source; none where there is no such file. */
export function publicRows(path: string, seed: number): Row[] {
  if (!existsSync(path)) return [];
  const random = seededRandom('public-rows', seed);
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => ({ line: JSON.parse(line) as Line, order: random.next() }))
    .sort((a, b) => a.order - b.order);
  const taken = new Map<string, number>();
  return lines.flatMap(({ line: { text, label, source } }) => {
    const count = taken.get(source) ?? 0;
    taken.set(source, count + 1);
    if (leftOut.test(source) || count >= MOST_OF_A_SOURCE) return [];
    return [{ text, label, family: familyOf(source), language: 'en' }];
  });
}

/** The host with the sentence between two of its sentences, or lines. */
function plant(host: string, sentence: string, random: Random): string {
  const places = [...host.matchAll(/(?<=[.!?])\s+|\n+/g)].map(({ index, 0: gap }) => ({ at: index, gap }));
  if (places.length === 0) return random.below(2) === 0 ? `${host} ${sentence}` : `${sentence}\n${host}`;
  const { at, gap } = pick(places, random);
  return `${host.slice(0, at)}${gap}${sentence}${gap}${host.slice(at + gap.length)}`;
}

const planted = new Set([
  'indirect',
  'agent',
  'hijack',
  'override',
  'extract',
  'verdict',
  'memory',
  'mode',
  'authority',
]);

/** Real documents with one of our sentences in them: an attack, or a harmless one in its place. */
export function plantedRows(publics: readonly Row[], own: readonly Row[], count: number, seed: number): Row[] {
  const random = seededRandom('planted-rows', seed);
  const documents = publics.filter(({ label, text, family }) => label === 0 && hosts.test(family) && text.length > 120);
  if (documents.length === 0) return [];
  const sentencesOf = (wanted: 0 | 1): readonly Row[] =>
    own.filter(
      ({ label, text, language, family, payload }) =>
        label === wanted &&
        payload === undefined &&
        language === 'en' &&
        text.length < 300 &&
        planted.has(family.slice(4)),
    );
  const [harmless, attacks] = [sentencesOf(0), sentencesOf(1)];
  return Array.from({ length: count }, () => {
    const label = random.next() < 0.6 ? 1 : 0;
    const { text: sentence, family } = pick(label === 1 ? attacks : harmless, random);
    const text = plant(pick(documents, random).text.slice(0, 3000), sentence, random);
    return { text, label, family, language: 'en', payload: sentence } as const;
  });
}
