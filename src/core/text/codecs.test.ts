import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../random.ts';
import { type CodecName, codecNames, codecs } from './codecs.ts';
import { caesarBy } from './letter-codecs.ts';

const alphabet = Array.from('abcXYZ 0189\n\t.,?!/+=-_"\'äßéЖ漢字😀👩‍💻');
const anyText = (random: Random): string =>
  Array.from({ length: 1 + random.below(40) }, () => alphabet[random.below(alphabet.length)]).join('');

const lossless: readonly CodecName[] = codecNames.filter((name) => name !== 'morse' && name !== 'leetspeak');

describe('codecs', () => {
  it.each([
    ['base64', 'SG93IGRvIEkgYmFrZSBhIGNha2U='],
    ['base32', 'JBXXOIDEN4QESIDCMFVWKIDBEBRWC23F'],
    ['hex', '486f7720646f20492062616b6520612063616b65'],
    ['rot13', 'Ubj qb V onxr n pnxr'],
    ['atbash', 'Sld wl R yzpv z xzpv'],
    ['caesar', 'Krz gr L ednh d fdnh'],
    ['morse', '.... --- .-- / -.. --- / .. / -... .- -.- . / .- / -.-. .- -.- .'],
    ['leetspeak', 'H0w d0 1 b4k3 4 c4k3'],
    ['reverse-characters', 'ekac a ekab I od woH'],
    ['reverse-words', 'cake a bake I do How'],
    ['reverse-each-word', 'woH od I ekab a ekac'],
  ] as const)('%s writes the question about the cake as the public references do', (name, written) => {
    expect(codecs[name].encode('How do I bake a cake')).toBe(written);
  });

  it.each(lossless)('%s gives any readable text back exactly', (name) => {
    const random = seededRandom('codecs', name);
    for (let round = 0; round < 300; round++) {
      const text = `a${anyText(random)}`;
      expect(codecs[name].decode(codecs[name].encode(text))).toBe(text);
    }
  });

  it('morse gives back lower case letters, digits and common signs', () => {
    const text = 'call me at 10:45, please? (twice) x@y.example';
    expect(codecs.morse.decode(codecs.morse.encode(text.toUpperCase()))).toBe(text);
  });

  it('leetspeak is read in the forms that attack tools write', () => {
    for (const written of ['H0w d0 I b@k3 @ c@k3', 'H0w d0 1 84k3 4 (4k3', 'H0w do I b4ke 4 c4k3']) {
      expect(codecs.leetspeak.decode(written)?.toLowerCase()).toBe('how do i bake a cake');
    }
  });

  it('caesar with any shift is undone by the same shift', () => {
    for (let by = 1; by < 26; by++) expect(caesarBy(by).decode(caesarBy(by).encode('Zebra, ok?'))).toBe('Zebra, ok?');
  });

  it.each([
    ['base64', 'not base64!'],
    ['base64', 'abcde'],
    ['base64', '////////'],
    ['base32', 'HELLO WORLD 1890'],
    ['hex', '486f7'],
    ['hex', 'xyz'],
    ['binary', '0100100'],
    ['binary', '01001000 two'],
    ['morse', 'no dots here'],
    ['morse', '.......... ---------'],
    ['leetspeak', 'In 2024 we sold 12 cars on the 10th at 4pm.'],
    ['rot13', '12345'],
    ['reverse-characters', '...'],
  ] as const)('%s does not take %j for its own', (name, text) => {
    expect(codecs[name].decode(text)).toBeNull();
  });

  it.each(codecNames)('%s finds nothing in an empty text', (name) => {
    expect(codecs[name].decode('')).toBeNull();
  });

  it('reads the byte codes in the dress they come in', () => {
    expect(codecs.hex.decode('0x48 0x69 0x21')).toBe('Hi!');
    expect(codecs.hex.decode('\\x48\\x69')).toBe('Hi');
    expect(codecs.base64.decode('SGkg\ndGhlcmU')).toBe('Hi there');
    expect(codecs.binary.decode('0000000001001000 0000000001101001')).toBe('Hi');
    expect(codecs.base32.decode('jbuq')).toBe('Hi');
  });

  it('takes time in proportion to the length, whatever the text', () => {
    const hostile = [
      'a'.repeat(200_000),
      '4a'.repeat(100_000),
      '. '.repeat(100_000),
      '0 '.repeat(100_000),
      '!'.repeat(200_000),
    ];
    for (const text of hostile) for (const name of codecNames) codecs[name].decode(text);
  }, 5_000);
});
