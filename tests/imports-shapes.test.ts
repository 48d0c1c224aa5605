// Shapes that the files in contracts/imports do not hold: older versions, errors, several turns, scores of many kinds.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Imported, ImportedRow } from '../src/scan/imports/import.ts';
import { importerOf } from '../src/scan/imports/recognise.ts';
import { newFolder } from './fakes/command-line.ts';

async function read(text: string, highMeans: 'breached' | 'held' | null = null): Promise<Imported[]> {
  const path = join(newFolder('shapes'), 'file');
  writeFileSync(path, text);
  const importer = await importerOf(path);
  return Array.fromAsync(importer.read(path, { highMeans }));
}

const rowsOf = (parts: readonly Imported[]): ImportedRow[] => parts.filter((part) => part.kind === 'row');
const jsonl = (...lines: object[]): string => lines.map((line) => JSON.stringify(line)).join('\n');

describe('garak before 0.11', () => {
  it('wrote prompts and outputs as plain texts, and histories as "messages"', async () => {
    const parts = await read(
      jsonl(
        { entry_type: 'init', garak_version: '0.9.0.16' },
        {
          entry_type: 'attempt',
          uuid: 'u',
          status: 2,
          probe_classname: 'a.B',
          prompt: 'Do it.',
          outputs: ['No.', null, ''],
          detector_results: { 'x.Y': [0.2, null, 0.7], 'x.Z': [1, null, 0] },
          messages: [
            [
              { role: 'user', content: 'Do it.' },
              { role: 'assistant', content: 'No.' },
            ],
          ],
        },
      ),
    );
    const rows = rowsOf(parts);
    expect(rows.map((row) => row.theirs?.outcome)).toEqual(['breached', 'undecided', 'breached']);
    expect(rows[0]?.theirs?.by).toEqual({ 'x.Y': 'held', 'x.Z': 'breached' });
    expect(rows[1]?.got).toEqual({ failure: 'target_error' });
    expect(rows.map((row) => row.messages)).toEqual(Array(3).fill([{ role: 'user', content: 'Do it.' }]));
  });

  it('a threshold that the run set is the one that counts', async () => {
    const [row] = rowsOf(
      await read(
        jsonl(
          { entry_type: 'start_run setup', 'run.eval_threshold': 0.9 },
          { entry_type: 'attempt', uuid: 'u', status: 2, outputs: ['x'], detector_results: { 'x.Y': [0.8] } },
        ),
      ),
    );
    expect(row?.theirs?.outcome).toBe('held');
  });
});

describe('promptfoo', () => {
  const result = { success: false, prompt: { raw: 'Do it.' }, testIdx: 0, promptIdx: 0, response: { output: 'No.' } };

  it.each<[string, object, object]>([
    [
      'a refusal that the provider marked',
      { response: { output: 'No.', isRefusal: true } },
      { got: { answer: { refused: true } } },
    ],
    ['an output that is no text', { response: { output: { a: 1 } } }, { got: { answer: { text: '{"a":1}' } } }],
    ['a grader that broke off', { failureReason: 2, error: 'no JSON' }, { theirs: { outcome: 'undecided' } }],
    ['a goal beside a disguised prompt', { metadata: { originalText: 'Plainly' } }, { goal: 'Plainly' }],
    [
      'a goal of its plugin',
      { testCase: { metadata: { goal: 'Aim' } }, metadata: { originalText: 'x' } },
      { goal: 'Aim' },
    ],
    [
      'a conversation as the prompt',
      { prompt: { raw: '[{"role":"system","content":"s"},{"role":"user","content":"u"}]' } },
      { goal: 'u', messages: [{ role: 'system' }, { role: 'user' }] },
    ],
    ['a prompt that only looks like one', { prompt: { raw: '[not JSON' } }, { goal: '[not JSON' }],
  ])('%s', async (_, changes, expected) => {
    expect(rowsOf(await read(jsonl({ ...result, ...changes })))[0]).toMatchObject(expected);
  });
});

describe('Inspect', () => {
  const message = (role: string, content: unknown) => ({ role, content });
  const sample = (changes: object) => ({
    id: 1,
    epoch: 1,
    input: 'Do it.',
    messages: [message('user', 'Do it.'), message('assistant', 'No.')],
    output: { choices: [{ message: message('assistant', 'No.'), stop_reason: 'stop' }] },
    ...changes,
  });
  const log = (...samples: object[]): string =>
    JSON.stringify({ version: 2, status: 'success', eval: { packages: { inspect_ai: '0.3' } }, samples });
  const theirs = async (scores: object, highMeans: 'breached' | 'held' | null = null) =>
    rowsOf(await read(log(sample({ scores })), highMeans))[0]?.theirs;

  it.each<[string, object, string]>([
    ['correct', { includes: { value: 'C' } }, 'held'],
    ['incorrect', { includes: { value: 'I' } }, 'breached'],
    ['partial', { includes: { value: 'P' } }, 'undecided'],
    ['a measure of harm', { strong_reject: { value: 0.9 } }, 'breached'],
    ['a low measure of harm', { strong_reject: { value: 0.1 } }, 'held'],
    ['a scale that is not 0 to 1', { grade: { value: 7 } }, 'undecided'],
    ['several scorers, of which one says so', { a: { value: true }, b: { value: false } }, 'breached'],
  ])('a score that is %s', async (_, scores, outcome) => {
    expect((await theirs(scores))?.outcome).toBe(outcome);
  });

  it('a score of several values is as many judges', async () => {
    expect((await theirs({ mixed: { value: { refusal: 1, harm: 0 } } }))?.by).toEqual({
      'mixed.refusal': 'held',
      'mixed.harm': 'held',
    });
  });

  it('an error, a cut answer, a picture, a thought and an attachment are read for what they are', async () => {
    const parts = await read(
      log(
        sample({ error: { message: 'boom' } }),
        sample({ output: { choices: [{ message: message('assistant', ''), stop_reason: 'max_tokens' }] } }),
        sample({
          output: {
            choices: [
              {
                message: message('assistant', [
                  { type: 'reasoning', reasoning: 'hm' },
                  { type: 'text', text: 'attachment://abc' },
                ]),
              },
            ],
          },
          attachments: { abc: 'the text' },
        }),
        sample({ messages: [] }),
      ),
    );
    const rows = rowsOf(parts);
    expect(rows[0]?.got).toEqual({ failure: 'target_error' });
    expect(rows[1]?.got).toMatchObject({ answer: { text: '', finishReason: 'length' } });
    expect(rows[2]?.got).toMatchObject({ answer: { text: 'the text', reasoning: 'hm' } });
    expect(rows[3]?.messages).toEqual([{ role: 'user', content: 'Do it.' }]);
    expect(rows.every((row) => row.theirs === null)).toBe(true);
  });
});

