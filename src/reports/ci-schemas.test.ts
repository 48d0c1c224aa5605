// SARIF and JUnit held to what their schemas ask, whatever cases, datasets and categories are called.
import { describe, expect, it } from 'vitest';
import { ciFacts, ciFinding } from '../../tests/fakes/ci-facts.ts';
import { junitProblems } from '../../tests/fakes/junit-schema.ts';
import { sarifSchema } from '../../tests/fakes/sarif-schema.ts';
import { testRow } from '../../tests/store/rows.ts';
import type { TestRow } from '../store/schema.ts';
import { junitXml } from './junit.ts';
import { sarifText } from './sarif.ts';

const NAMES: readonly (readonly [what: string, name: string])[] = [
  ['plain', 'c12'],
  ['markup', `<a b="c" d='e'>&amp; ]]> <![CDATA[`],
  ['control characters', 'a\u0000b\u0008c\u001bd\u007fe\u0085f'],
  ['line breaks', 'a\r\nb\tc\u2028d'],
  ['half a surrogate pair', 'a\ud800b\udfffc'],
  ['noncharacters', 'a\ufffeb\uffffc\u{1ffff}'],
  ['other scripts and emoji', 'тест 試験 \u{1f600} اختبار'],
  ['placeholders and links', '{0} {{x}} }{ [a](b)'],
  ['signs that URIs reserve', 'a/b?c#d%e f|g^h\\i`j"k'],
  ['a step upwards', '..'],
  ['the folder itself', '.'],
];

const sarifProblems = (text: string): string[] => {
  const { error } = sarifSchema.safeParse(JSON.parse(text));
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('SARIF', () => {
  it.each(NAMES)('holds to its schema with names of %s', (_, name) => {
    const findings = [
      ciFinding({ caseId: name, dataset: name, subcategory: name, references: [name, 'owasp:LLM01'] }),
      ciFinding({ caseId: name, state: 'accepted', severity: 'low', decision: name, fingerprint: 'b' }),
      ciFinding({ subcategory: `${name} too`, severity: 'critical', state: 'known', behaviour: name, attack: name }),
    ];
    expect(sarifProblems(sarifText(ciFacts({ findings, model: name, name })))).toEqual([]);
    expect(sarifProblems(sarifText(ciFacts({ findings, baseline: null, simulated: true })))).toEqual([]);
  });

  it.each([
    ['no finding', ciFacts({ findings: [] })],
    [
      'many references',
      ciFacts({ findings: [ciFinding({ references: Array.from({ length: 40 }, (_, n) => `r${n}`) })] }),
    ],
  ])('holds to it with %s', (_, data) => {
    expect(sarifProblems(sarifText(data))).toEqual([]);
  });

  it('is one category a model', () => {
    const categoryOf = (model: string): string =>
      JSON.parse(sarifText(ciFacts({ model }))).runs[0].automationDetails.id.replace(/[^/]*$/, '');
    expect(categoryOf('one')).not.toBe(categoryOf('two'));
  });

  it('keeps what is written in braces as the one who reads a message is to see it', () => {
    const [run] = JSON.parse(sarifText(ciFacts({ findings: [ciFinding({ caseId: '{0}' })] }))).runs;
    expect(run.results[0].message.text).toMatch(/^\{\{0\}\} under /);
    expect(run.results[0].locations[0].logicalLocations[0].name).toBe('{0}');
  });
});

describe('JUnit', () => {
  const written = async (rows: readonly TestRow[], name = 'n'): Promise<Buffer> => {
    async function* tests() {
      yield* rows;
    }
    const titles = { dataset: (slug: string) => slug, attack: (id: string) => id };
    const decisionOn = ({ judge }: TestRow) => (judge === 'a person' ? name : null);
    return Buffer.concat(await junitXml(tests, { name, simulated: true, titles, decisionOn }).toArray());
  };
  const breached = { outcome: 'breached', reason: 'complied' } as const;

  it.each(NAMES)('holds to its schema with names of %s', async (_, name) => {
    const called = { case_id: name, dataset: name, subcategory: name, parameters: JSON.stringify({ [name]: name }) };
    const rows = [
      testRow('s', 0, called),
      testRow('s', 1, { ...called, ...breached, judge: name }),
      testRow('s', 2, { ...called, ...breached, judge: 'a person' }),
      testRow('s', 3, { outcome: 'inconclusive', reason: 'timeout', dataset: 'other' }),
      testRow('s', 4, { outcome: 'unjudged', dataset: 'other' }),
      testRow('s', 5, called),
    ];
    expect(junitProblems(await written(rows, name))).toEqual([]);
  });

  it('holds to it without a test, and over more than a chunk of tests', async () => {
    expect(junitProblems(await written([]))).toEqual([]);
    const many = Array.from({ length: 2_000 }, (_, n) => testRow('s', n, n % 3 === 0 ? breached : {}));
    expect(junitProblems(await written(many))).toEqual([]);
  });
});
