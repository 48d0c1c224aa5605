// Breaches grouped by what they have in common: the technique, the subject, the wording; and all together. Pure.
import type { HardenTest } from '../../core/hardening.ts';
import { textOf } from './texts.ts';

export interface Group {
  readonly by: 'all' | 'technique' | 'subject' | 'wording';
  readonly name: string;
  readonly has: (test: HardenTest) => boolean;
  /** Breaches for drafting that belong to it. */
  readonly breaches: number;
}

/** With fewer there is nothing to learn from. */
export const FEWEST_BREACHES = 6;
const MOST_OF_A_KIND = 4;
const PHRASE_WORDS = 6;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];

/** The phrases of six words in a text, each once. */
export function phrasesOf(text: string, length = PHRASE_WORDS): Set<string> {
  const words = wordsOf(text);
  const phrases = new Set<string>();
  for (let at = 0; at + length <= words.length; at++) phrases.add(words.slice(at, at + length).join(' '));
  return phrases;
}

/** How many items bear each name, the most frequent first. */
export function counted<Item>(items: readonly Item[], namesOf: (item: Item) => Iterable<string>): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) for (const name of namesOf(item)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

type Belongs = Group['has'];

const belongsBy: Readonly<Record<Group['by'], (name: string) => Belongs>> = {
  all: () => () => true,
  technique:
    (name) =>
    ({ family }) =>
      family === name,
  subject:
    (name) =>
    ({ dataset }) =>
      dataset === name,
  wording: (name) => (test) => phrasesOf(textOf(test)).has(name),
};

/** Whether a test belongs to the group of that kind and name, of whatever scan it is. */
export const belongsTo = ({ by, name }: Pick<Group, 'by' | 'name'>): Belongs => belongsBy[by](name);

/** The wording that most breaches share and no larger group is made of already. */
function wordingGroups(breaches: readonly HardenTest[]): Group[] {
  const texts = new Map(breaches.map((test) => [test, phrasesOf(textOf(test))]));
  const groups: Group[] = [];
  let left = [...breaches];
  while (groups.length < MOST_OF_A_KIND) {
    const [phrase, n] = counted(left, (test) => texts.get(test) ?? [])[0] ?? ['', 0];
    if (n < FEWEST_BREACHES) return groups;
    const named = { by: 'wording', name: phrase } as const;
    groups.push({ ...named, has: belongsTo(named), breaches: n });
    left = left.filter((test) => !texts.get(test)?.has(phrase));
  }
  return groups;
}

/** The groups of the breaches that candidates are drafted from, the largest of a kind first. */
export function groupsOf(breaches: readonly HardenTest[]): Group[] {
  const byName = (by: 'technique' | 'subject', nameOf: (test: HardenTest) => string): Group[] =>
    counted(breaches, (test) => [nameOf(test)])
      .filter(([, n]) => n >= FEWEST_BREACHES)
      .slice(0, MOST_OF_A_KIND)
      .map(([name, n]) => ({ by, name, breaches: n, has: belongsTo({ by, name }) }));
  const all: Group[] =
    breaches.length < FEWEST_BREACHES
      ? []
      : [{ by: 'all', name: 'all breaches', has: () => true, breaches: breaches.length }];
  return [
    ...all,
    ...byName('technique', ({ family }) => family),
    ...byName('subject', ({ dataset }) => dataset),
    ...wordingGroups(breaches),
  ];
}
