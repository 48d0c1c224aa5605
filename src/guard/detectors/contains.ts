// Words and phrases that must not occur, compared without regard to letter case.
import { z } from 'zod';
import { normalise } from '../../core/text/normalise.ts';
import { type Detector, detectionOf, type Span } from './detector.ts';
import { holdForPhrases } from './hold.ts';

const MOST_PHRASES = 1000;
const LONGEST_PHRASE = 1000;

const phrase = z.string().trim().min(1, 'must not be empty').max(LONGEST_PHRASE, 'must have at most 1000 characters');
const reference = z
  .union([phrase.transform((one) => [one]), z.array(phrase).min(1).max(MOST_PHRASES)])
  .describe('a phrase or a list of phrases');

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** As it was written, and as texts are read (forms.ts): an accent may be a sign of its own. */
const spellings = (phrases: readonly string[]): readonly string[] => [
  ...new Set(phrases.flatMap((each) => [each, normalise(each) || each])),
];

/** One expression for all phrases, the longest first, so that the longest match wins; alternatives of plain text are linear. */
const expressionOf = (phrases: readonly string[]): RegExp => {
  const longestFirst = [...phrases].sort((a, b) => b.length - a.length);
  const sources = longestFirst.map((each) => escaped(each).replace(/\s+/g, '\\s+').replace(/['’]/g, "['’]"));
  return new RegExp(sources.join('|'), 'giu');
};

export const contains: Detector = {
  id: 'contains',
  title: 'Words and phrases',
  summary: 'Finds the phrases of a list, whatever their letter case.',
  version: 2,
  cost: 'rules',
  experimental: false,
  reads: 'forms',
  asks: 'message',
  threshold: 0.5,
  reference,
  open(given) {
    const phrases = spellings(reference.parse(given));
    const expression = expressionOf(phrases);
    const longestSpan = Math.max(...phrases.map((each) => each.length)) + 64;
    return {
      longestSpan,
      holdFrom: holdForPhrases(phrases, longestSpan),
      detect(text) {
        const spans: Span[] = [];
        for (const { index, 0: found } of text.matchAll(expression))
          spans.push({ start: index, end: index + found.length, label: 'CONTAINS', score: 1 });
        return detectionOf(spans);
      },
    };
  },
};
