// How large a value out of JSON may be, and keys that are left out of it.
import { describe, expect, it } from 'vitest';
import { parseWithoutProto, tooLarge } from './json-values.ts';

const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);

describe('a value', () => {
  it.each<[string, unknown]>([
    ['a text', 'x'.repeat(1_000_000)],
    ['nothing', undefined],
    ['many values', Array.from({ length: 100_000 }, () => 1)],
    [
      '10,000 messages',
      { messages: Array.from({ length: 10_000 }, () => ({ role: 'user', content: 'x', name: 'y' })) },
    ],
    ['many levels', nested(500)],
  ])('of %s is not too large', (_, value) => {
    expect(tooLarge(value)).toBeNull();
  });

  it.each<[string, unknown, RegExp]>([
    ['in one list', { messages: Array.from({ length: 100_001 }, () => 1) }, /^holds more than 100,000 values$/],
    ['in many', Array.from({ length: 1_000 }, () => Array.from({ length: 101 }, () => 1)), /^holds more than/],
    ['as levels', nested(501), /^is nested more than 500 levels deep$/],
    ['as a quarter of a million levels', nested(250_000), /^is nested/],
  ])('with too much %s is', (_, value, reason) => {
    expect(tooLarge(value)).toMatch(reason);
  });
});

describe('JSON', () => {
  it('is read without the key __proto__, however deep and however it is spelled', () => {
    const value = parseWithoutProto('{"a":[{"__proto__":{"x":1},"b":2}],"\\u005f_proto__":{"y":1}}');
    expect(JSON.stringify(value)).toBe('{"a":[{"b":2}]}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('nested a quarter of a million times is read', () => {
    expect(parseWithoutProto(`${'['.repeat(250_000)}${']'.repeat(250_000)}`)).toHaveLength(1);
  });
});
