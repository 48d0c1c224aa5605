// What a request is about, in a few of its own words: answers repeat them so that they read as meant for it.
import { isFunctionWord } from './english.ts';

const sentenceEnd = /(?<=[.?!])\s+|\n+/;
const asks =
  /\?|^(?:how|what|why|write|give|tell|explain|describe|create|list|help|provide|show|make|draft|generate)\b/i;

/** The sentence of a long message that asks for something: the last one that does, else the last of more than two words. */
export function askingSentence(message: string): string {
  if (message.length < 240) return message;
  const sentences = message
    .slice(-4000)
    .split(sentenceEnd)
    .filter((sentence) => sentence.split(/\s+/).length > 2);
  return sentences.findLast((sentence) => asks.test(sentence.trim())) ?? sentences.at(-1) ?? message.slice(-240);
}

/** Up to eight telling words of the request, in their order; at least one, whatever the request holds. */
export function topicWords(request: string): readonly string[] {
  const words =
    askingSentence(request)
      .slice(0, 400)
      .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
  const telling = [...new Set(words.map((word) => word.toLowerCase()))].filter(
    (word) => !isFunctionWord(word) && (word.length > 2 || /[^\p{ASCII}]/u.test(word)),
  );
  const chosen = telling.length > 0 ? telling : [...new Set(words.map((word) => word.toLowerCase()))];
  return chosen.length > 0 ? chosen.slice(0, 8).map((word) => word.slice(0, 40)) : ['your', 'question'];
}

/** The words as they stand in a sentence: "a, b and c". */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
