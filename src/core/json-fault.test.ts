import { expect, it } from 'vitest';
import { notJson } from './json-fault.ts';

function said(text: string, from?: number): string {
  try {
    JSON.parse(text);
  } catch (error) {
    return notJson(text, error, from);
  }
  return 'JSON';
}

it.each<[string, string]>([
  ['', 'column 1: it ends too early'],
  ['nonsense', 'column 2: "o" does not belong there'],
  ['{"a": 1,}', 'column 9: "}" does not belong there'],
  ['{"a": 1} x', 'column 10: "x" does not belong there'],
  ["{'a': 1}", `column 2: "'" does not belong there`],
  ['{"a" "b"}', `column 6: '"' does not belong there`],
  ['{"a": [1, 2', 'column 12: it ends too early'],
  ['{"a": "b', 'column 9: it ends too early'],
  ['{"a": "b\tc"}', 'column 9: a text holds a line break or tab: write \\n or \\t'],
  ['{"a": "\\x"}', 'column 9: "x" does not belong there'],
  ['{"a": 🙂}', 'column 7: "🙂" does not belong there'],
  ['{\n  "a": 1\n  "b": 2\n}', `line 3, column 3: '"' does not belong there`],
])('says where %j stops being JSON', (text, reason) => {
  expect(said(text)).toBe(`not valid JSON (${reason})`);
});

it('counts the lines of the file that the text is a part of', () => {
  expect(said('{"a": 1,}', 12)).toBe('not valid JSON (line 12: "}" does not belong there)');
  expect(said('{\n"a": 1,}', 12)).toBe('not valid JSON (line 13, column 8: "}" does not belong there)');
});

it('looks for no place in a text that is very long', () => {
  expect(said(`[${'1,'.repeat(2_500_000)}]`)).toBe('not valid JSON');
});
