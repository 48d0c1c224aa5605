// Each encoded request can be understood from the message alone: a reader that follows its rule gets the request back.
import { describe, expect, it } from 'vitest';
import { textOf } from '../src/core/chat.ts';
import { type Random, seededRandom } from '../src/core/random.ts';
import { chooseAttack, requireAttack } from '../src/scan/attacks/index.ts';
import { rehearse } from '../src/scan/attacks/rehearse.ts';
import { testCaseOf } from '../src/scan/datasets/case-line.ts';
import { bijectionForms, chameleonForms, encodingForms, gameForms, randomText } from './conformance/attack-variants.ts';
import { make } from './conformance/compare.ts';
import { readRequest } from './conformance/reader.ts';

const vocabulary =
  'How do I bake a cake with 3 eggs, flour and sugar? Tell me about the oldest lighthouse in Norway. Write a short letter to my landlord, please; explain it in 12 steps! What is a half-finished jumper? Lock the house, car, phone and money away.'.split(
    ' ',
  );

const sentence = (random: Random): string =>
  Array.from({ length: 1 + random.below(25) }, () => vocabulary[random.below(vocabulary.length)]!).join(' ');

/** What a form cannot tell apart, by reference: nobody could read it back. */
const lostIn = (form: string): ((text: string) => string) => {
  if (/codec=(?:morse|nato),variant=garak/.test(form)) {
    const kept = form.includes('nato') ? /[^a-z]/g : /[^a-z0-9 ]/g;
    return (text) => text.toLowerCase().replace(kept, '').replace(/ +/g, ' ').trim();
  }
  if (/codec=(?:morse|nato)/.test(form)) return (text) => text.toLowerCase().replace(/[^a-z0-9.,?!' -]/g, '');
  if (/codec=leetspeak/.test(form)) {
    const signs: Readonly<Record<string, string>> = { 1: 'i', l: 'i', 2: 'z', 3: 'e', '!': 'i' };
    return (text) => text.toLowerCase().replace(/[1l23!]/g, (sign) => signs[sign]!);
  }
  if (/bijection/.test(form) && !form.includes('pyrit')) return (text) => text.toLowerCase();
  return form === 'emoji' ? (text) => text.toLowerCase() : (text) => text;
};

const lossless = encodingForms.filter(
  (form) => !/codec=(?:morse|nato|braille|leetspeak|uuencode|quoted-printable)/.test(form),
);
const flips = ['flip:mode=FWO', 'flip:mode=FCW', 'flip:mode=FCS', 'flip:mode=FCS,langgpt=true,fewshot=true'];
const shifted = [
  'encoding:codec=caesar,shift=-5',
  'encoding:codec=caesar,shift=17',
  'encoding:codec=vigenere,key=Sugar',
];
const wrapped = ['encoding:codec=base64,wrap=true', 'encoding:codec=rot13,wrap=true'];

/** Blanks are all that reordering words may lose. */
const games = [...gameForms.filter((form) => !form.includes('way')), 'language-game:game=self-insert,insert=@p@'];
const split = ['payload-splitting', 'payload-splitting:chunk=1', 'payload-splitting:chunk=8,shuffle=false'];

/** What the attack says first, searching ones too. */
async function saidBy(form: string, text: string): Promise<string> {
  const chosen = chooseAttack(form);
  const [messages = []] = await rehearse(
    requireAttack(chosen.id),
    testCaseOf({ prompt: text }, 'case-1'),
    chosen,
    3,
    1,
  );
  return messages.map(({ content }) => textOf(content)).join('\n');
}

const ROUNDS = 200;

async function shareRead(form: string, draw: (random: Random) => string): Promise<number> {
  const random = seededRandom(11, form);
  const same = lostIn(form);
  let read = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const text = draw(random);
    const back = readRequest(await saidBy(form, text));
    if (back !== null && same(back) === same(text)) read += 1;
  }
  return read / ROUNDS;
}

describe('a reader who sees only the message', () => {
  it.each([
    ...encodingForms,
    ...shifted,
    ...wrapped,
    ...flips,
    ...games,
    ...split,
    ...chameleonForms,
    ...bijectionForms,
    'emoji',
  ])('gets requests back from %s', async (form) => {
    expect(await shareRead(form, sentence)).toBeGreaterThanOrEqual(0.95);
  });

  it.each([...lossless, ...games, ...split])('gets texts of any script back from %s', async (form) => {
    expect(await shareRead(form, randomText)).toBeGreaterThanOrEqual(0.95);
  });

  it('is no oracle: a message that teaches nothing gives nothing', () => {
    expect(readRequest('SG93IGRvIEkgYmFrZSBhIGNha2U=')).toBeNull();
  });

  it('is told to answer in the code only where that was asked for', () => {
    expect(make('base64:wrap=true', 'Bake').said).toMatch(/whole answer in Base64/);
    expect(make('base64', 'Bake').said).not.toMatch(/answer in Base64/);
  });
});
