// Every pair of encode and decode gives back what went in, on random texts of any script.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../src/core/random.ts';
import { reorderings } from '../src/scan/attacks/code-chameleon/reorderings.ts';
import type { Game } from '../src/scan/attacks/language-game/game.ts';
import { letterGames } from '../src/scan/attacks/language-game/letter-games.ts';
import { syllableGames } from '../src/scan/attacks/language-game/syllable-games.ts';
import { randomText } from './conformance/attack-variants.ts';

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
