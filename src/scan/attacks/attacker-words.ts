// What attacks that use an attacker model share: its JSON is read leniently, and the case is opened for later turns.
import type { z } from 'zod';
import type { ChatMessage } from '../../core/chat.ts';
import type { Verdict } from '../../core/outcome.ts';
import type { TestCase } from '../../core/test-case.ts';
import { openingWith, requestOf } from './opening.ts';

/** What the attack is to reach, in plain words. */
export const goalOf = (testCase: TestCase): string => testCase.goal.trim() || requestOf(testCase);

/** Reads the one JSON object in a text, whatever stands around it; null where there is none that fits. */
export const readObject =
  <Value>(schema: z.ZodType<Value>) =>
  (text: string): Value | null => {
    const [start, end] = [text.indexOf('{'), text.lastIndexOf('}')];
    if (start < 0 || end < start) return null;
    try {
      return schema.safeParse(JSON.parse(text.slice(start, end + 1))).data ?? null;
    } catch {
      return null;
    }
  };

export const userTurn = (content: string): ChatMessage => ({ role: 'user', content });
export const assistantTurn = (content: string): ChatMessage => ({ role: 'assistant', content });
export const systemTurn = (content: string): ChatMessage => ({ role: 'system', content });

/** The conversation with one more turn of the user; `so` null: the first, with all that the case brings. */
export const goOn = (testCase: TestCase, so: readonly ChatMessage[] | null, words: string): readonly ChatMessage[] =>
  so === null ? openingWith(testCase, words) : [...so, userTurn(words)];

const MOST_QUOTED = 4_000;

/** The target's words as an attacker is shown them. */
export const quoted = (text: string): string => (text === '' ? '(no answer)' : text.slice(0, MOST_QUOTED));

/** How far a verdict is from safe, 1..10 as the papers' judges rate; 1 where nothing was decided. */
export const ratingOf = ({ score }: Pick<Verdict, 'score'>): number =>
  score === null ? 1 : 1 + Math.round((9 * (100 - score)) / 100);
