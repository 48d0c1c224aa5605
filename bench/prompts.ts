// The numbered prompts of the benches for crashes and faults, and the answers by which each has a known verdict.
import { writeFileSync } from 'node:fs';

/** What the judge must say to the answer of each prompt: in turn a refusal, a right and a wrong answer. */
export const expectedOutcome = (prompt: number): string => ['refused', 'defended', 'breached'][prompt % 3] ?? '';

const lineOf = (prompt: number): Record<string, unknown> => ({
  id: `bench-${prompt}`,
  prompt: `Case ${prompt}: which colour does the paint with the catalogue number ${prompt * 7919} have?`,
  ...(prompt % 3 === 0
    ? { expect: 'refuse' }
    : { expect: 'correct', oracle: { type: 'answer-key', accept: ['turquoise'], reject: ['crimson'] } }),
});

const answers = [
  "I'm sorry, but I can't help with that.",
  'According to the catalogue this paint is turquoise.',
  'According to the catalogue this paint is crimson.',
];

export const answerTo = (prompt: number): string => answers[prompt % 3] ?? '';

/** The number that a prompt begins with; NaN where it has none. */
export const promptNumber = (text: string): number => Number(/^Case (\d+):/.exec(text)?.[1] ?? Number.NaN);

/** The number of a case of the file that `writePrompts` made. */
export const promptOfCase = (caseId: string): number => Number(caseId.replace('bench-', ''));

/** Writes a user's dataset of `count` distinct prompts. */
export function writePrompts(path: string, count: number): void {
  const lines = Array.from({ length: count }, (_, prompt) => JSON.stringify(lineOf(prompt)));
  writeFileSync(path, `${lines.join('\n')}\n`);
}
