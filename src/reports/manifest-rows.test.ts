import { describe, expect, it } from 'vitest';
import { manifestRows, manifestTables, valueText } from './manifest-rows.ts';

describe('valueText', () => {
  it.each([
    [null, 'none'],
    ['', 'none'],
    [[], 'none'],
    [{}, 'none'],
    [0, '0'],
    [false, 'false'],
    [['a', 'b'], 'a, b'],
    [{ max_tokens: 5, deep: { x: 1 } }, 'max tokens 5; deep x 1'],
  ])('%j reads "%s"', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});

describe('the manifest', () => {
  const manifest = {
    seed: 1,
    target: { host: 'h.example', system_prompt_sha256: null },
    something_new: { kept: true },
    datasets: [{ title: 'A set', version: '2', sample: 10, sha256: 'aa' }],
    attacks: [{ id: 'flip', version: 3, parameters: { mode: 'FWO' } }],
  };

  it('is shown whole, also what this version does not know', () => {
    expect(manifestRows(manifest)).toEqual([
      { label: 'Seed', value: '1' },
      { label: 'Target: host', value: 'h.example' },
      { label: 'Target: system prompt SHA-256', value: 'none' },
      { label: 'Something new', value: 'kept true' },
    ]);
  });

  it('has its datasets and attacks in tables', () => {
    expect(manifestTables(manifest).map((table) => table.rows)).toEqual([
      [['A set', '2', '10', 'aa']],
      [['flip', '3', 'mode FWO']],
    ]);
  });
});
