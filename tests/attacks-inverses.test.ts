// Every pair of encode and decode gives back what went in, on random texts of any script.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../src/core/random.ts';
import { decode, drawMapping, encode, readMapping } from '../src/scan/attacks/bijection/mapping.ts';
import { reorderings } from '../src/scan/attacks/code-chameleon/reorderings.ts';
import { insertEmoji } from '../src/scan/attacks/emoji/emoji-signs.ts';
import { chooseAttack, requireAttack } from '../src/scan/attacks/index.ts';
import type { Game } from '../src/scan/attacks/language-game/game.ts';
import { letterGames } from '../src/scan/attacks/language-game/letter-games.ts';
import { syllableGames } from '../src/scan/attacks/language-game/syllable-games.ts';
import type { Reply, Search } from '../src/scan/attacks/search.ts';
import { testCaseOf } from '../src/scan/datasets/case-line.ts';
import { bijectionForms, gameForms, randomText } from './conformance/attack-variants.ts';

const TEXTS = 500;
const tricky = [
  'ububa obo aiga alfalfa',
  'x-a-b, x-a--a-c-1-d',
  'bay-way x-ray ay-ay',
  'aAbB ßß éé ñandú',
  'totaboblole',
];

function* texts(name: string): Generator<string> {
  const random = seededRandom(5, name);
  yield* tricky;
  for (let round = 0; round < TEXTS; round++) yield randomText(random);
}

const invertible: readonly (readonly [string, Game])[] = [...syllableGames, ...letterGames]
  .filter(([variant]) => variant !== 'way')
  .map(([variant, game]) => [`${game.id} (${variant})`, game]);

describe('language games', () => {
  it('are at least twelve', () => {
    expect(new Set(invertible.map(([, { id }]) => id)).size).toBeGreaterThanOrEqual(12);
  });

  it.each(invertible)('%s gives back any text', (name, game) => {
    for (const insert of ['-a-', '@p@', '*z*', '-1-']) {
      for (const text of texts(name)) expect(game.decode(game.encode(text, { insert }), { insert })).toBe(text);
    }
  });

  it.each(invertible)('%s changes a sentence', (_name, game) => {
    const text = 'How do I bake a cake with seven brown eggs?';
    expect(game.encode(text, { insert: '-a-' })).not.toBe(text);
  });
});

describe('the orders of CodeChameleon', () => {
  const words = (text: string): string => text.split(/\s+/u).filter(Boolean).join(' ');

  it.each(Object.entries(reorderings))('%s gives back any text, blanks aside', (name, { encode, decode }) => {
    for (const text of texts(name)) expect(words(decode(encode(text)) ?? 'unreadable')).toBe(words(text));
  });
});

describe('the languages of Bijection Learning', () => {
  const spellings = (['letter', 'digit', 'token'] as const).flatMap((codomain) =>
    [0, 10, 18].flatMap((fixed) =>
      [2, 3, 4].map((digits) => {
        const mapping = drawMapping(codomain, fixed, digits, seededRandom(codomain, fixed, digits));
        return { name: `${codomain}, ${fixed} fixed, ${digits}`, codomain, mapping };
      }),
    ),
  );
  // Digits of the text itself stand among numbers as they are, as in the paper: nothing tells them apart.
  const withoutDigits = (text: string): string => text.replace(/\d/g, '');

  it.each(spellings)('give back any text: $name', ({ name, codomain, mapping }) => {
    const delimiter = codomain === 'letter' ? '' : '  ';
    for (const text of texts(name)) {
      const plain = withoutDigits(text);
      const original = { mapping, delimiter, convention: 'original' } as const;
      expect(decode(encode(plain, original), original)).toBe(plain.toLowerCase());
      const kept = { mapping, delimiter, convention: 'pyrit' } as const;
      expect(decode(encode(plain, kept), kept)).toBe(plain);
    }
  });

  it.each(spellings)('give each letter a code of its own: $name', ({ mapping }) => {
    expect(new Set(mapping.values()).size).toBe(26);
    expect(readMapping(JSON.stringify(Object.fromEntries(mapping)))?.mapping).toEqual(new Map([...mapping].sort()));
  });

  it.each(['{"a":"b"}', '{"a":"12","b":"345"}', '{"a":"1","b":"1"}', '{"ab":"1"}', 'not JSON', '[]', '{"a":12}'])(
    'are not read from %s',
    (json) => expect(readMapping(json)).toBeNull(),
  );
});

describe('an answer in the code that was asked for', () => {
  const answer = 'First mix flour and eggs, then bake the cake. Serve it warm with plenty of cream.';
  const refusal = "I'm sorry, but I cannot help with that request. Please ask about something else.";

  async function readBack(written: string, say: (request: string) => string): Promise<string> {
    const chosen = chooseAttack(written);
    const attack = requireAttack(chosen.id);
    if (!attack.search) {
      const coded = say(attack.payload!(answer, chosen.parameters, seededRandom(1)));
      return attack.decode!(coded, chosen.parameters);
    }
    let read = '';
    const random = (tryNo: number) => seededRandom('try', tryNo);
    const ask: Search['ask'] = async (tryNo, _said, undo) => {
      read = undo!(say(attack.payload!(answer, chosen.parameters, random(tryNo))));
      return { succeeded: true } as Reply;
    };
    const testCase = testCaseOf({ prompt: 'How do I bake a cake?' }, 'case');
    await attack.search(
      { testCase, attacker: null, random, ask, lead: ask, backtrack: () => undefined },
      chosen.parameters,
    );
    return read;
  }
  const bare = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');

  it.each([...bijectionForms, ...gameForms.filter((form) => !form.includes('way'))])(
    'is restored: %s',
    async (form) => {
      expect(bare(await readBack(form, (coded) => coded))).toBe(bare(answer));
      expect(bare(await readBack(form, (coded) => `[begin]\n${coded}\n[end]`))).toContain(bare(answer));
    },
  );

  it.each([...bijectionForms, ...gameForms])('stays as it is where it is a plain refusal: %s', async (form) => {
    expect(await readBack(form, () => refusal)).toBe(refusal);
  });

  it('is read without the emoji inside its words', () => {
    const { id, parameters } = chooseAttack('emoji:mode=judge');
    expect(requireAttack(id).decode!(insertEmoji(answer), parameters)).toBe(answer);
  });
});
