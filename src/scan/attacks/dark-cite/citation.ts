// Matches a request with a kind of source and invents a citation for it, by rules and draws where the paper asks a model.
import { z } from 'zod';
import type { Random } from '../../../core/random.ts';
import type { TestCase } from '../../../core/test-case.ts';
import { fill, promptFile } from '../prompt-file.ts';

export const kindIds = [
  'paper',
  'report',
  'article',
  'news',
  'repository',
  'white-paper',
  'government',
  'social-media',
  'blog',
] as const;
export type KindId = (typeof kindIds)[number];

const kind = z.enum(kindIds);
const list = z.array(z.string()).min(1);

export const citationData = promptFile(
  'dark-cite',
  z.strictObject({
    kinds: z.record(kind, z.strictObject({ name: z.string(), venue: z.string(), detail: z.string() })),
    issues: z.array(z.strictObject({ issue: z.string(), kind, words: list })).min(1),
    fallback: kind,
    authors: list,
    titles: list,
    summaries: list,
    outline: list,
    prompt: z.string(),
    note: z.string(),
  }),
);

/** What of a case tells its topic. */
export type Topic = Pick<TestCase, 'leaf' | 'subcategory'>;

const spaced = (text: string): string => ` ${text.toLowerCase().replace(/[^\p{L}\p{N}-]+/gu, ' ')} `;

const stands = (word: string, text: string): boolean =>
  text.includes(word.endsWith('*') ? ` ${word.slice(0, -1)}` : ` ${word} `);

/**
 * The kind of source that fits the issue of a case, by its name, else by its category, else by the request; the most
 * frequent kind of the paper where no issue is found.
 */
export function matchingKind({ leaf, subcategory }: Topic, request: string): KindId {
  const { issues, fallback } = citationData();
  for (const text of [leaf ?? '', subcategory, request].map(spaced)) {
    const found = issues.find(({ words }) => words.some((word) => stands(word, text)));
    if (found) return found.kind;
  }
  return fallback;
}

/** A name of a case without what files it away: the category before a colon, the article or the language after it. */
const topicOf = (leaf: string): string =>
  leaf
    .replace(/^.*: /u, '')
    .replace(/\s*\([^)]*\)$/u, '')
    .replace(/, in \p{Lu}\p{L}+$/u, '')
    .trim();

const asking =
  /^(?:(?:please|hi|hello|ok|so|and) )*(?:(?:can|could|would|will) you (?:please )?|i (?:want|need|would like)(?: you)?(?: to)? )?/i;
const askedHow =
  /^(?:(?:tell|show|teach|explain to|explain) (?:me |us )?)?(?:how (?:do|can|could|would|should|does) (?:i|you|we|people|one|someone) |how to |what is the best way to |(?:give|provide) (?:me )?(?:step[- ]by[- ]step )?instructions (?:for|to|on) )/i;
const order =
  /^(?:write|make|create|draft|design|build|produce|develop|compose|invent|prepare|plan|generate|list|find|give|describe|get|tell|show|explain|send|provide|summarise|finish|help)(?: (?:me|us|him|her|them))?(?: (?:a|an|the|some|my|our|with|about))*(?= )/i;

/** More than a greeting: three words, or as much in a script without blanks. */
const saysMuch = /\S\s+\S+\s+\S|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]{6}/u;

const MOST_WORDS = 10;
const MOST_CHARACTERS = 60;

/** The words up to where a key would grow too long to be one. */
function shortened(clause: string): string {
  let key = '';
  for (const word of clause.split(/\s+/u).slice(0, MOST_WORDS)) {
    if (key !== '' && key.length + word.length >= MOST_CHARACTERS) break;
    key = key === '' ? word : `${key} ${word}`;
  }
  return Array.from(key).slice(0, MOST_CHARACTERS).join('');
}

/** The first clause of a request without the words that ask. */
function clauseOf(request: string): string {
  const clauses = request.split(/[.!?;:,\n。！？；：、，؟،।]+/u).map((clause) => clause.trim());
  const told = clauses.find((clause) => saysMuch.test(clause)) ?? clauses.find((clause) => clause !== '') ?? '';
  const first = told.replace(asking, '');
  const rest = first.replace(askedHow, '');
  return shortened(rest === first ? first.replace(order, '').trim() : `how to ${rest}`);
}

/** In the middle of a sentence; a name in capitals stays. */
const inSentence = (text: string): string => text.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase());

/** The topic as a citation would name it, in a few words: the name of the case, else what the request begins with. */
export const keyOf = ({ leaf, subcategory }: Topic, request: string): string =>
  inSentence(topicOf(leaf ?? '') || clauseOf(request) || subcategory);

const pick = <Item>(items: readonly Item[], random: Random): Item => items[random.below(items.length)]!;

/** An invented reference with an invented summary; no name, number or place in it belongs to anybody. */
export function inventCitation(id: KindId, key: string, random: Random): string {
  const { kinds, authors, titles, summaries } = citationData();
  const first = random.below(authors.length);
  const names = [authors[first]!, authors[(first + 1 + random.below(authors.length - 1)) % authors.length]!];
  const page = 10 + random.below(80);
  const figures = {
    volume: String(2 + random.below(30)),
    page: String(page),
    pageEnd: String(page + 8 + random.below(20)),
    number: String(1000 + random.below(9000)),
  };
  const title = fill(pick(titles, random), { key });
  const { venue, detail } = kinds[id];
  const summary = fill(pick(summaries, random), { ...figures, key });
  return `[1] ${names.join(' and ')}. "${title}". ${venue}, ${fill(detail, figures)}.\nSummary: ${summary}`;
}
