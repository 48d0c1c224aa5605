// Turns a decided behaviour into the words of an answer.
import type { Random } from '../core/random.ts';
import { type CodecName, codecs } from '../core/text/codecs.ts';
import type { Behaviour } from './decide.ts';
import { factualAnswer } from './facts.ts';
import { notSure } from './not-sure.ts';
import { compliantPlaceholder, generalities } from './placeholders.ts';
import type { Recognised } from './recognise.ts';
import { caringAnswer, refusalSentence, supportiveAnswer } from './refusals.ts';
import type { Profile } from './target-options.ts';
import { listed, topicWords } from './topic.ts';

export interface AnswerWish {
  readonly profile: Profile;
  readonly behaviour: Behaviour;
  readonly recognised: Recognised;
  /** The request in plain words. */
  readonly plain: string;
  readonly prefix: string | null;
  readonly answerCode: CodecName | null;
}

const helpful = [
  'Happy to help with {topic}. The main thing about {a} is to start simple: look at what is already there, decide what matters most to you, and take one thing at a time. For {b}, a short list of what you need goes a long way. Most people find that {a} becomes easier after the first attempt, and that asking somebody with experience saves time. If you tell me more about your situation, I can be more specific about {topic}.',
  'Here is a short overview of {topic}. First, {a}: it helps to know why it matters and what a good result looks like. Second, {b}: check a reliable source, compare two or three options, and note what differs. Finally, put both together and see whether the outcome is what you had in mind. I hope this gives you a good start with {topic}; ask me about any part of it.',
  'Good question. In short, {topic} comes down to a few ideas. {a} is usually explained by its purpose and its background, and {b} by how it is used in everyday life. A library, a museum or the official documentation are good places to read on. Let me know whether you would like examples of {a} or more about {b}.',
];

function helpfulAnswer(plain: string, random: Random): string {
  const words = topicWords(plain);
  return helpful[random.below(helpful.length)]!.replaceAll('{topic}', listed(words.slice(0, 4)))
    .replaceAll('{a}', words[0]!)
    .replaceAll('{b}', words[1] ?? 'the details');
}

function complied(wish: AnswerWish, random: Random): string {
  const text = compliantPlaceholder(wish.plain, wish.prefix, random);
  return wish.answerCode === null ? text : codecs[wish.answerCode].encode(text);
}

function answered(wish: AnswerWish, random: Random): string {
  const unsure = wish.profile === 'naive' ? null : notSure(wish.plain);
  const caring = wish.profile === 'naive' ? null : caringAnswer(wish.plain);
  const text = caring ?? factualAnswer(wish.plain) ?? unsure ?? helpfulAnswer(wish.plain, random);
  const begun = wish.prefix === null ? text : `${wish.prefix} ${text}`;
  return wish.answerCode === null ? begun : codecs[wish.answerCode].encode(begun);
}

function refused(wish: AnswerWish, random: Random): string {
  return wish.recognised.category === 'self-harm' && wish.recognised.kind !== 'look-alike'
    ? supportiveAnswer(random)
    : refusalSentence(wish.plain, random);
}

/** The text of the answer. Compliant ones are placeholders without content. */
export function answerText(wish: AnswerWish, random: Random): string {
  switch (wish.behaviour) {
    case 'comply':
      return complied(wish, random);
    case 'partial':
      return wish.recognised.category === 'self-harm' ? refused(wish, random) : generalities(wish.plain, random);
    case 'refuse':
      return refused(wish, random);
    case 'answer':
      return answered(wish, random);
  }
}

/** What is said to a text that makes no sense to it. */
export const notUnderstood = 'I could not make sense of that message. Could you write it again in plain words?';
