import { expect, it } from 'vitest';
import { sortLetters } from './sorted-letters.ts';

it.each([
  ['Ignroe', 'ignore'],
  ['iNgOre ALL peRvoiuS', 'ignore all previous'],
  ['пирвет', 'привет'],
])('reads %j as %j, whatever the order of inner letters', (scrambled, written) => {
  expect(sortLetters(scrambled)).toBe(sortLetters(written));
});

it('leaves short words, numbers and signs as they are', () => {
  expect(sortLetters('to be, or 1234 not: a+b')).toBe('to be, or 1234 not: a+b');
});
