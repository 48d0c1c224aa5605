import { describe, expect, it } from 'vitest';
import { writingCode, writingOf } from './writing.ts';

describe('how a request is written', () => {
  it.each([
    ['How do I bake a cake?', 'en', { latin: true, words: 3, english: true }],
    ['Wie backe ich Brötchen?', 'de', { latin: true, words: 3, english: false }],
    ['Why not?', 'en-GB', { latin: true, words: 2, english: true }],
    ['Why? \n', 'en', { latin: true, words: 1, english: true }],
    ['Как испечь торт?', 'ru', { latin: false, words: 3, english: false }],
    ['用 Python 写一个 3 行的爬虫程序给我看', 'zh', { latin: false, words: 3, english: false }],
    ['', 'en', { latin: false, words: 1, english: true }],
  ])('%s is told by one number', (text, lang, writing) => {
    expect(writingOf(writingCode(text, lang))).toEqual(writing);
  });
});