describe('PyRIT', () => {
  const piece = (role: string, value: string, changes: object = {}) => ({
    id: `${role}-${value}`,
    role,
    conversation_id: 'c',
    original_value: value,
    converted_value: value,
    response_error: 'none',
    scores: [],
    ...changes,
  });
  const score = (value: string, type: string, scorer: string) => ({
    score_value: value,
    score_type: type,
    scorer_class_identifier: { __type__: scorer },
  });
  const scored = async (...scores: object[]) =>
    rowsOf(await read(JSON.stringify([piece('user', 'q'), piece('assistant', 'a', { scores })])))[0]?.theirs?.outcome;

  it.each<[string, object, string]>([
    ['true: the objective was reached', score('True', 'true_false', 'SelfAskTrueFalseScorer'), 'breached'],
    ['false', score('False', 'true_false', 'SelfAskTrueFalseScorer'), 'held'],
    ['true: it was refused', score('True', 'true_false', 'SelfAskRefusalScorer'), 'held'],
    ['a float from the threshold on', score('0.5', 'float_scale', 'SelfAskLikertScorer'), 'breached'],
    ['a kind that is not known', score('x', 'stars', 'Stars'), 'undecided'],
  ])('a score that says %s', async (_, one, outcome) => {
    expect(await scored(one)).toBe(outcome);
  });

  it('turns of one conversation are told together, another one starts anew, and errors are no answers', async () => {
    const other = { conversation_id: 'd' };
    const rows = rowsOf(
      await read(
        JSON.stringify([
          piece('user', 'one'),
          piece('assistant', 'two'),
          piece('user', 'three'),
          piece('assistant', '', { response_error: 'unknown' }),
          piece('user', 'five', other),
          piece('assistant', '', { ...other, response_error: 'blocked' }),
        ]),
      ),
    );
    expect(rows.map((row) => row.messages.length)).toEqual([1, 3, 1]);
    expect(rows.map((row) => row.goal)).toEqual(['one', 'three', 'five']);
    expect(rows[1]?.got).toEqual({ failure: 'target_error' });
    expect(rows[2]?.got).toMatchObject({ answer: { filtered: true } });
  });
});

describe('a row that is not understood', () => {
  it.each<[string, string, RegExp]>([
    ['garak', jsonl({ entry_type: 'attempt', uuid: 1, status: '2', outputs: [5] }), /uuid: must be a text/],
    [
      'garak hit log',
      jsonl({ attempt_id: 'a', detector: 5, probe: 'p', prompt: 1, output: 'x', score: '1' }),
      /detector: must be a text/,
    ],
    [
      'promptfoo JSONL',
      jsonl({ promptIdx: 0, testIdx: 0, success: 'yes', prompt: { raw: 'q' } }),
      /success: must be true or false/,
    ],
    ['PyRIT', JSON.stringify([{ conversation_id: 5, original_value: 'x' }]), /conversation_id: must be a text/],
    [
      'Inspect',
      JSON.stringify({ version: 2, status: 'success', samples: [{ id: 1, epoch: '1' }] }),
      /epoch: must be a number; input: is missing/,
    ],
    ['our results', jsonl({ case_id: 5, outcome: 'good', plan_key: 'k' }), /case_id: must be a text/],
  ])('is told in plain words: %s', async (_, text, words) => {
    const [problem] = (await read(text)).filter((part) => part.kind === 'problem');
    expect(problem?.problem).toMatch(words);
    expect(problem?.problem).not.toMatch(/Invalid|expected|received/);
  });
});

describe('our own results', () => {
  it('are held against a newer judge; what was withheld is said to be missing', async () => {
    const line = {
      case_id: 'privacy-001',
      plan_key: 'k',
      messages: [{ role: 'user', content: 'q' }],
      answer: 'a',
      outcome: 'refused',
      judge: 'layers-1/refusal',
    };
    const own = { ...line, case_id: 'mine-1' };
    const parts = await read(
      jsonl(line, { ...line, answer: null, answer_withheld: 'CBRN' }, own, { ...own, expect: 'correct' }),
    );
    expect(parts).toMatchObject([
      { kind: 'row', caseId: 'privacy-001', theirs: { outcome: 'held', by: { 'layers-1/refusal': 'held' } } },
      { kind: 'problem', problem: 'the answer is withheld (CBRN): use scans rejudge' },
      { kind: 'row', caseId: null },
      { kind: 'row', caseId: 'mine-1' },
    ]);
  });
});
