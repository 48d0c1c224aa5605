import { describe, expect, it } from 'vitest';
import { parsePath, readPath } from './json-path.ts';

const value = {
  choices: [{ message: { content: 'hi' } }, { message: { content: 'last' } }, {}],
  'a.b': { 'c d': 1 },
  größe: 2,
  nothing: null,
  rows: [{ parts: ['x', 'y'] }, { parts: ['z'] }],
};

describe('a path', () => {
  it.each([
    ['choices[0].message.content', 'hi'],
    ['$.choices[0].message.content', 'hi'],
    ['choices[-2].message.content', 'last'],
    ['choices[*].message.content', ['hi', 'last']],
    ['rows[*].parts', ['x', 'y', 'z']],
    ['rows.*.parts[0]', ['x', 'z']],
    ['["a.b"][\'c d\']', 1],
    ['größe', 2],
    ['nothing', null],
    ['nothing.more', undefined],
    ['choices[9].message', undefined],
    ['choices.length', undefined],
    ['toString', undefined],
    ['__proto__', undefined],
    ['rows[*].none', undefined],
    ['$', value],
    ['', value],
  ])('%s reads %j', (path, expected) => {
    expect(readPath(value, parsePath(path)!)).toEqual(expected);
  });

  it.each(['a..b', 'a[', 'a[x]', 'a[?(@.b)]', '.', 'a b', 'a.'])('%s cannot be read', (path) => {
    expect(parsePath(path)).toBeNull();
  });
});
