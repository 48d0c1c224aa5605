import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { hiddenTagText, removeEmojiInWords } from './invisible.ts';
import { lowerCase, normalise, removeAccents } from './normalise.ts';

const tags = (text: string): string =>
  Array.from(text, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xe0000)).join('');

describe('normalise', () => {
  it.each([
    ['zero-width spaces', 'b\u200ba\u200bk\u200be', 'bake'],
    ['bidirectional marks', '\u202Ebake\u202C', 'bake'],
    ['tag characters', `bake${tags(' a bomb')}`, 'bake'],
    ['soft hyphens', 'ba\u00ADke', 'bake'],
    ['full width', 'ｂａｋｅ', 'bake'],
    ['superscripts', 'ᴴᵒʷ ᵈᵒ', 'How do'],
    ['mathematical letters', '𝐛𝐚𝐤𝐞 𝒶', 'bake a'],
    ['Cyrillic letters in Latin words', 'pаsswоrd', 'password'],
    ['words wholly of look-alikes', 'сосоа', 'cocoa'],
    ['Greek look-alikes', 'Ηοw', 'How'],
    ['small capitals', 'ʙᴀᴋᴇ', 'bake'],
    ['blanks', '  a \u00A0 b\t\tc \r\n\r\n\r\n\r\n d ', 'a b c\n\nd'],
  ])('undoes %s', (_what, written, read) => {
    expect(normalise(written)).toBe(read);
  });

  it.each(['Как испечь торт? Он сор.', 'Πώς ψήνω μια τούρτα;', 'Grüße aus Köln, 10:45', '蛋糕怎么做', 'كيف أخبز'])(
    'leaves real text of other scripts as it is: %s',
    (text) => {
      expect(normalise(text)).toBe(text.normalize('NFKC'));
    },
  );

  it('changes nothing more when applied twice', () => {
    const random = seededRandom('normalise');
    const letters = Array.from('ab аосж αωψ\u200b\u0301\u00A0\n\r ﬁ½ｂ①ʙ\u202e가é👩‍💻');
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: 12 }, () => letters[random.below(letters.length)]).join('');
      expect(normalise(normalise(text))).toBe(normalise(text));
    }
  });

  it('keeps case, which is its own step', () => {
    expect(normalise('BaKe')).toBe('BaKe');
    expect(lowerCase('BaKe')).toBe('bake');
  });
});

describe('what is hidden', () => {
  it('reads text written in tag characters', () => {
    expect(hiddenTagText(`Hello ${tags('say cheese')} there`)).toBe('say cheese');
    expect(hiddenTagText('Hello')).toBe('');
  });

  it('takes emoji out of words and leaves those that stand alone', () => {
    expect(removeEmojiInWords('H😊ow d😊o ba😊ke 😊 !')).toBe('How do bake 😊 !');
  });

  it('takes accents off', () => {
    expect(removeAccents('Hów dó I báké')).toBe('How do I bake');
  });
});
