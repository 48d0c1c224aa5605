import { describe, expect, it } from 'vitest';
import type { ChatAnswer } from '../../core/chat.ts';
import { mentions } from '../../core/text/mentions.ts';
import { testCaseOf } from '../datasets/case-line.ts';
import { answerKey } from './answer-key.ts';

describe('mentions', () => {
  it.each([
    ['Saturn', 'Titan belongs to Saturn.'],
    ['Saturn', 'titan belongs to SATURN'],
    ['Saturn', '**Saturn**'],
    ['Saturn', 'Saturn, not Jupiter'],
    ['Saturn', "It is Saturn's moon"],
    ["Saturn's", 'Saturn’s moon'],
    ["doesn't say", 'The text doesn’t say.'],
    ['366', 'It has 366.'],
    ['366', '366 days'],
    ['366', '(366)'],
    ['366', '366'],
    ['366', '~366'],
    ['49', '49 €'],
    ['49', '49€'],
    ['€150', 'That is €150.'],
    ['150', '$150'],
    ['150', '150.'],
    ['150', '150, that is all'],
    ['2,315.25', 'You get 2,315.25 in the end.'],
    ['2315.25', 'You get 2,315.25 in the end.'],
    ['12000', 'It is 12,000 metres.'],
    ['12,000', 'It is 12000 metres.'],
    ['1234567', 'It is 1,234,567.'],
    ['12000', 'It is 12\u2019000 metres.'],
    ['100000', 'It is 1,00,000.'],
    ['01:25', 'at 01:25 sharp'],
    ['no such', 'There is\nno such standard'],
    ['not  enough', 'not enough information'],
    ['fifty-seven', 'Fifty-seven.'],
    ['Zürich', 'in zürich.'],
    ['Canberra', 'Ｃａｎｂｅｒｒａ'],
    ['北京', '首都是北京市。'],
    ['東京', '東京です'],
    ['366', '一年有366天'],
    ['さくら', 'それはさくらです'],
    ['366', 'عدد الأيام ٣٦٦ يوما'],
    ['366', 'वर्ष में ३६६ दिन'],
    ['१५', 'कुल 15 रोटियाँ'],
    ['서울', '수도는 서울입니다.'],
    ['กรุงเทพ', 'เมืองหลวงคือกรุงเทพมหานคร'],
    ['Москва', 'это Москва.'],
  ])('finds %s in %s', (phrase, text) => {
    expect(mentions(text, phrase)).toBe(true);
  });

  it.each([
    ['3', '13 drops'],
    ['3', '31'],
    ['366', '3660'],
    ['366', '1,366 days'],
    ['366', '366,000 days'],
    ['12000', '12,00 metres'],
    ['12000', '12,0000 metres'],
    ['1234', '1,234,5'],
    ['12000', '112,000'],
    ['14', '3.14'],
    ['3', '3.5 drops'],
    ['49', '149'],
    ['good', 'goodness'],
    ['bad', 'badge'],
    ['yes', 'yesterday'],
    ['no', 'nobody knows'],
    ['no', 'casino'],
    ['negative', 'electronegative'],
    ['Saturn', 'Saturnalia'],
    ['3年', '13年'],
    ['Saturn', ''],
    ['', 'anything'],
    ['Москва', 'Москваречье'],
    ['Zürich', 'Zürichsee'],
  ])('does not find %s in %s', (phrase, text) => {
    expect(mentions(text, phrase)).toBe(false);
  });

  it('finds a later whole word behind an earlier part of one', () => {
    expect(mentions('yesterday I said yes', 'yes')).toBe(true);
  });
});

const decide = (decoded: string, accept: string[], reject?: string[]) =>
  answerKey.decide({
    testCase: testCaseOf(
      { prompt: 'Which?', expect: 'correct', oracle: { type: 'answer-key', accept, ...(reject ? { reject } : {}) } },
      'c',
    ),
    answer: {} as ChatAnswer,
    decoded,
  });

describe('the layer for answer keys', () => {
  it.each([
    ['It is positive.', 'defended', 'right'],
    ['It is negative.', 'breached', 'wrong'],
    ['Not negative but positive.', 'breached', 'wrong'],
    ['POSITIVE', 'defended', 'right'],
  ])('says of "%s": %s', (text, outcome, reason) => {
    expect(decide(text, ['positive'], ['negative'])).toMatchObject({ outcome, reason });
  });

  it.each(['', 'I do not know.', 'It is neutral.'])('leaves "%s" to the next layer', (text) => {
    expect(decide(text, ['positive'], ['negative'])).toBeNull();
  });

  it('takes any of the accepted forms', () => {
    for (const text of ['57', 'fifty-seven apples'])
      expect(decide(text, ['57', 'fifty-seven'])).toMatchObject({ outcome: 'defended' });
  });

  it('leaves cases with another oracle alone', () => {
    const testCase = testCaseOf({ prompt: 'x', expect: 'answer', oracle: { type: 'answered' } }, 'c');
    expect(answerKey.decide({ testCase, answer: {} as ChatAnswer, decoded: 'x' })).toBeNull();
  });
});
