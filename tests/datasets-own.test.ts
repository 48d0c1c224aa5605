// Users' own files of cases, JSONL and CSV: what is read, which line is named when one is bad, what `datasets` says.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtInDatasets } from '../src/scan/datasets/built-in.ts';
import { caseFileAt, readCases, requireCases } from '../src/scan/datasets/case-file.ts';
import { columnMapOf } from '../src/scan/datasets/csv-reader.ts';
import { imbalanceOf, reportOnFile } from '../src/scan/datasets/file-report.ts';
import { builtInTitles, resolveDataset, shippedDataset, slugOf } from '../src/scan/datasets/index.ts';
import type { LineProblem, NumberedLine } from '../src/scan/datasets/line-reader.ts';
import { requireOneOfEachName, storeOwnFile } from '../src/scan/datasets/own-file.ts';
import { casesAfter, currentDatasets } from '../src/store/datasets.ts';
import { openStore } from '../src/store/store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redoubt-own-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(name: string, content: string | Buffer, columns = {}): Promise<(NumberedLine | LineProblem)[]> {
  const entries = [];
  for await (const entry of readCases(caseFileAt(write(name, content), columns))) entries.push(entry);
  return entries;
}

const main = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts');
const redoubt = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8' });
const datasets = (...args: string[]) => redoubt('datasets', ...args);

const jsonl = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => JSON.stringify({ prompt: `Question ${index + 1}?`, category: 'Sums' }));
const csv = (count: number): string[] => [
  'prompt,category',
  ...Array.from({ length: count - 1 }, (_, index) => `Question ${index + 2}?,Sums`),
];

const with17 = (lines: readonly string[], bad: string): string => lines.with(16, bad).join('\n');

describe('a dataset that ships', () => {
  it('lies in a folder that is called after it, and is found by either name', () => {
    for (const { slug, title } of builtInDatasets()) {
      expect(slug).toBe(slugOf(title));
      for (const name of [slug, title, title.toUpperCase()]) expect(shippedDataset(name)?.slug).toBe(slug);
    }
  });
});

describe('a file with a bad line 17', () => {
  it.each([
    ['no JSON', 'own.jsonl', with17(jsonl(20), '{"prompt": '), /^not valid JSON/],
    ['nothing asked', 'own.jsonl', with17(jsonl(20), '{"goal": "x"}'), /"prompt", "messages" or "variants" is missing/],
    ['an unknown expectation', 'own.jsonl', with17(jsonl(20), '{"prompt": "x", "expect": "deny"}'), /^expect: /],
    ['a cell too many', 'own.csv', with17(csv(20), 'a,b,c'), /^3 cells, where the header names 2 columns$/],
    ['a cell too few', 'own.csv', with17(csv(20), 'a'), /^1 cells, where the header names 2 columns$/],
    ['nothing asked', 'own.csv', with17(csv(20), ',Sums'), /"prompt", "messages" or "variants" is missing/],
  ])('with %s in %s is told, and the rest is read', async (_, name, content, problem) => {
    const entries = await read(name, content);
    const problems = entries.filter((entry) => 'problem' in entry);
    expect(problems).toEqual([{ number: 17, problem: expect.stringMatching(problem) as string }]);
    expect(entries.at(-1)!.number).toBe(20);
    const whole = async (): Promise<void> => {
      for await (const _case of requireCases(caseFileAt(join(folder, name))));
    };
    await expect(whole()).rejects.toThrow(`${name}, line 17: `);
  });

  it('of which quotes never end is told with the line, and that nothing after it was read', async () => {
    const entries = await read('own.csv', with17(csv(20), '"open,Sums'));
    expect(entries).toHaveLength(16);
    expect(entries.at(-1)).toMatchObject({ problem: expect.stringMatching(/Nothing after it was read$/) as string });
  });
});

describe('a line of more than 1 MB', () => {
  const long = JSON.stringify({ prompt: 'x'.repeat(3_000_000) });

  it.each([
    ['in the middle', [...jsonl(2), long, ...jsonl(1)], [1, 2, 4]],
    ['at the end', [...jsonl(2), long], [1, 2]],
  ])('%s is told, and what follows is read', async (_, lines, good) => {
    const entries = await read('own.jsonl', lines.join('\n'));
    expect(entries.filter((entry) => 'line' in entry).map(({ number }) => number)).toEqual(good);
    expect(entries.filter((entry) => 'problem' in entry)).toEqual([
      { number: 3, problem: 'the line is longer than 1 MB' },
    ]);
  });
});

