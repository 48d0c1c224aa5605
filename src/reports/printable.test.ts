import { describe, expect, it } from 'vitest';
import { breakable, isolated, isRightToLeft, languageOf, printable, withoutControls } from './printable.ts';

describe('printable', () => {
  it.each([
    ['plain text stays', 'plain text', 'plain text'],
    ['line breaks become one kind', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['a tab stays', 'a\tb', 'a\tb'],
    ['control characters are named', 'a\u0000b\u0007c\u001b', 'a[U+0000]b[U+0007]c[U+001B]'],
    ['direction overrides are named', 'a\u202eb\u202c', 'a[U+202E]b[U+202C]'],
    ['half a surrogate pair becomes the replacement character', 'a\ud83d', 'a\ufffd'],
    ['hidden tag characters are counted', 'a\u{e0041}\u{e0042}b', 'a[2 hidden characters]b'],
    ['a flag of tag characters stays', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['piles of marks are lowered', `e${'\u0301'.repeat(30)}f`, `e${'\u0301'.repeat(4)}f`],
    ['many blank lines become two', 'a\n\n\n\n\n\nb', 'a\n\n\nb'],
  ])('%s', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});

describe('a text in a terminal', () => {
  it.each([
    ['cannot write to the clipboard', 'a\u001b]52;c;aGk=\u0007b', 'a[U+001B]]52;c;aGk=[U+0007]b'],
    ['cannot use the short form of an escape', 'a\u009b2Jb\u007f', 'a[U+009B]2Jb[U+007F]'],
    ['cannot write over its line', 'a\rb\r\nc', 'a\nb\nc'],
    ['keeps line breaks, tabs and all letters', 'a\n\n\n\n\tü 🏴󠁧󠁢󠁥󠁮󠁧󠁿 \u202eb', 'a\n\n\n\n\tü 🏴󠁧󠁢󠁥󠁮󠁧󠁿 \u202eb'],
  ])('%s', (_, text, shown) => {
    expect(withoutControls(text)).toBe(shown);
  });
});

describe('breakable', () => {
  it('lets an endless word break, and stays readable without the breaks', () => {
    const word = 'W'.repeat(100);
    expect(
      breakable(word)
        .split('\u200b')
        .map((part) => part.length),
    ).toEqual([24, 24, 24, 24, 4]);
    expect(breakable(word).replaceAll('\u200b', '')).toBe(word);
  });

  it.each([
    ['ordinary words', 'a sentence of ordinary words, however long it may be'],
    ['a SHA-256, which is to be copied', 'ab12'.repeat(16)],
    ['a word with hyphens', 'a-word-that-breaks-by-itself-at-its-hyphens'],
    ['a chain of joined emoji', '👩‍👩‍👧‍👦'.repeat(10)],
  ])('leaves %s alone', (_, text) => {
    expect(breakable(text)).toBe(text);
  });
});

describe('direction and language', () => {
  it.each([
    ['שלום עולם', true],
    ['123 مرحبا', true],
    ['hello שלום', false],
    ['...', false],
  ])('"%s" runs from the right: %s', (text, rightToLeft) => {
    expect(isRightToLeft(text)).toBe(rightToLeft);
  });

  it('sets a name in another direction apart from the sentence around it', () => {
    expect(isolated('الاسم')).toBe('\u2068الاسم\u2069');
    expect(isolated('name')).toBe('name');
  });

  it.each([
    ['これは日本', 'ja'],
    ['한국어 漢字', 'ko'],
    ['你好', 'zh'],
    ['hello', 'en'],
  ])('"%s" is set as %s', (text, language) => {
    expect(languageOf(text)).toBe(language);
  });
});
