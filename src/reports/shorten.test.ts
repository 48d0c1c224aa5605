import { describe, expect, it } from 'vitest';
import { shorten, shortenedText } from './shorten.ts';

describe('shorten', () => {
  it.each([
    ['a short text stays', 'abc', 5, 'abc', 0],
    ['a text of just the limit stays', 'abcde', 5, 'abcde', 0],
    ['a long text is cut at the limit', 'abcdefgh', 5, 'abcde', 3],
    ['characters beyond the basic plane count once', '😀😀😀😀', 4, '😀😀😀😀', 0],
    ['an emoji of several code points is not cut in two', 'ab👩‍👩‍👧‍👦cd', 4, 'ab', 9],
    ['a letter keeps its marks', `abc${'e\u0301'}d`, 4, 'abc', 3],
    ['a flag is not cut in two', 'abc🇩🇪🇫🇷', 4, 'abc', 4],
    ['one endless character is cut after all', `e${'\u0301'.repeat(50)}`, 10, `e${'\u0301'.repeat(9)}`, 41],
    ['nothing stays nothing', '', 5, '', 0],
  ])('%s', (_, text, limit, shown, left) => {
    expect(shorten(text, limit)).toEqual({ text: shown, left });
  });
});

describe('shortenedText', () => {
  it('says how much is not shown', () => {
    expect(shortenedText('a'.repeat(1504), 300)).toBe(`${'a'.repeat(300)} … [1,204 more characters]`);
  });

  it('adds nothing to a text that is whole', () => {
    expect(shortenedText('whole', 300)).toBe('whole');
  });
});
