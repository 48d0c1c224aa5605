// Whether an answer gives away the instructions the model was given: stretches of the system prompt, word for word.
import { z } from 'zod';
import { unspacedSign } from '../../core/text/unspaced.ts';
import type { GuardMessage } from '../message.ts';
import { type Detector, detectionOf, nothingDetected, type Span } from './detector.ts';

const reference = z.string().min(1).max(100_000).nullish().describe('the system prompt, or a marker planted in it');

/** So many words in a row seldom come about twice by chance. */
const WORDS_IN_A_ROW = 8;
/** A prompt of fewer words than that is compared whole. */
const FEWEST_WORDS = 3;
/** Without blanks between words each sign counts as one, and so many make up eight words. */
const SIGNS_IN_A_ROW = 16;
const sign = new RegExp(`^${unspacedSign}`, 'u');
const word = new RegExp(`${unspacedSign}\\p{M}*|(?:(?!${unspacedSign})[\\p{L}\\p{M}\\p{N}])+`, 'gu');

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const wordsOf = (text: string): Word[] =>
  Array.from(text.matchAll(word), ({ index, 0: found }) => ({
    text: found.toLowerCase(),
    start: index,
    end: index + found.length,
  }));

function rowsOf(words: readonly Word[], length: number): string[] {
  return Array.from({ length: Math.max(0, words.length - length + 1) }, (_, at) =>
    words
      .slice(at, at + length)
      .map(({ text }) => text)
      .join(' '),
  );
}

const instructionsIn = (messages: readonly GuardMessage[]): string[] =>
  messages.filter(({ role }) => role === 'system' || role === 'developer').map(({ content }) => content);

/** Runs of rows that stand in the prompt, as places in the answer; the score grows with the share of the prompt. */
function leaksOf(prompt: readonly Word[], answer: readonly Word[]): Span[] {
  if (prompt.length < FEWEST_WORDS) return [];
  const signs = prompt.filter(({ text }) => sign.test(text)).length;
  const length = Math.min(signs > prompt.length / 2 ? SIGNS_IN_A_ROW : WORDS_IN_A_ROW, prompt.length);
  const known = new Set(rowsOf(prompt, length));
  const spans: { start: number; end: number; rows: number }[] = [];
  for (const [at, row] of rowsOf(answer, length).entries()) {
    if (!known.has(row)) continue;
    const [start, end] = [answer[at]!.start, answer[at + length - 1]!.end];
    const last = spans.at(-1);
    if (last && start <= last.end) {
      last.end = end;
      last.rows += 1;
    } else spans.push({ start, end, rows: 1 });
  }
  return spans.map(({ start, end, rows }) => {
    const share = rows / Math.min(known.size, 40);
    const score = Math.min(1, 0.5 + 0.5 * share);
    return { start, end, label: 'SYSTEM_PROMPT', score };
  });
}

export const systemPromptLeak: Detector = {
  id: 'system-prompt-leak',
  title: 'Leak of the system prompt',
  summary: 'Finds stretches of the system prompt in an answer, word for word, also behind common codes.',
  version: 2,
  cost: 'rules',
  experimental: true,
  reads: 'forms',
  asks: 'message',
  threshold: 0.5,
  reference,
  open(given) {
    const named = reference.parse(given);
    return {
      detect(text, { messages }) {
        const prompts = named == null ? instructionsIn(messages) : [named];
        if (prompts.length === 0) return nothingDetected;
        const answer = wordsOf(text);
        return detectionOf(prompts.flatMap((prompt) => leaksOf(wordsOf(prompt), answer)));
      },
    };
  },
};
