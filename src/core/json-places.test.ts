// Texts put back at their places in JSON: what changes, what stays the same value, and how often a list is copied.
import { describe, expect, it, vi } from 'vitest';
import { withTextsAt } from './json-places.ts';

describe('texts at their places', () => {
  it('change, and all beside them stays the same value', () => {
    const value = { said: [{ text: 'a' }, { text: 'b' }], kept: { text: 'c' } };
    const changed = withTextsAt(value, [
      { path: ['said', 1, 'text'], text: 'B' },
      { path: ['nowhere', 0], text: 'x' },
    ]) as typeof value;
    expect(changed).toEqual({ said: [{ text: 'a' }, { text: 'B' }], kept: { text: 'c' } });
    expect(changed.said[0]).toBe(value.said[0]);
    expect(changed.kept).toBe(value.kept);
    expect(value.said[1]).toEqual({ text: 'b' });
    expect(withTextsAt(value, [])).toBe(value);
  });

  it('are put there in one copy of each list, however many there are', () => {
    const list = Array.from({ length: 1000 }, (_, at) => ({ text: `${at}` }));
    const copied = vi.spyOn(list, 'map');
    const changes = list.map((_, at) => ({ path: ['said', at, 'text'], text: `new ${at}` }));
    copied.mockClear();
    expect(withTextsAt({ said: list }, changes)).toEqual({ said: changes.map(({ text }) => ({ text })) });
    expect(copied).toHaveBeenCalledTimes(1);
  });

  it('are made of what stood there, where that is asked for', () => {
    const asGiven = (given: unknown, text: string): unknown => (typeof given === 'string' ? text : JSON.parse(text));
    const changes = [
      { path: ['a'], text: '[1]' },
      { path: ['b'], text: '[2]' },
    ];
    expect(withTextsAt({ a: 'x', b: {} }, changes, asGiven)).toEqual({ a: '[1]', b: [2] });
  });
});
