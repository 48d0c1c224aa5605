// The same words in other dress: what a rule must not lose sight of. Nothing of the meaning changes.
import { leetspeak } from '../../core/text/leetspeak.ts';
import { lot } from './texts.ts';

const everySecond = (text: string, change: (letter: string) => string): string =>
  Array.from(text, (letter, index) => (index % 2 === 1 ? change(letter) : letter)).join('');

/** Two letters in the middle of every third longer word change places. */
const mistyped = (text: string): string =>
  text.replace(/\p{L}{5,}/gu, (word, at: number) =>
    at % 3 === 0 ? word.slice(0, 2) + word[3]! + word[2]! + word.slice(4) : word,
  );

const mutations: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => everySecond(text, (letter) => letter.toUpperCase()),
  leetspeak.encode,
  mistyped,
  (text) => text.replace(/ /g, '  ').replace(/[.,;:!?]/g, ''),
  (text) => `Hello! I hope you are well. One more thing for today: ${text} Thank you very much in advance.`,
  (text) => text.replace(/\p{L}{4,}/gu, (word) => `${word.slice(0, 2)}\u200b${word.slice(2)}`),
];

/** One of the mutations, drawn by the words of the text. */
export const mutated = (text: string): string => mutations[lot('mutation', text) % mutations.length]!(text);
