import { describe, expect, it } from 'vitest';
import { jsonParts } from './json-parts.ts';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function partsOf(text: string, patterns: readonly string[], size = text.length): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { path, line, parsed } of jsonParts(pieces(text, size), patterns))
    found.push([path, line, 'value' in parsed ? parsed.value : parsed.problem]);
  return found;
}

const document = {
  version: 3,
  'odd "key"\n': { version: 'not this' },
  nested: { list: [{ a: '}]"\\' }, [1, [2]], 'text, with: signs', null, -1.5e3, true], empty: [], none: {} },
  last: 'ü\u2028😀',
};

describe('jsonParts', () => {
  it.each([1, 2, 7, 10_000])('finds the same parts in pieces of %i characters, however it is written', async (size) => {
    for (const text of [JSON.stringify(document), JSON.stringify(document, null, 2)]) {
      const found = await partsOf(text, ['version', 'nested.list.*', 'last'], size);
      expect(found.map((part) => (part as [string, number, unknown]).toSpliced(1, 1))).toEqual([
        ['version', 3],
        ...document.nested.list.map((value, index) => [`nested.list.${index}`, value]),
        ['last', document.last],
      ]);
    }
  });

  it('says of a part with too many values for a schema that it has them', async () => {
    const found = await partsOf(`{"a":[[${'1,'.repeat(500_000)}1],[1]]}`, ['a.*']);
    expect(found).toEqual([
      ['a.0', 1, 'it holds more than 500,000 values'],
      ['a.1', 1, [1]],
    ]);
  });

  it('says at which line a part begins', async () => {
    const found = await partsOf('{\n"a": [\n1,\n\n{"b":\n2}]}', ['a.*']);
    expect(found).toEqual([
      ['a.0', 3, 1],
      ['a.1', 5, { b: 2 }],
    ]);
  });

  it('finds keys that are written with escapes, and the root itself', async () => {
    expect(await partsOf('{"\\u0061": 1}', ['a'])).toEqual([['a', 1, 1]]);
    expect(await partsOf('[1, 2]', ['*'])).toEqual([
      ['0', 1, 1],
      ['1', 1, 2],
    ]);
  });

  it.each([
    ['a document that ends in the middle', '{"a": [1, {"b"', ['a.*'], 'the file ends in the middle of the document'],
    ['a part that is none', '{"a": [nonsense]}', ['a.*'], 'not valid JSON'],
    ['signs out of place', '}:,]{"a": 1}', ['a'], ''],
  ])('survives %s', async (_, text, patterns, problem) => {
    const found = await partsOf(text, patterns);
    expect(String((found.at(-1) as unknown[] | undefined)?.[2] ?? '')).toContain(problem);
  });
});
