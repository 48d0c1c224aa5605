// Names of people and postal addresses, found by a trained tagger inside of chains of capitals and numbers.
import { fileURLToPath } from 'node:url';
import { readTagger, type Tagger, taggerWith } from '../../../inference/sequence-tagger.ts';
import type { Span } from '../detector.ts';
import { type ReadChain, readChain } from './chain-tokens.ts';
import { found, type PiiKind, type PiiSearch } from './found.ts';
import { type Lexicon, shippedLexicon } from './lexicon.ts';

const taggerFile = new URL('../../../../data/models/pii/tagger.bin', import.meta.url);

interface Model {
  readonly tagger: Tagger;
  readonly lexicon: Lexicon;
}

/** Tag 0 is neither; of each kind the first tag begins a name or an address, the second goes on with it. */
export const taggedKinds = ['PERSON', 'ADDRESS'] as const satisfies readonly PiiKind[];
export type TaggedKind = (typeof taggedKinds)[number];
export const TAGS = 1 + 2 * taggedKinds.length;
export const firstTag = (kind: TaggedKind): number => 1 + 2 * taggedKinds.indexOf(kind);

/** The chance from which a token counts, by whole writers left out of training (docs in data/models/pii); it scores 0.5. */
const leastChance: Readonly<Record<TaggedKind, number>> = { PERSON: 0.35, ADDRESS: 0.5 };

/** Moves the odds so that the least chance becomes 0.5. */
function scoreOf(kind: TaggedKind, chance: number): number {
  const least = leastChance[kind];
  const odds = (chance * (1 - least)) / Math.max(1e-9, (1 - chance) * least);
  return odds / (1 + odds);
}

interface Tagged {
  readonly kind: TaggedKind;
  readonly isFirst: boolean;
  readonly score: number;
}

/** The likeliest kind of the token, where it is likely enough. */
function tagOf(chances: Float64Array, place: number): Tagged | null {
  let best: Tagged | null = null;
  for (const kind of taggedKinds) {
    const at = place * TAGS + firstTag(kind);
    const score = scoreOf(kind, chances[at]! + chances[at + 1]!);
    if (score >= 0.5 && score > (best?.score ?? 0)) best = { kind, score, isFirst: chances[at]! > chances[at + 1]! };
  }
  return best;
}

interface Open {
  readonly kind: TaggedKind;
  readonly start: number;
  end: number;
  tokens: number;
  sum: number;
}

const letterOrDigit = /^[\p{L}\p{M}\p{N}]/u;

/** Tokens of one name or address together, from its first word or number to its last; it scores what they score on average. */
function spansOf(text: string, { tokens, rows }: ReadChain, tagger: Tagger): Span[] {
  const chances = tagger(rows);
  const spans: Open[] = [];
  let open: Open | null = null;
  for (const [place, { start, end }] of tokens.entries()) {
    const tag = tagOf(chances, place);
    const isSign = !letterOrDigit.test(text.slice(start, end));
    if (tag === null || tag.isFirst || open?.kind !== tag.kind) open = null;
    if (tag === null || (open === null && isSign)) continue;
    if (open === null) {
      open = { kind: tag.kind, start, end, tokens: 0, sum: 0 };
      spans.push(open);
    }
    if (!isSign) open.end = end;
    open.tokens += 1;
    open.sum += tag.score;
  }
  return spans.map((span) => found(span.kind, span.start, span.end, span.sum / span.tokens));
}

/** The search by the given model: training looks with one that is not stored. */
export const findWith =
  ({ tagger, lexicon }: Model): PiiSearch =>
  (text, chains) =>
    chains.flatMap((chain) => {
      const read = readChain(text, chain, lexicon);
      return read === null ? [] : spansOf(text, read, tagger);
    });

let shipped: PiiSearch | null = null;

export const findPeopleAndPlaces: PiiSearch = (text, chains) => {
  shipped ??= findWith({ tagger: taggerWith(readTagger(fileURLToPath(taggerFile))), lexicon: shippedLexicon() });
  return shipped(text, chains);
};