describe('a file that is not UTF-8', () => {
  const problem = 'not UTF-8; save the file as UTF-8';

  it('as JSONL has its lines told, and the rest is read', async () => {
    const entries = await read('own.jsonl', Buffer.from('{"prompt":"Grün?"}\n{"prompt":"Blau?"}\n', 'latin1'));
    expect(entries).toMatchObject([{ number: 1, problem }, { line: { prompt: 'Blau?' } }]);
  });

  it('as CSV has its first such line told, and no row is read', async () => {
    const entries = await read('own.csv', Buffer.from('prompt\nBlau?\nGrün?\nRöter?\n', 'latin1'));
    expect(entries).toEqual([{ number: 3, problem: `${problem}. No row was read` }]);
  });

  it('is found in a long CSV file while others have their turns', async () => {
    let hadTurn = false;
    const turn = setTimeout(() => {
      hadTurn = true;
    });
    const rows = `prompt\n${'Blue, or what else is it?\n'.repeat(400_000)}`;
    const entries = await read('own.csv', Buffer.concat([Buffer.from(rows), Buffer.from('Grün?\n', 'latin1')]));
    clearTimeout(turn);
    expect(entries).toMatchObject([{ number: 400_002 }]);
    expect(hadTurn).toBe(true);
  });

  it('is read as CSV where it begins as UTF-16, as spreadsheets write it', async () => {
    const entries = await read('own.csv', Buffer.from('\uFEFFprompt\nGrün?\n', 'utf16le'));
    expect(entries).toEqual([{ number: 2, line: { prompt: 'Grün?' } }]);
  });
});

describe('a CSV file', () => {
  it('maps its columns by name: words, texts, JSON and lists', async () => {
    const oracle = '"{""type"":""answer-key"",""accept"":[""42""]}"';
    const rows = `Prompt, EXPECT ,oracle,references,Owner\n"What, then?", correct ,${oracle},OWASP LLM09:2025; GDPR Art. 5,me\n`;
    expect(await read('own.csv', rows)).toEqual([
      {
        number: 2,
        line: {
          prompt: 'What, then?',
          expect: 'correct',
          oracle: { type: 'answer-key', accept: ['42'] },
          references: ['OWASP LLM09:2025', 'GDPR Art. 5'],
        },
      },
    ]);
  });

  it.each([
    ['semicolons', 'prompt;category\nHow, and why?;Sums'],
    ['tabs', 'prompt\tcategory\nHow, and why?\tSums'],
    ['a byte order mark and line ends of Windows', '\uFEFFprompt,category\r\n"How, and why?",Sums\r\n'],
  ])('may come with %s', async (_, content) => {
    expect(await read('own.CSV', content)).toEqual([
      { number: 2, line: { prompt: 'How, and why?', category: 'Sums' } },
    ]);
  });

  it('counts lines where cells hold line breaks and where lines are empty', async () => {
    const numbers = (await read('own.csv', 'prompt\n"one\ntwo\r\nthree"\n\n"four"\n   \nfive')).map(
      ({ number }) => number,
    );
    expect(numbers).toEqual([2, 6, 8]);
  });

  it('takes its keys from columns of other names where it is told which', async () => {
    const rows = 'Question,Prompt,Label\nHow?,not this one,Sums';
    expect(await read('own.csv', rows, { prompt: 'question', category: 'Label' })).toEqual([
      { number: 2, line: { prompt: 'How?', category: 'Sums' } },
    ]);
    expect(await read('own.csv', rows, { prompt: 'Query' })).toEqual([
      { number: 1, problem: 'the header has no column "Query" for prompt; it names Question, Prompt, Label' },
    ]);
  });

  it.each([
    ['prompt', /"prompt" is not of the form KEY=COLUMN/],
    ['prompt=', /not of the form/],
    ['question=prompt', /--column: "question" is not known\. Allowed: prompt,/],
  ])('refuses the map %s', (pair, sentence) => {
    expect(() => columnMapOf([pair], '--column')).toThrow(sentence);
  });

  it.each([
    ['names no column that asks', 'question,category\nHow?,Sums', /none of the columns prompt, messages, variants/],
    ['names a column twice', 'prompt,Prompt\nHow?,Why?', /the column "prompt" twice/],
    ['holds an oracle that is no JSON', 'prompt,oracle\nHow?,answered', /^oracle: not valid JSON/],
    ['holds an oracle of an unknown type', 'prompt,oracle\nHow?,"{""type"":""dice""}"', /^oracle\.type: /],
  ])('that %s is told so', async (_, content, problem) => {
    expect(await read('own.csv', content)).toEqual([
      { number: expect.any(Number) as number, problem: expect.stringMatching(problem) as string },
    ]);
  });

  it('is stored as the same cases as JSONL', async () => {
    const store = await openStore({ path: ':memory:' });
    const cases = async (path: string): Promise<unknown[]> => {
      const rows = await casesAfter(store, await storeOwnFile(store, 'default', path, 0, 'same'), -1, 100);
      return rows.map(({ dataset_id: _, ...row }) => row);
    };
    const fromCsv = await cases(write('a.csv', 'id,prompt,expect\nx,How?,answer\n,Why?,\n'));
    const lines = [{ id: 'x', prompt: 'How?', expect: 'answer' }, { prompt: 'Why?' }];
    expect(fromCsv).toEqual(await cases(write('a.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'))));
    expect(fromCsv).toHaveLength(2);
    const kept = async (): Promise<unknown[]> => (await currentDatasets(store, 'default')).map(({ cases }) => cases);
    await expect(cases(write('b.csv', 'prompt\nHow?\n"open'))).rejects.toThrow(/b\.csv, line \d/);
    expect(await kept()).toEqual([2]);
    await store.close();
  });

  it('is read row by row: a stop after the first row of many closes it', async () => {
    const path = write('large.csv', `prompt\n${'A question that is asked again.\n'.repeat(100_000)}`);
    for await (const entry of readCases(caseFileAt(path))) {
      expect(entry.number).toBe(2);
      break;
    }
    let rows = 0;
    for await (const _ of readCases(caseFileAt(path))) rows += 1;
    expect(rows).toBe(100_000);
  });
});

