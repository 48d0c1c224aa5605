// What the tagger learns from: chains of marked texts, and of texts in which nothing is marked.
import type { Random } from '../../src/core/random.ts';
import { readChain } from '../../src/guard/detectors/pii/chain-tokens.ts';
import { chainsOf } from '../../src/guard/detectors/pii/chains.ts';
import type { Lexicon } from '../../src/guard/detectors/pii/lexicon.ts';
import { firstTag } from '../../src/guard/detectors/pii/people-and-places.ts';
import type { BankFile } from '../guard/phrase-bank.ts';
import type { TaggedRows } from './fit-tagger.ts';
import { type MarkedText, sayMarked } from './marked-texts.ts';

const MARKED_WAYS = 12;
/** Banks of other languages are smaller than the English ones. */
const MARKED_WAYS_ELSEWHERE = 18;
const LONGEST = 1500;

/** Texts of a bank: of each template with names or addresses several, of each other one half as many. */
export function textsOf(bank: BankFile, random: Random): MarkedText[] {
  const ways = bank.language === 'en' ? MARKED_WAYS : MARKED_WAYS_ELSEWHERE;
  const said = (section: string, count: number): MarkedText[] =>
    (bank.sections.get(section) ?? []).flatMap((template) =>
      Array.from({ length: count }, () => sayMarked(bank, template, random)),
    );
  return [...said('marked texts', ways), ...said('harmless texts', ways / 2)];
}

/** The chains of a text with their tags. */
export function lessonsOf({ text, spans }: MarkedText, lexicon: Lexicon): TaggedRows[] {
  return chainsOf(text).flatMap((chain) => {
    const read = readChain(text, chain, lexicon);
    if (read === null) return [];
    const tags = read.tokens.map(({ start, end }, place) => {
      const span = spans.find((each) => start < each.end && each.start < end);
      if (span === undefined) return 0;
      const isFirst = place === 0 || read.tokens[place - 1]!.end <= span.start;
      return firstTag(span.kind) + (isFirst ? 0 : 1);
    });
    return [{ rows: read.rows, tags }];
  });
}

/** The chains of a text in which nothing is marked, but for those that may be a person all the same. */
export function lessonsOfUnmarked(text: string, lexicon: Lexicon, givenNames: ReadonlySet<string>): TaggedRows[] {
  const begun = text.slice(0, LONGEST);
  return chainsOf(begun).flatMap((chain) => {
    const read = readChain(begun, chain, lexicon);
    if (read === null || read.tokens.some(({ start, end }) => givenNames.has(begun.slice(start, end)))) return [];
    return [{ rows: read.rows, tags: read.tokens.map(() => 0) }];
  });
}
