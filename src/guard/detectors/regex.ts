// Regular expressions of the policy's own, in RE2's language: no expression can take more than linear time.
import { RE2JS } from 're2js';
import { z } from 'zod';
import { invalidField } from '../../core/errors.ts';
import { type Detector, detectionOf, type Span } from './detector.ts';

const MOST_EXPRESSIONS = 100;
const LONGEST_EXPRESSION = 1000;
const MOST_MATCHES = 1000;
/** An expression is a program; what it costs is at most its size times the length of the text. */
const LARGEST_PROGRAM = 250;
const MOST_STEPS = 2 ** 25;
/** Streams hold back so much; a longer match may have left in part. */
const LONGEST_HELD = 512;

const expression = z.string().min(1, 'must not be empty').max(LONGEST_EXPRESSION, 'must have at most 1000 characters');
const reference = z
  .union([expression.transform((one) => [one]), z.array(expression).min(1).max(MOST_EXPRESSIONS)])
  .describe('a regular expression or a list of them (RE2 syntax)');

function compiled(pattern: string): RE2JS {
  let program: RE2JS;
  try {
    program = RE2JS.compile(pattern);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw invalidField('reference', `"${pattern.slice(0, 80)}" is not an expression of RE2: ${problem}.`);
  }
  if (program.programSize() > LARGEST_PROGRAM)
    throw invalidField(
      'reference',
      `"${pattern.slice(0, 80)}" is too large: its repetitions multiply. Make them smaller.`,
    );
  return program;
}

function spansOf(pattern: RE2JS, text: string): Span[] {
  if (pattern.programSize() * text.length > MOST_STEPS)
    throw new Error('the text is too long for an expression of this size');
  const matcher = pattern.matcher(text);
  const spans: Span[] = [];
  while (spans.length < MOST_MATCHES && matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (end > start) spans.push({ start, end, label: 'REGEX', score: 1 });
  }
  return spans;
}

export const regex: Detector = {
  id: 'regex',
  title: 'Regular expressions',
  summary: 'Finds what the given expressions match; an expression cannot slow the guard down.',
  version: 1,
  cost: 'rules',
  experimental: false,
  reads: 'forms',
  asks: 'message',
  threshold: 0.5,
  reference,
  open(given) {
    const patterns = reference.parse(given).map(compiled);
    return {
      longestSpan: LONGEST_HELD,
      detect: (text) => detectionOf(patterns.flatMap((pattern) => spansOf(pattern, text))),
    };
  },
};
