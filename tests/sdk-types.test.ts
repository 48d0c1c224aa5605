// The generated types of the SDKs, held against our own API as it is.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sdkTypeFiles } from '../scripts/sdk-types/files.ts';
import { names } from '../scripts/sdk-types/names.ts';
import { recordsOf } from '../scripts/sdk-types/shapes.ts';
import { readText } from './source-files.ts';

const files = Object.entries(await sdkTypeFiles());

describe('the types of the SDKs', () => {
  it.each(files)('%s says what the API says (npm run sdk-types writes it anew)', (path, text) => {
    expect(existsSync(path) ? readText(path) : '').toBe(text);
  });

  it.each(Object.values(names))('have a record %s: every name in the table is used', (name) => {
    expect(files[0]![1]).toContain(`interface ${name} {`);
  });
});

describe('records of a document', () => {
  const schema = (json: object) => ({
    paths: {
      '/api/redoubt/v1/things': {
        get: { operationId: 'listThings', responses: { 200: { content: { 'application/json': { schema: json } } } } },
      },
      '/v1/other': { get: { responses: { 200: { content: { 'application/json': { schema: json } } } } } },
    },
  });

  it('have a name each, the same for the same shape, also where it is described otherwise', () => {
    const of = (description: string) => ({
      type: 'object',
      description,
      properties: { k: { type: 'integer' } },
      required: ['k'],
    });
    const found = recordsOf(schema({ type: 'object', properties: { first: of('a'), second: of('b') } }));
    expect(found.map(({ name }) => name)).toEqual(['ListThingsAnswer', 'ListThingsAnswerFirst']);
    expect(found[0]!.fields.map(({ shape, required }) => [shape, required])).toEqual([
      [{ kind: 'named', name: 'ListThingsAnswerFirst' }, false],
      [{ kind: 'named', name: 'ListThingsAnswerFirst' }, false],
    ]);
  });

  it('read words, null, lists, tables and tuples', () => {
    const properties = {
      word: { enum: ['a', 'b'] },
      maybe: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      many: { type: 'array', items: { type: 'number' } },
      table: { type: 'object', additionalProperties: { type: 'boolean' } },
      pair: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'string' }] },
    };
    const [record] = recordsOf(schema({ type: 'object', properties }));
    expect(record!.fields.map(({ shape }) => shape)).toEqual([
      { kind: 'words', values: ['a', 'b'] },
      { kind: 'union', of: [{ kind: 'text' }, { kind: 'null' }] },
      { kind: 'list', of: { kind: 'number' } },
      { kind: 'table', of: { kind: 'boolean' } },
      { kind: 'tuple', of: [{ kind: 'number' }, { kind: 'text' }] },
    ]);
  });
});
