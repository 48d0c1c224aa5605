import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Caller } from '../../access/keys.ts';
import { parseJsonBody, parseTomlBody, readBody } from './body.ts';
import { listBody, sandboxBody, startBody, usageBody } from './schema.ts';
import { sandboxRequest, startRequest } from './translate.ts';

describe('broken JSON', () => {
  it.each([
    ['{,}', 1, 2],
    ['[1,]', 1, 4],
    ['{"a": 1,\n "b": tru}', 2, 10],
    ['abc', 1, 1],
    ['{"a" 1}', 1, 6],
    ['{"a": 1} x', 1, 10],
    ['{"a":', 1, 6],
    ['{\n\n"a": "x\ny"}', 3, 8],
    [`{"long": "${'x'.repeat(5_000)}",\n "b": qwe, "c": "${'y'.repeat(5_000)}"}`, 2, 7],
    ['{"a": "Unexpected token at position 1", b}', 1, 41],
  ])('is placed: %j at line %i, column %i', (text, line, column) => {
    expect(() => parseJsonBody(text)).toThrow(`not valid JSON: line ${line}, column ${column}.`);
  });

  it('is found in a large body without reading it character by character', () => {
    const text = `{"a": [${'1,'.repeat(500_000)}x]}`;
    expect(() => parseJsonBody(text)).toThrow('line 1, column 1000008.');
  });
});

describe('a JSON body', () => {
  it.each(['', ' \n'])('that is empty (%j) is an empty object', (text) => {
    expect(parseJsonBody(text)).toEqual({});
  });

  it('may begin with a byte order mark, which no place of an error counts', () => {
    expect(parseJsonBody('\ufeff{"a": 1}')).toEqual({ a: 1 });
    expect(() => parseJsonBody('\ufeff{,}')).toThrow('line 1, column 2.');
  });

  it('cannot reach into prototypes', () => {
    const parsed = parseJsonBody('{"__proto__": {"polluted": true}, "a": 1}') as Record<string, unknown>;
    expect(parsed).toEqual({ a: 1 });
    expect(parsed.polluted).toBeUndefined();
  });
});

describe('a TOML body', () => {
  it.each([
    ['a = 1\nb = \n', 2, 5],
    ['[scan\n', 1, 6],
    ['a = 1\na = 2\n', 2, 1],
  ])('that is broken is placed: %j at line %i, column %i', (text, line, column) => {
    expect(() => parseTomlBody(text)).toThrow(`not valid TOML: line ${line}, column ${column}: `);
  });

  it('brings the keys of [scan] to the top', () => {
    expect(parseTomlBody('scan_name = "a"\n[scan]\nqpm = 5\n[model]\nx = 1')).toEqual({
      scan_name: 'a',
      qpm: 5,
      model: { x: 1 },
    });
  });

  it('may hold a key in both places where the values are equal, lists too', () => {
    const both = 'qpm = 5\ninput_modalities = ["text"]\n[scan]\nqpm = 5\ninput_modalities = ["text"]';
    expect(parseTomlBody(both)).toEqual({ qpm: 5, input_modalities: ['text'] });
    expect(() => parseTomlBody('qpm = 5\n[scan]\nqpm = 6')).toThrow(/^qpm: stands at the top and under \[scan\]/);
  });
});

describe('what does not fit', () => {
  const schema = z.object({
    text: z.string().min(1).optional(),
    number: z.number().min(2).max(9).optional(),
    above: z.number().positive().optional(),
    whole: z.int().optional(),
    list: z
      .array(z.object({ name: z.string() }))
      .min(1)
      .max(2)
      .optional(),
    flag: z.boolean().optional(),
    word: z.enum(['one', 'two']).optional(),
    needed: z.string().optional(),
  });

  it.each<[unknown, string]>([
    [{ text: 1 }, 'text: must be a text.'],
    [{ text: '' }, 'text: must not be empty.'],
    [{ number: '5' }, 'number: must be a number.'],
    [{ number: 1 }, 'number: must be at least 2.'],
    [{ number: 10 }, 'number: must be at most 9.'],
    [{ above: 0 }, 'above: must be greater than 0.'],
    [{ whole: 1.5 }, 'whole: must be a whole number.'],
    [{ list: {} }, 'list: must be a list.'],
    [{ list: [] }, 'list: must hold at least 1.'],
    [{ list: [{ name: 'a' }, {}] }, 'list[1].name: is required.'],
    [{ list: [{ name: 'a' }, 'b'] }, 'list[1]: must be an object.'],
    [{ flag: 'yes' }, 'flag: must be true or false.'],
    [{ word: 'three' }, 'word: is not known. Allowed: one, two.'],
    ['text', 'body: must be an object.'],
    [[], 'body: must be an object.'],
  ])('is said in words: %j', (body, sentence) => {
    expect(() => readBody(schema, body)).toThrow(sentence);
  });

  it('is never the value itself, which may be a key', () => {
    const secret = 'sk-secret-value';
    const bodies = [
      { scan_name: 'a', model: secret },
      { scan_name: 'a', model: { base_url: secret, api_key: secret, model_name: 'm' } },
      { scan_name: 'a', model: { base_url: 'http://127.0.0.1', api_key: `${secret}\n`, model_name: 'm' } },
      {
        scan_name: 'a',
        model: { base_url: 'http://127.0.0.1', api_key: secret, model_name: 'm', temperature: secret },
      },
    ];
    for (const body of bodies) {
      expect(() => readBody(startBody, body)).toThrow();
      expect(() => readBody(startBody, body)).not.toThrow(secret);
    }
  });
});

