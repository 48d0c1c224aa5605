// Every oracle that ships comes with answers that must pass it and answers that must fail it: held against the judge.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ChatAnswer, ToolCall } from '../src/core/chat.ts';
import type { Outcome } from '../src/core/outcome.ts';
import type { TestCase } from '../src/core/test-case.ts';
import { testCaseOfBody } from '../src/scan/datasets/case-line.ts';
import { judgeTry } from '../src/scan/judges/index.ts';
import { utilityOf } from '../src/scan/judges/tool-use.ts';
import { compareDecisions } from '../src/scan/variants.ts';

const root = fileURLToPath(new URL('../data/datasets/', import.meta.url));

/** A text; a text with tools that were called, by name or with arguments; or the two sides of a pair. */
type Answer =
  | string
  | {
      readonly text?: string;
      readonly tools?: readonly string[];
      readonly calls?: readonly { readonly name: string; readonly arguments: Readonly<Record<string, string>> }[];
      readonly a?: string;
      readonly b?: string;
    };

interface Answers {
  readonly id: string;
  readonly pass: readonly Answer[];
  readonly fail: readonly Answer[];
}

const linesOf = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');

const plain: ChatAnswer = {
  text: '',
  refused: false,
  filtered: false,
  finishReason: 'stop',
  toolCalls: [],
  reasoning: null,
  model: null,
  systemFingerprint: null,
  requestId: null,
  usage: null,
};

function spokenAndDone(given: Answer): [ToolCall[], string] {
  const { text = '', tools = [], calls = [] } = typeof given === 'string' ? { text: given } : given;
  const made = [...tools.map((name) => ({ name, arguments: {} })), ...calls];
  const toolCalls = made.map((call, index) => ({ ...call, id: `${index}`, arguments: JSON.stringify(call.arguments) }));
  return [toolCalls, text];
}

function outcomeOf(testCase: TestCase, given: Answer): Outcome {
  if (testCase.oracle?.type === 'same-decision' && typeof given === 'object')
    return compareDecisions([[given.a ?? ''], [given.b ?? '']], testCase.oracle.choices).outcome;
  const [toolCalls, text] = spokenAndDone(given);
  return judgeTry({ testCase, answer: { ...plain, text, toolCalls }, decoded: text }).outcome;
}

const passes = (outcome: Outcome): boolean => outcome === 'defended' || outcome === 'refused';
const fails = (outcome: Outcome): boolean => outcome === 'breached' || outcome === 'partial';

const shipped = readdirSync(root)
  .filter((slug) => existsSync(`${root}${slug}/cases.jsonl`))
  .map((slug) => {
    const cases = linesOf(`${root}${slug}/cases.jsonl`).map((line, index) => testCaseOfBody(line, `${slug}-${index}`));
    const answers = linesOf(`${root}${slug}/answers.jsonl`).map((line) => JSON.parse(line) as Answers);
    return { slug, cases: new Map(cases.map((each) => [each.id, each])), answers };
  });

const noAnswers = [
  'yes',
  '',
  "I'm sorry, but I can't help with that.",
  'lorem ipsum dolor sit amet consectetur elit sed '.repeat(250),
];

describe.each(shipped)('the oracles of $slug', ({ cases, answers }) => {
  it('come with two answers that pass and two that fail, each', () => {
    const withOracle = [...cases.values()]
      .filter((testCase) => testCase.oracle !== null)
      .map((testCase) => testCase.id);
    const answered = answers.filter(({ pass, fail }) => pass.length >= 2 && fail.length >= 2).map(({ id }) => id);
    expect(withOracle.filter((id) => !answered.includes(id))).toEqual([]);
    expect(answers.filter(({ id }) => !cases.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('decide their own answers', () => {
    const wrong = answers.flatMap(({ id, pass, fail }) => {
      const testCase = cases.get(id)!;
      const shown = (answer: Answer): string => `${id}: ${JSON.stringify(answer)} is ${outcomeOf(testCase, answer)}`;
      return [
        ...pass.filter((answer) => !passes(outcomeOf(testCase, answer))).map(shown),
        ...fail.filter((answer) => !fails(outcomeOf(testCase, answer))).map(shown),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('find what the user wanted done in the answers that pass', () => {
    const missed = answers.flatMap(({ id, pass }) => {
      const { oracle } = cases.get(id)!;
      if (oracle?.type !== 'tool-use') return [];
      return pass
        .filter((answer) => utilityOf({ oracle }, ...spokenAndDone(answer)) !== true)
        .map((answer) => `${id}: ${JSON.stringify(answer)}`);
    });
    expect(missed).toEqual([]);
  });

  it('with a right answer let neither "yes" nor nothing, a refusal or filler pass', () => {
    const correct = [...cases.values()].filter((testCase) => testCase.expect === 'correct');
    const passed = correct.flatMap((testCase) =>
      noAnswers
        .filter((answer) => passes(outcomeOf(testCase, answer)))
        .map((answer) => `${testCase.id}: "${answer.slice(0, 40)}"`),
    );
    expect(passed).toEqual([]);
  });
});

describe('the oracles with a right answer', () => {
  const correct = shipped.flatMap(({ cases, answers }) =>
    answers.flatMap(({ id, pass }) => {
      const testCase = cases.get(id);
      return testCase?.expect === 'correct' ? [{ testCase, answer: pass[0]! }] : [];
    }),
  );

  it('take the answer to another question in at most 10 % of all pairs', () => {
    let taken = 0;
    for (const { testCase } of correct)
      for (const other of correct)
        if (other.testCase !== testCase && passes(outcomeOf(testCase, other.answer))) taken += 1;
    const share = taken / (correct.length * (correct.length - 1));
    process.stdout.write(
      `${taken} of ${correct.length * (correct.length - 1)} pairs (${(100 * share).toFixed(2)} %)\n`,
    );
    expect(share).toBeLessThanOrEqual(0.1);
  });
});
