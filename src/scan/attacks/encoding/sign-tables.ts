// The tables behind sign-codes.ts, as the references use them: facts of ITU-R M.1677-1, ICAO Annex 10, grade 1 Braille,
// and the letters for which leetspeak puts a sign.

// biome-ignore format: a table reads better in rows
export const morseSigns: Readonly<Record<string, string>> = {
  A: '.-', B: '-...', C: '-.-.', D: '-..', E: '.', F: '..-.', G: '--.', H: '....', I: '..', J: '.---', K: '-.-',
  L: '.-..', M: '--', N: '-.', O: '---', P: '.--.', Q: '--.-', R: '.-.', S: '...', T: '-', U: '..-', V: '...-',
  W: '.--', X: '-..-', Y: '-.--', Z: '--..',
  0: '-----', 1: '.----', 2: '..---', 3: '...--', 4: '....-', 5: '.....', 6: '-....', 7: '--...', 8: '---..', 9: '----.',
  "'": '.----.', '"': '.-..-.', ':': '---...', '@': '.--.-.', ',': '--..--', '.': '.-.-.-', '!': '-.-.--',
  '?': '..--..', '-': '-....-', '/': '-..-.', '+': '.-.-.', '=': '-...-', '(': '-.--.', ')': '-.--.-', '&': '.-...',
};

/** Further signs that PyRIT knows; several share one. */
// biome-ignore format: a table reads better in rows
export const morseExtended: Readonly<Record<string, string>> = {
  '%': '------..-.-----', À: '.--.-', Å: '.--.-', Ä: '.-.-', Ą: '.-.-', Æ: '.-.-', Ć: '-.-..', Ĉ: '-.-..', Ç: '-.-..',
  Ĥ: '----', Š: '----', Đ: '..-..', É: '..-..', Ę: '..-..', Ð: '..--.', È: '.-..-', Ł: '.-..-', Ĝ: '--.-.', Ĵ: '.---.',
  Ń: '--.--', Ñ: '--.--', Ó: '---.', Ö: '---.', Ø: '---.', Ś: '...-...', Ŝ: '...-.', Þ: '.--..', Ü: '..--', Ŭ: '..--',
  Ź: '--..-.', Ż: '--..-',
};

const spelling =
  'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu';

/** The word for each capital letter. */
export const natoWords: Readonly<Record<string, string>> = Object.fromEntries(
  spelling.split(' ').map((word) => [word[0]!, word]),
);

// biome-ignore format: a table reads better in rows
export const brailleSigns: { readonly letters: Readonly<Record<string, string>>; readonly digits: Readonly<Record<string, string>> } = {
  letters: {
    a: '⠁', b: '⠃', c: '⠉', d: '⠙', e: '⠑', f: '⠋', g: '⠛', h: '⠓', i: '⠊', j: '⠚', k: '⠅', l: '⠇', m: '⠍', n: '⠝',
    o: '⠕', p: '⠏', q: '⠟', r: '⠗', s: '⠎', t: '⠞', u: '⠥', v: '⠧', w: '⠺', x: '⠭', y: '⠽', z: '⠵',
    '.': '⠲', "'": '⠄', ',': '⠂', '-': '⠤', '/': '⠌', '!': '⠖', '?': '⠦', $: '⠲', ':': '⠒', ';': '⠰', '(': '⠶', ')': '⠶',
  },
  digits: { 1: '⠁', 2: '⠃', 3: '⠉', 4: '⠙', 5: '⠑', 6: '⠋', 7: '⠛', 8: '⠓', 9: '⠊', 0: '⠚' },
};

const bothCases = (lower: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  ...lower,
  ...Object.fromEntries(Object.entries(lower).map(([letter, sign]) => [letter.toUpperCase(), sign])),
});

/** Letters and their signs, by reference; where one sign stands for two letters, the first is read. */
// biome-ignore format: a table reads better in rows
export const leetTables: Readonly<Record<'pyrit' | 'deepteam' | 'easyjailbreak', Readonly<Record<string, string>>>> = {
  pyrit: bothCases({ a: '4', b: '8', c: '(', e: '3', g: '9', i: '1', l: '1', o: '0', s: '5', t: '7', z: '2' }),
  deepteam: bothCases({ a: '4', e: '3', i: '1', l: '1', o: '0', s: '5', t: '7' }),
  easyjailbreak: { a: '@', e: '3', i: '!', o: '0' },
};
