import { describe, expect, it } from 'vitest';
import { boundReached, boundSentence, type CategoryState, durationText, endings, nextCategory } from './bounds.ts';
import { noCases, withCase } from './score/cluster-sums.ts';

const casesOf = (cases: number, k: number, n = 4) => {
  let sums = noCases;
  for (let index = 0; index < cases; index++) sums = withCase(sums, { k, n });
  return sums;
};

const state = (changes: Partial<CategoryState> = {}): CategoryState => ({
  sums: noCases,
  underWay: 0,
  left: 10,
  isDone: false,
  ...changes,
});

describe('the next case comes from', () => {
  it.each([
    ['no category where there is none', [], null],
    ['the first of those of which nothing is known', [state(), state()], 0],
    ['the one with fewer cases under way, where nothing is known', [state({ underWay: 2 }), state()], 1],
    ['the one with the wider interval', [state({ sums: casesOf(60, 1) }), state({ sums: casesOf(10, 1) })], 1],
    [
      'the other, once what is under way will have made it the narrower',
      [state({ sums: casesOf(12, 1) }), state({ sums: casesOf(10, 1), underWay: 40 })],
      0,
    ],
    ['none that has no case left', [state({ left: 0 }), state({ sums: casesOf(200, 0) })], 1],
    ['none that is done', [state({ isDone: true }), state({ sums: casesOf(200, 0) })], 1],
    ['none at all where all are done or empty', [state({ isDone: true }), state({ left: 0 })], null],
  ])('%s', (_, categories, expected) => {
    expect(nextCategory(categories)).toBe(expected);
  });

  it('each in turn while nothing is known', () => {
    const categories = [0, 1, 2].map(() => ({ ...state(), underWay: 0 }));
    const order = Array.from({ length: 6 }, () => {
      const next = nextCategory(categories)!;
      categories[next]!.underWay += 1;
      return next;
    });
    expect(order).toEqual([0, 1, 2, 0, 1, 2]);
  });
});

describe('a bound on what may be spent', () => {
  const none = { maxCost: null, maxCalls: null };
  it.each([
    ['nothing, without a bound', none, { calls: 1e9, cost: 1e9, underWay: 0 }, null],
    ['nothing below it', { ...none, maxCalls: 10 }, { calls: 7, cost: 0, underWay: 2 }, null],
    ['calls, those under way too', { ...none, maxCalls: 10 }, { calls: 7, cost: 0, underWay: 3 }, 'max_calls'],
    ['cost', { ...none, maxCost: 2 }, { calls: 10, cost: 2, underWay: 0 }, 'max_cost'],
    [
      'cost, with what the calls under way will cost',
      { ...none, maxCost: 2 },
      { calls: 10, cost: 1, underWay: 10 },
      'max_cost',
    ],
    [
      'nothing before it is known what a call costs',
      { ...none, maxCost: 2 },
      { calls: 0, cost: 0, underWay: 64 },
      null,
    ],
  ])('ends: %s', (_, bounds, spent, expected) => {
    expect(boundReached(bounds, spent)).toBe(expected);
  });

  it('is told in one sentence that names it', () => {
    const bounds = { maxCost: 3, maxCalls: 500, maxSeconds: 1_200, untilInterval: 5 };
    const sentences = endings.flatMap((by) => (by === 'person' ? [] : [boundSentence(by, bounds, 'EUR')]));
    expect(sentences.map((sentence) => sentence.replace(/^.*?: /, ''))).toEqual([
      'it had cost 3 EUR, as much as it might.',
      'it had made 500 calls to the target, as many as it might.',
      'it had worked for 20 min, as long as it might.',
      'the 95 % interval of every category that still had tests had come down to ±5 points.',
    ]);
  });
});

it.each([
  [0.4, '0 s'],
  [90, '90 s'],
  [1_230, '20.5 min'],
  [9_000, '2.5 h'],
])('%d seconds read "%s"', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