describe('defaults', () => {
  const model = { base_url: 'http://127.0.0.1:1/v1', api_key: 'k', model_name: 'm' };

  it('are those of the document', () => {
    expect(readBody(startBody, { scan_name: ' a ', model, datasets: [{ name: 'Bias' }] })).toEqual({
      scan_name: 'a',
      model: { ...model, temperature: 0.7, max_tokens: 2048, extra_headers: {} },
      datasets: [{ name: 'Bias' }],
      algorithms: [],
      input_modalities: ['text'],
      output_modalities: ['text'],
      concurrency: 8,
      continue_flag: false,
    });
  });

  it('of a sandbox scan need no dataset', () => {
    expect(readBody(sandboxBody, { scan_name: 'a', model })).toMatchObject({ scan_name: 'a' });
  });

  const nothing = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, null]));
  const labels = ['is_user_model', 'application_id', 'continue_flag', 'qpm', 'concurrency'];
  const unset = nothing(['temperature', 'max_tokens', 'extra_headers']);

  it('hold where an optional field is null', () => {
    const lists = ['algorithms', 'input_modalities', 'output_modalities', 'preset', 'seed', 'benign'];
    const given = { scan_name: 'a', datasets: [{ name: 'Bias' }] };
    const caller = { projectId: 'p', keyName: 'k' } as Caller;
    const withNulls = { ...given, ...nothing([...lists, ...labels]), model: { ...model, ...unset } };
    expect(startRequest(readBody(startBody, withNulls), caller)).toEqual(
      startRequest(readBody(startBody, { ...given, model }), caller),
    );
  });

  it('hold where an optional field of a sandbox scan is null', () => {
    const caller = { projectId: 'p', keyName: 'k' } as Caller;
    const withNulls = {
      ...nothing(['datasets', 'algorithms', ...labels]),
      scan_name: 'a',
      model: { ...model, ...unset },
    };
    expect(sandboxRequest(readBody(sandboxBody, withNulls), caller)).toEqual(
      sandboxRequest(readBody(sandboxBody, { scan_name: 'a', model }), caller),
    );
  });

  it('are none for what is required', () => {
    expect(() => readBody(startBody, { scan_name: null, model, datasets: [{ name: 'Bias' }] })).toThrow(/^scan_name: /);
    expect(() => readBody(startBody, { scan_name: 'a', model, datasets: null })).toThrow(/^datasets: /);
  });
});

describe('a date', () => {
  const since = (text: string) => readBody(listBody, { since: text }).since;

  it.each(['2026-02-31', '2026-02-29', '2026-04-31T10:00:00Z', '2026-06-31 10:00', '2026-11-31T00:00:00+02:00'])(
    'that is in no calendar is refused: %s',
    (text) => {
      expect(() => since(text)).toThrow('since: must be an ISO 8601 date');
      expect(() => readBody(usageBody, { mode: 'custom', end: text })).toThrow('end: must be an ISO 8601 date');
    },
  );

  it.each([
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2026-12-31T23:00:00-02:00', Date.UTC(2027, 0, 1, 1)],
    ['2026-03-01T00:30:00+02:00', Date.UTC(2026, 1, 28, 22, 30)],
  ])('that is in the calendar is taken: %s', (text, time) => {
    expect(since(text)).toBe(time);
  });
});
