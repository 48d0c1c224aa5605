// Our attacks beside reference implementations: exact, or different for a declared reason.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { halvesOf } from '../src/scan/attacks/word-split.ts';
import { compare, goldenFile, make, readVectors } from './conformance/compare.ts';

const file = readVectors(goldenFile);
const comparisons = file.vectors.map((vector) => compare(vector, file.inputs));

interface PythonVectors {
  readonly codecs: readonly {
    readonly text: string;
    readonly b2a_qp: string;
    readonly a85encode: string;
    readonly b85encode: string;
    readonly b2a_uu_lines: string;
    readonly quote: string;
    readonly b32encode: string;
  }[];
  readonly wrap: readonly { readonly text: string; readonly lines: readonly string[] }[];
}
const python = JSON.parse(readFileSync(new URL('golden/python-stdlib.json', import.meta.url), 'utf8')) as PythonVectors;

describe('the golden vectors', () => {
  it('are met exactly wherever an attack of ours takes after their reference', () => {
    const faults = comparisons.flatMap((each) =>
      each.kind === 'different' ? [`${each.vector.impl} ${each.vector.input_id}: ${each.faults.join('; ')}`] : [],
    );
    expect(faults).toEqual([]);
    expect(comparisons.filter((each) => each.kind === 'same').length).toBeGreaterThanOrEqual(258);
  });

  it('say where each of them came from', () => {
    expect(file.vectors.filter(({ source }) => !(source in file.provenance))).toEqual([]);
  });

  it('leave out none that names flipping or a code of ours', () => {
    const apart = comparisons.flatMap((each) => (each.kind === 'apart' ? [each.vector.impl] : []));
    const named = /flip|base64|base32|base16|rot13|atbash|caes|vigen|morse|nato|braille|leet|url|quoted|hex/i;
    expect(apart.filter((impl) => named.test(impl))).toEqual([]);
  });

  it('are told apart from what fails: a changed vector is found', () => {
    const vector = file.vectors.find(({ impl }) => impl.includes('ROT13Converter'))!;
    expect(compare({ ...vector, output: `${vector.output}!` }, file.inputs).kind).toBe('different');
    const random = file.vectors.find(({ impl }) => /garak.*leetspeak/.test(impl))!;
    expect(compare({ ...random, output: 'something else' }, file.inputs).kind).toBe('different');
  });
});

describe("Python's own codecs", () => {
  it.each([
    ['quoted-printable,variant=garak', 'b2a_qp'],
    ['ascii85,variant=garak', 'a85encode'],
    ['ascii85,variant=garak-b85', 'b85encode'],
    ['uuencode,variant=garak', 'b2a_uu_lines'],
    ['url,variant=pyrit', 'quote'],
    ['base32,variant=garak', 'b32encode'],
  ] as const)('write the same as %s', (code, key) => {
    for (const vector of python.codecs) {
      expect(make(`encoding:codec=${code}`, vector.text).payload, JSON.stringify(vector.text)).toBe(vector[key]);
    }
  });

  it.each(python.wrap)('halve a text as textwrap does: $text', ({ text, lines }) => {
    const [first, ...rest] = lines;
    expect(halvesOf(text)).toEqual(rest.length === 0 ? null : [first, rest.join(' ')]);
  });
});
