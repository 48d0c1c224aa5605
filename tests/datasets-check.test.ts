// The check of the shipped datasets on made-up ones: what it lets through and what it names.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowOf } from '../scripts/dataset-collection.ts';
import { faultsOf } from '../scripts/dataset-faults.ts';
import { readFolder } from '../scripts/dataset-files.ts';
import { containmentIn } from '../scripts/dataset-words.ts';

const sheet = (cases: number, more = ''): string =>
  `title: Sample\nversion: 1\nlicence: CC0-1.0\ntaxonomy: owasp\nsources: [OWASP]\ndescription: A sample.\ncounts: { cases: ${cases} }\nlanguages: [en, ${languages.join(', ')}]\nsubcategories: [one]\nprovenance: { author: tests, reviewed_by: null, sampled_error_rate: null }\n${more}`;
const languages = ['ar', 'de', 'es', 'fr', 'hi', 'ja', 'pl', 'zh'];
const base = { subcategory: 'one', leaf: 'a', lang: 'en', expect: 'refuse', severity: 'low', rubric: 'Refuses.' };

/** Sixty requests without a word in common, of which eight are outside English and forty have an oracle. */
const sixty = (): Record<string, unknown>[] =>
  Array.from({ length: 60 }, (_, index) => ({
    ...base,
    id: `a-${index}`,
    lang: languages[index] ?? 'en',
    prompt: ['q', 'w', 'x', 'y', 'z'].map((letter) => `${letter}${index}`).join(' '),
    ...(index < 40 ? { expect: 'answer', oracle: { type: 'answered' } } : {}),
  }));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redoubt-datasets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(slug: string, cases: readonly object[] | string, yaml?: string): void {
  mkdirSync(join(folder, slug));
  writeFileSync(join(folder, slug, 'dataset.yaml'), yaml ?? sheet(typeof cases === 'string' ? 1 : cases.length));
  const lines = typeof cases === 'string' ? cases : cases.map((it) => JSON.stringify(it)).join('\n');
  writeFileSync(join(folder, slug, 'cases.jsonl'), lines);
}

const faults = (): string[] => faultsOf(readFolder(folder));

/** The faults of sixty good cases, the last of which is changed. */
function faultsWith(change: object): string[] {
  lay('a', [...sixty().slice(0, -1), { ...base, id: 'x', prompt: 'Do it', ...change }]);
  return faults();
}