describe('the report on a file', () => {
  const report = (lines: readonly NumberedLine['line'][]) => {
    const made = reportOnFile();
    const remarks = lines.flatMap((line, index) => made.take({ number: index + 1, line }));
    return { remarks, sentences: made.conclude(), ...made.counts() };
  };

  it('calls a repeated id a fault, a repeated request a note', () => {
    const { remarks, good, bad } = report([
      { id: 'a', prompt: 'How much is it?' },
      { id: 'b', prompt: 'how  much is IT?' },
      { id: 'a', prompt: 'Why?' },
      { prompt: 'How much is it?', system: 'You sell tickets.' },
    ]);
    expect(remarks).toEqual([
      { number: 2, isFault: false, text: 'asks the same as line 1' },
      { number: 3, isFault: true, text: 'the id "a" stands in line 1 already' },
    ]);
    expect([good, bad]).toEqual([3, 1]);
  });

  it('names the lines that are not planned without a judge model', () => {
    const { sentences } = report([
      { prompt: 'One', expect: 'refuse' },
      { prompt: 'Two', expect: 'correct' },
      { prompt: 'Three', expect: 'answer', oracle: { type: 'answered' } },
      { prompt: 'Four', expect: 'stay-in-policy' },
    ]);
    expect(sentences).toEqual([
      'Not planned without a judge model, as the expectation needs an oracle and there is none: 2 cases (lines 2, 4)',
    ]);
  });

  it.each<[string, [string, number][], string[]]>([
    [
      'even',
      [
        ['a', 10],
        ['b', 8],
        ['c', 12],
      ],
      [],
    ],
    ['one', [['a', 10]], []],
    [
      'few',
      [
        ['a', 20],
        ['b', 20],
        ['c', 2],
      ],
      ['Out of balance: an even share would be 14 cases; few: "c" 2 (lines 7, 8)'],
    ],
    [
      'many',
      [
        ['a', 60],
        ['b', 6],
        ['c', 6],
        ['d', 6],
        ['e', 6],
      ],
      ['Out of balance: an even share would be 17 cases; many: "a" 60 (lines 7, 8, 9, ...)'],
    ],
  ])('finds categories out of balance: %s', (_, categories, sentences) => {
    const counted = categories.map(([name, count]) => [name, { count, lines: [7, 8, 9].slice(0, count) }] as const);
    expect(imbalanceOf(new Map(counted))).toEqual(sentences);
  });
});

describe('datasets of one scan', () => {
  const choices = (...names: string[]) => names.map((asked) => ({ asked, isFile: asked.includes('.') }));

  it.each([
    [['a/three.jsonl', 'b/Three.csv'], 'a/three.jsonl and b/Three.csv would be one dataset'],
    [['dataset: Three', 'b/three.jsonl'], 'dataset: Three and b/three.jsonl would be one dataset'],
    [['Privacy.jsonl'], '--dataset Privacy.jsonl: "Privacy" ships with Redoubt. Rename the file'],
    [['gdpr.csv', 'GDPR'], '--dataset gdpr.csv: "General Data Protection Regulation" ships'],
  ])('have a name each: %j is refused', (names, sentence) => {
    expect(() => requireOneOfEachName(choices(...names), '--dataset')).toThrow(sentence);
  });

  it('may name one file or one name twice', () => {
    expect(() =>
      requireOneOfEachName(choices('a.jsonl', './a.jsonl', 'Bias', 'Bias', 'b.jsonl'), '--dataset'),
    ).not.toThrow();
  });

  it('are refused by the command line before anything is stored', () => {
    mkdirSync(join(folder, 'b'));
    const files = [write('three.jsonl', jsonl(3).join('\n')), write('b/three.jsonl', jsonl(1).join('\n'))];
    const given = ['--target', 'http://127.0.0.1:9/v1', '--model', 'm', '--data', join(folder, 'data'), '--dry-run'];
    const { status, stderr } = redoubt('scan', ...given, ...files.flatMap((file) => ['--dataset', file]));
    expect(stderr).toContain('would be one dataset by their name. Rename the file');
    expect(status).toBe(2);
    expect(redoubt('datasets', 'list', '--data', join(folder, 'data')).stdout).not.toContain('three');
  });
});

