// Matches a request with a kind of source and invents a citation for it, by rules and draws where the paper asks a model.
import { z } from 'zod';
import type { Random } from '../../../core/random.ts';
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

/** The kind of source that fits the issue of a request; the most frequent kind of the paper where no issue is found. */
export function matchingKind(request: string): KindId {
  const words = ` ${request.toLowerCase().replace(/[^\p{L}\p{N}-]+/gu, ' ')} `;
  const { issues, fallback } = citationData();
  return issues.find((each) => each.words.some((word) => words.includes(` ${word} `)))?.kind ?? fallback;
}

const opening =
  /^(?:please )?(?:(?:tell|show|teach|explain to|explain) (?:me )?)?(?:how (?:do|can|could|would|should|does) (?:i|you|we|people|one|someone) |how to |what is the best way to |(?:give|provide) (?:me )?(?:step[- ]by[- ]step )?instructions (?:for|to|on) )/i;

/** The topic as a citation would name it: the request without the words that ask. */
export const keyOf = (request: string): string =>
  request
    .trim()
    .replace(opening, '')
    .replace(/[?.!\s]+$/, '');

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
