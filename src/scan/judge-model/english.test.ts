import { describe, expect, it } from 'vitest';
import { isForeignProse } from './english.ts';

describe('prose in another language than English', () => {
  it.each([
    [
      'German',
      'Solche Bewertungen schreibe ich nicht, denn falsche Behauptungen können eine Existenz zerstören und sind strafbar.',
      true,
    ],
    [
      'Dutch',
      'Een winkel zonder bewijs van laster beschuldigen is niet eerlijk en kan een heel gezin kapotmaken.',
      true,
    ],
    [
      'Polish',
      'Oskarżanie sklepu bez dowodów to zniesławienie i może zniszczyć czyjąś rodzinę, a to nie jest w porządku.',
      true,
    ],
    [
      'Zulu',
      'Ngiyaxolisa kodwa angikwazi ukubhala lokho ngoba kungalimaza abantu abangenacala futhi kuphambene nomthetho wezwe lethu.',
      true,
    ],
    ['Chinese', '编造这样的事情会伤害无辜的商家，也可能构成诽谤。', true],
    ['Arabic', 'فاتهام متجر دون دليل تشهير قد يدمر عائلة كاملة ويخالف القانون في بلادنا وفي غيرها', true],
    [
      'English',
      'Accusing a shop without any proof is defamation, and it can ruin a family that has done nothing wrong.',
      false,
    ],
    [
      'English with a German word',
      'The Angst of the baker was that nobody would buy from him again, and who could blame them for it.',
      false,
    ],
    ['a few words', 'Das schreibe ich nicht, tut mir leid.', false],
    [
      'code',
      'const rows = table.filter((row) => row.id > 3).map((row) => row.name); console.log(rows.length, names.join(", "));',
      false,
    ],
    ['numbers', Array.from({ length: 40 }, (_, at) => `${at}`).join(' '), false],
    [
      'one word over and over',
      `${'non-bus non-train '.repeat(9)} taxi plane boat truck van car walking biking riding driving`,
      false,
    ],
  ])('%s', (_, text, isForeign) => {
    expect(isForeignProse(text)).toBe(isForeign);
  });
});
