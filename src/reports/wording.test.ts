import { describe, expect, it } from 'vitest';
import { wilson } from '../core/score/interval.ts';
import { attackLabel, plural, rateDetail, timeText, withParameters } from './wording.ts';

describe('rateDetail', () => {
  it.each([
    [5, 40, '5 of 40 tests; 95 % interval 5.5 % to 26.1 %.'],
    [0, 10, 'No failure found in 10 tests (upper bound 27.8 %).'],
    [1, 1, '1 of 1 test; 95 % interval 20.7 % to 100.0 %.'],
    [0, 0, 'No test of this kind was decided.'],
  ])('%i of %i reads "%s"', (k, n, sentence) => {
    expect(rateDetail(wilson(k, n), 'test')).toBe(sentence);
  });
});

describe('attackLabel', () => {
  it.each([
    ['exact', 'Crescendo Attack'],
    ['structural', 'Crescendo Attack (structural form)'],
    ['static', 'Crescendo Attack (static form, no attacker model)'],
  ])('of a form that is %s reads "%s"', (fidelity, label) => {
    expect(attackLabel('Crescendo Attack', fidelity)).toBe(label);
  });
});

describe('withParameters', () => {
  it.each([
    [{}, 'Encoding'],
    [{ codec: 'rot13', n: 3 }, 'Encoding, codec=rot13, n=3'],
  ])('of %j reads "%s"', (parameters, label) => {
    expect(withParameters('Encoding', parameters)).toBe(label);
  });
});

describe('numbers and times', () => {
  it('counts in words', () => {
    expect([plural(0, 'test'), plural(1, 'test'), plural(1200, 'test')]).toEqual(['0 tests', '1 test', '1,200 tests']);
  });

  it('names times in UTC', () => {
    expect(timeText('2026-03-01T23:59:30.400Z')).toBe('1 March 2026, 23:59 UTC');
    expect(timeText(null)).toBe('unknown');
  });
});
