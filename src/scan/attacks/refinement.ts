// What PAIR and TAP have in common: an attacker model that rewrites its prompt by what came of the last one. Not an
// attack by itself.
import { z } from 'zod';
import type { ChatMessage } from '../../core/chat.ts';
import { assistantTurn, goalOf, quoted, ratingOf, readObject, systemTurn, userTurn } from './attacker-words.ts';
import { openingWith } from './opening.ts';
import { fill, promptFile } from './prompt-file.ts';
import type { Attacker, Reply, Search } from './search.ts';

export const refinementWords = promptFile(
  'refinement',
  z.strictObject({
    system: z.string(),
    first: z.string(),
    next: z.string(),
    onTopic: z.string(),
    approaches: z.array(z.string()).min(1),
    rewritings: z.array(z.string()).min(1),
    styles: z.array(z.string()).min(1),
  }),
);

const improved = readObject(z.object({ improvement: z.string().default(''), prompt: z.string().min(1) }));
const topical = readObject(z.object({ on_topic: z.boolean() }));

/** What one attacker has tried so far. */
export interface Thread {
  readonly approach: string;
  /** Question and answer of the attacker, in turn; the target's answers are inside the questions. */
  readonly history: readonly ChatMessage[];
  readonly lastReply: Reply | null;
}

/** The `index`-th attacker begins with its own approach. */
export function newThread(index: number): Thread {
  const { approaches } = refinementWords();
  return { approach: approaches[index % approaches.length]!, history: [], lastReply: null };
}

const MESSAGES_PER_ROUND = 2;

/** The attacker's next prompt with the thread as it then stands; null where it wrote none. `keep` rounds are remembered. */
export async function refine(
  { testCase }: Search,
  attacker: Attacker,
  thread: Thread,
  keep: number,
): Promise<{ readonly prompt: string; readonly thread: Thread } | null> {
  const { system, first, next } = refinementWords();
  const { approach, history, lastReply } = thread;
  const goal = goalOf(testCase);
  const told =
    lastReply === null
      ? fill(first, { goal })
      : fill(next, { goal, answer: quoted(lastReply.text), rating: String(ratingOf(lastReply.verdict)) });
  const messages = [
    systemTurn(fill(system, { approach })),
    ...history.slice(-keep * MESSAGES_PER_ROUND),
    userTurn(told),
  ];
  const written = await attacker.write(messages, improved);
  if (written === null) return null;
  const grown = [...history, userTurn(told), assistantTurn(JSON.stringify(written))];
  return { prompt: written.prompt, thread: { ...thread, history: grown } };
}

/** Whether a prompt still asks for the goal, by the attacker model; true where it does not say. */
export async function isOnTopic({ testCase }: Search, attacker: Attacker, prompt: string): Promise<boolean> {
  const question = fill(refinementWords().onTopic, { goal: goalOf(testCase), prompt });
  const said = await attacker.write([userTurn(question)], topical, { isOptional: true });
  return said?.on_topic ?? true;
}

/** Fixed prompts, one a try, until one succeeds. */
export async function sayInTurn({ testCase, ask }: Search, prompts: readonly string[]): Promise<void> {
  for (const [tryNo, prompt] of prompts.entries())
    if ((await ask(tryNo, openingWith(testCase, prompt))).succeeded) return;
}

/** The request under every rewriting. */
export const rewritten = (goal: string): string[] =>
  refinementWords().rewritings.map((rewriting) => fill(rewriting, { goal }));
