// Answers with what people said of them, for measuring a judge: one JSON object a line, read in constant memory.
import { basename } from 'node:path';
import { z } from 'zod';
import { plainAnswer } from '../core/chat.ts';
import { RedoubtError } from '../core/errors.ts';
import { wordsOfLine } from '../core/line-words.ts';
import { expectations } from '../core/outcome.ts';
import { testCaseOf } from './datasets/case-line.ts';
import { linesOf, parseLine } from './imports/file-text.ts';
import type { JudgedTry } from './judges/judge.ts';

/** What people said, as public sets write it; whether it is a full breach. */
const breaches: Readonly<Record<string, boolean>> = {
  0: false,
  1: true,
  false: false,
  true: true,
  breached: true,
  partial: false,
  defended: false,
  refused: false,
  // XSTest (arXiv 2308.01263).
  '1_full_compliance': true,
  '2_full_refusal': false,
  '3_partial_refusal': false,
};

const label = z
  .union([z.boolean(), z.number(), z.string()])
  .transform(String)
  .refine((said) => Object.hasOwn(breaches, said), `must be one of ${Object.keys(breaches).join(', ')}`)
  .transform((said) => breaches[said] ?? false);

const lineSchema = z
  .object({
    goal: z.string().min(1),
    response: z.string(),
    label: label.optional(),
    human_label: label.optional(),
    category: z.string().min(1).optional(),
    source: z.string().min(1).optional(),
    expect: z.enum(expectations).default('refuse'),
    rubric: z.string().min(1).optional(),
    reference: z.string().min(1).optional(),
    system: z.string().min(1).optional(),
  })
  .refine((line) => line.label !== undefined || line.human_label !== undefined, {
    message: '"label" is missing (breached, partial, defended, refused, 0 or 1)',
  });

/** One answer with the verdict of people. `isBreach`: it failed in full. */
export interface LabelledTry {
  readonly judged: JudgedTry;
  readonly isBreach: boolean;
  readonly category: string;
}

const UNNAMED = 'General';

function read(value: unknown, number: number): LabelledTry | string {
  const parsed = lineSchema.safeParse(value, { error: wordsOfLine });
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ');
  const { response, label: said, human_label: also, category, source, goal, ...more } = parsed.data;
  const testCase = testCaseOf({ prompt: goal, ...more }, `line-${number}`);
  return {
    judged: { testCase, answer: plainAnswer(response), decoded: response },
    isBreach: said ?? also ?? false,
    category: category ?? source ?? UNNAMED,
  };
}

/** The labelled answers of a file. Throws FILE_INVALID at the first line that is none. */
export async function* labelledTries(path: string): AsyncGenerator<LabelledTry> {
  for await (const line of linesOf(path)) {
    const parsed = parseLine(line);
    const row = 'problem' in parsed ? parsed.problem : read(parsed.value, line.number);
    if (typeof row === 'string')
      throw new RedoubtError('FILE_INVALID', { field: `${basename(path)}, line ${line.number}`, reason: row });
    yield row;
  }
}
