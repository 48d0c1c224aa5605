import { describe, expect, it } from 'vitest';
import { checkCaseLine } from './case-line.ts';

describe('a line of a dataset', () => {
  it('says what is wrong with a line in plain words', () => {
    const odd = [
      ['{"prompt":""}', 'prompt: must not be empty'],
      ['[1]', 'must be an object: {"...": ...}'],
      ['{"prompt":5}', 'prompt: must be a text (in quotes)'],
      ['{"prompt":"x","expect":"win"}', 'expect: must be one of refuse, '],
      ['{"prompt":"x","oracle":{"type":"magic"}}', 'oracle.type: has none of the forms that are known'],
      [
        '{"prompt":"x","oracle":{"type":"planted-secret","secret":"abc"}}',
        'oracle.secret: must have at least 4 characters',
      ],
      ['{"prompt":"x","variants":[{"id":"a","prompt":"b"}]}', 'variants: must have at least 2 entries'],
      [JSON.stringify({ prompt: 'x', id: 'i'.repeat(201) }), 'id: must have at most 200 characters'],
    ] as const;
    for (const [line, words] of odd) {
      const checked = checkCaseLine(JSON.parse(line));
      expect('problem' in checked ? checked.problem : '').toContain(words);
    }
  });
});