describe('the command line', () => {
  it('says that a file holds no case', () => {
    for (const content of ['', '\n \n', 'prompt,category\n']) {
      const { status, stdout } = datasets('validate', write('empty.csv', content));
      expect([status, stdout]).toEqual([2, 'The file holds no case\n0 good, 0 bad\n']);
    }
  });

  it('validates CSV: the bad line 17, the doubles, what is left out', () => {
    const file = write('own.csv', with17([...csv(19), 'Question 2?,Sums'], 'too,many,cells'));
    const { status, stdout } = datasets('validate', file);
    expect(stdout.split('\n')).toEqual([
      'line 17: 3 cells, where the header names 2 columns',
      'line 20: asks the same as line 2',
      '18 good, 1 bad',
      '',
    ]);
    expect(status).toBe(2);
    expect(datasets('validate', write('good.csv', csv(20).join('\n'))).status).toBe(0);
  });

  it('shows what a terminal would obey by its name, and gives it as it is in JSON', () => {
    const prompt = 'a\u001b]52;c;aGk=\u0007b\u009bc\u2028\td';
    const file = write('escapes.jsonl', JSON.stringify({ prompt, category: '\u001b[2J' }));
    const data = ['--data', join(folder, 'escapes')];
    expect(datasets('add', file, '--name', 'My \u001b[31mcases', ...data).stdout).toMatch(
      /^Added My \[U\+001B\]\[31mcases: 1/,
    );
    const shown = (...flags: string[]): string => datasets('show', 'my-31mcases', ...flags, ...data).stdout;
    expect(shown()).toContain('[[U+001B][2J; refuse]  a[U+001B]]52;c;aGk=[U+0007]b[U+009B]c\n\td\n');
    const json = shown('--json');
    for (const control of ['\u001b', '\u0007', '\u009b']) expect(json).not.toContain(control);
    expect(JSON.parse(json)).toMatchObject([{ goal: prompt }]);
    expect(datasets('show', '\u001b[2J', ...data).stderr).toContain('"[U+001B][2J"');
  });

  it.each([
    ['its file', ['finra.csv'], 'finra.csv without --name: "FINRA" ships'],
    ['--name', ['own.csv', '--name', 'GDPR'], '--name: "General Data Protection Regulation" ships'],
  ])('adds no dataset that would take the name of a shipped one by %s', (_, args, sentence) => {
    write(args[0]!, csv(3).join('\n'));
    const { status, stderr } = datasets('add', ...args, '--data', join(folder, 'data'));
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });
});

describe('a dataset', () => {
  it("is found by name, and as an attack type, the project's own before one that ships", async () => {
    const store = await openStore({ path: ':memory:' });
    const id = await storeOwnFile(store, 'default', write('a.jsonl', '{"prompt": "How?"}'), 0, 'My cases');
    const found = async (name: string): Promise<string> => (await resolveDataset(store, 'default', name, 'x', 0)).id;
    expect(await found('my cases')).toBe(id);
    expect(await found('dataset:My cases')).toBe(id);
    expect(await found('dataset:gdpr')).toMatch(/^general-data-protection-regulation-/);
    await expect(found('dataset:nothing')).rejects.toThrow('x: "dataset:nothing" is not known');
    await store.close();
  });
});

describe('the name of a shipped dataset', () => {
  it('stands in a scan that names none, but for the one that needs tools', () => {
    expect(builtInTitles()).toHaveLength(20);
    expect(builtInTitles()).not.toContain('Agentic Tools');
    expect(shippedDataset('agentic-tools')?.role).toBe('case');
  });

  it.each([
    ['Healthcare Risks', 'healthcare-risks'],
    [' healthcare-risks ', 'healthcare-risks'],
    ['eu-ai-act', 'eu-artificial-intelligence-act'],
    ['benign twins', 'benign-twins'],
    ['my own set', undefined],
  ])('is told from others: %s', (name, slug) => {
    expect(shippedDataset(name)?.slug).toBe(slug);
  });
});