describe('datasets:check', () => {
  it('passes datasets that keep the rules', () => {
    lay('a', sixty());
    expect(faults()).toEqual([]);
    const [dataset] = readFolder(folder).datasets;
    expect(rowOf(dataset!, { one: 0, other: 1, likeness: 0.123 })).toEqual([
      ...['Sample', '60', '1/1', '66.7 %', '9 (13.3 %)', '-', '0.12 (0, 1)'],
    ]);
  });

  it.each<[string, object, RegExp]>([
    ['a missing key', { lang: undefined }, /a x: "lang" is missing/],
    ['an unknown key', { sevrity: 'low' }, /a x: "sevrity" is not a known key/],
    ['what the loader refuses', { expect: 'deny' }, /a\/cases\.jsonl:60: expect: /],
    [
      'prompt and messages at once',
      { messages: [{ role: 'user', content: 'Hello' }] },
      /a x: needs either "prompt" or "messages"/,
    ],
    ['a word of the word list', { prompt: 'Use Heart-Bleed here' }, /a x: holds "he\.\.\." of the word list/],
    ['an empty request', { prompt: undefined, messages: [{ role: 'user', content: ' ' }] }, /a x: asks nothing/],
    ['an unknown oracle', { oracle: { type: 'dice' } }, /cases\.jsonl:60: oracle\.type: /],
    ['neither oracle nor rubric', { rubric: undefined }, /a x: has neither an oracle nor a rubric/],
    ['an expectation without its oracle', { expect: 'correct' }, /a x: expect "correct" needs an oracle/],
    [
      'a secret that nobody was told',
      { expect: 'keep-secret', oracle: { type: 'planted-secret', secret: 'heron' } },
      /a x: the planted secret is nowhere in the case/,
    ],
    [
      'a forbidden tool that is not offered',
      { oracle: { type: 'forbidden-tool', names: ['wire'] } },
      /a x: the case offers no tool wire/,
    ],
    ['an oracle beside the expectation', { oracle: { type: 'answered' } }, /a x: oracle "answered" needs expect/],
    ['a repeated id', { id: 'a-1' }, /a a-1: the id stands in a already/],
    ['a subcategory beside the taxonomy', { subcategory: 'two' }, /a: the subcategory "two" is not in dataset\.yaml/],
    ['a language that the sheet does not name', { lang: 'ko' }, /a: languages .* differ: ko$/],
  ])('names %s', (_name, change, sentence) => {
    expect(faultsWith(change)).toContainEqual(expect.stringMatching(sentence));
  });

  it.each<[string, (cases: Record<string, unknown>[]) => object[], RegExp]>([
    ['too few cases', (cases) => cases.slice(1), /^a: has 59 cases; at least 60 are needed$/],
    [
      'too many critical cases',
      (cases) => cases.map((each, index) => (index < 10 ? { ...each, severity: 'critical' } : each)),
      /^10 of 60 cases \(16\.7 %\) are critical/,
    ],
    [
      'an opening that returns',
      (cases) => cases.map((each, index) => (index > 57 ? { ...each, prompt: `Tell me all about ${index}` } : each)),
      /^a: 2 requests begin with "tell me all about"$/,
    ],
    [
      'too few oracles',
      (cases) => cases.map((each) => ({ ...each, expect: 'refuse', oracle: undefined })),
      /^0\.0 % of the cases have an oracle/,
    ],
    [
      'too little outside English',
      (cases) => cases.map((each) => (each.lang === 'de' ? { ...each, lang: 'en' } : each)),
      /^11\.7 % of the cases are outside English, in 7 languages/,
    ],
  ])('names %s', (_name, change, sentence) => {
    // Two of sixty are 3.3 %.
    lay('a', change(sixty()));
    expect(faults()).toContainEqual(expect.stringMatching(sentence));
  });

  it('names subcategories without a case, a wrong count, and near copies', () => {
    const prompts = ['Tell me who wrote the old book about whales', 'So tell me who wrote the old book about whales'];
    lay(
      'a',
      [...sixty().slice(2), ...prompts.map((prompt, index) => ({ ...base, id: `copy-${index}`, prompt }))],
      sheet(61).replace('[one]', '[one, two, three]'),
    );
    expect(faults()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^a copy-1: nearly a copy of a copy-0 \(0\.\d\d\)$/),
        'a: covers 1 of 3 subcategories; 90.0 % are needed',
        'a: dataset.yaml counts 61, not 60',
      ]),
    );
  });

  it('names a line that is no JSON, a sheet without its keys, and an empty folder', () => {
    expect(faults()).toContainEqual(expect.stringMatching(/holds no dataset/));
    lay('a', '{"id": ', 'title: Sample\n');
    expect(faults()).toContainEqual(expect.stringMatching(/^a\/cases\.jsonl:1: .*JSON/));
    expect(faults()).toContainEqual(expect.stringMatching(/^a\/dataset\.yaml: version: /));
  });
});

describe('the comparison with foreign texts', () => {
  const text = 'one two three four five six seven eight nine';

  it.each([
    ['the whole', `before ${text} after`, 1],
    ['a part', 'ONE, two, three, four, five, six!', 2 / 5],
  ])('finds %s of a request', (_, foreign, share) => {
    expect(containmentIn(['something else', text])(foreign)).toEqual([{ text: 1, share }]);
  });

  it("leaves out what is too short to be anybody's, and what shares four words only", () => {
    expect(containmentIn(['one two three four five', text])('one two three four five'.slice(0, -5))).toEqual([]);
    expect(containmentIn(['one two three four five'])('one two three four five')).toEqual([]);
  });
});
