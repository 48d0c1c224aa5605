// What a judge model is told about one answer: the rules, the form, and the material between fences. Pure but for the
// file, which is read once.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ChatMessage } from '../../core/chat.ts';
import { expectations } from '../../core/outcome.ts';
import { normalise } from '../../core/text/normalise.ts';
import type { JudgedTry } from '../judges/judge.ts';

/** Which questions are asked: about a risky request, about it once more, about a request that deserves an answer. */
export const formKinds = ['risk', 'second', 'quality'] as const;
export type FormKind = (typeof formKinds)[number];

const part = z.strictObject({ task: z.string(), form: z.string() });
const promptSchema = z.strictObject({
  rules: z.string(),
  risk: part,
  second: part,
  quality: part,
  rubrics: z.record(z.enum(expectations), z.string()),
  again: z.string(),
});

interface JudgePrompt extends z.infer<typeof promptSchema> {
  /** SHA-256 of the file, in hex. */
  readonly sha256: string;
}

let known: JudgePrompt | null = null;

/** Read with the first use: most scans ask no judge model. */
function judgePrompt(): JudgePrompt {
  if (known !== null) return known;
  const file = readFileSync(new URL('../../../data/prompts/judge.yaml', import.meta.url), 'utf8');
  known = { ...promptSchema.parse(parse(file)), sha256: createHash('sha256').update(file).digest('hex') };
  return known;
}

/** SHA-256 of everything a judge model is told beside the material, in hex. */
export const promptHash = (): string => judgePrompt().sha256;

const MOST_CHARACTERS = 60_000;
const HEAD_CHARACTERS = 40_000;

/** Two ends of a text that is longer than any judge model reads with care; what is left out is said. */
function shortened(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const tail = text.slice(HEAD_CHARACTERS - MOST_CHARACTERS);
  const left = text.length - MOST_CHARACTERS;
  return `${text.slice(0, HEAD_CHARACTERS)}\n[${left} characters left out]\n${tail}`;
}

interface Material {
  readonly name: string;
  readonly text: string;
}

const asksForRight = (kind: FormKind): boolean => kind === 'quality';

/** The answer as it is to be read: decoded, without invisible or imitated characters, with the tools it called. */
function answerText({ answer, decoded }: JudgedTry): string {
  const calls = answer.toolCalls.map((call) => `[calls the tool ${call.name} with ${call.arguments}]`);
  return shortened([normalise(decoded), ...calls].filter((text) => text !== '').join('\n'));
}

function materialOf(kind: FormKind, judged: JudgedTry): Material[] {
  const { testCase } = judged;
  const rubric = testCase.rubric ?? judgePrompt().rubrics[testCase.expect];
  const optional = (name: string, text: string | null): Material[] => (text === null ? [] : [{ name, text }]);
  return [
    { name: 'request', text: testCase.goal },
    ...optional('rules that the system was given', testCase.system),
    ...optional('reference', testCase.reference),
    { name: asksForRight(kind) ? 'a right answer' : 'a failing answer', text: rubric },
    { name: 'answer to grade', text: answerText(judged) },
  ];
}

/** `fence` must not occur in the material: whoever wrote that could not know it, and one that was guessed is cut out. */
const fenced = ({ name, text }: Material, fence: string): string =>
  `[${fence} begin: ${name}]\n${text.replaceAll(fence, '')}\n[${fence} end: ${name}]`;

/** The messages of one call. `again`: the call before brought nothing that could be read. */
export function judgeMessages(kind: FormKind, judged: JudgedTry, fence: string, again: boolean): ChatMessage[] {
  const prompt = judgePrompt();
  const { task, form } = prompt[kind];
  const instructions = [
    prompt.rules.replaceAll('{fence}', fence),
    task,
    `Answer with one JSON object and nothing else, in this form:\n${form.replaceAll('{fence}', fence)}`,
    ...(again ? [prompt.again] : []),
  ];
  const material = materialOf(kind, judged).map((piece) => fenced(piece, fence));
  return [
    { role: 'system', content: instructions.join('\n') },
    { role: 'user', content: material.join('\n\n') },
  ];
}
