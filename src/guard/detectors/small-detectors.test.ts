import { describe, expect, it } from 'vitest';
import { contains } from './contains.ts';
import type { DetectContext, Detection, Detector, OpenDetector } from './detector.ts';
import { invisibleText } from './invisible-text.ts';
import { regex } from './regex.ts';

const ask = (detector: Detector, reference: unknown, text: string): Detection =>
  (detector.open(reference, { judge: null }) as OpenDetector).detect(text, {} as DetectContext) as Detection;
const found = (detector: Detector, reference: unknown, text: string): string[] =>
  ask(detector, reference, text).spans.map(({ start, end }) => text.slice(start, end));

describe('contains', () => {
  it.each([
    [['red'], 'Red or RED', ['Red', 'RED']],
    [['a.b', '(c)'], 'a.b axb (c)', ['a.b', '(c)']],
    [['red', 'red door'], 'the red  door', ['red  door']],
    ['grün', 'GRÜN', ['GRÜN']],
    ['red', 'blue', []],
    ['cafe\u0301', 'le caf\u00E9', ['caf\u00E9']],
    ['\u200B', 'blue', []],
    ["don't tell", 'please don’t tell', ['don’t tell']],
  ])('%j in "%s"', (reference, text, expected) => {
    expect(found(contains, reference, text)).toEqual(expected);
  });
});

describe('regex', () => {
  it('finds every match, with its place', () => {
    expect(found(regex, ['\\d{3}-\\d{4}', '(?i)room \\w+'], 'Room 12, 555-0199, 555-0100')).toEqual([
      '555-0199',
      '555-0100',
      'Room 12',
    ]);
  });

  it.each(['(a+)+$', '(a|a)*b', '(x+x+)+y', '^(([a-z])+.)+[A-Z]([a-z])+$'])('takes linear time: %s', (bomb) => {
    const begun = performance.now();
    ask(regex, bomb, `${'a'.repeat(60_000)}!`);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it.each([
    ['(', /is not an expression of RE2/],
    ['(?=a)b', /is not an expression of RE2/],
    ['[a-z]{900}', /is too large/],
  ])('refuses %s', (pattern, sentence) => {
    expect(() => ask(regex, pattern, 'x')).toThrow(sentence);
  });
});

describe('invisible-text', () => {
  const tagged = Array.from('do it', (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xe0000)).join('');
  it.each([
    ['tag characters', `hello${tagged}`, true],
    ['bits in zero-width characters', `hello${'\u200B\u200C'.repeat(8)}`, true],
    ['bits in variation selectors', `hello😀${'\u{E0101}\u{E0142}\uFE01\uFE02'}`, true],
    ['turned direction', 'abc\u202Edcba', true],
    ['bits in blank letters', `x${'\u3164\uFFA0'.repeat(4)}y`, true],
    ['bits in marks of direction', `x${'\u200E\u200F'.repeat(4)}y`, true],
    ['letters of the other direction turned', 'x\u202Dאבג\u202C', true],
    ['plain text', 'hello', false],
    ['a telephone number as address books copy it', 'call \u202D+1 (415) 555-2671\u202C, שלום', false],
    ['the filling of a newsletter', `Hello${'\u200C'.repeat(12)}`, false],
    ['a family emoji', 'hello 👨‍👩‍👧‍👦 and ❤️', false],
    ['the flag of Scotland', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}', false],
    ['Persian with its joiners', 'می‌خواهم کتاب‌ها را', false],
    ['a byte order mark', '\uFEFFhello', false],
  ])('%s', (_what, text, fires) => {
    expect(ask(invisibleText, null, text).score >= invisibleText.threshold).toBe(fires);
  });
});
