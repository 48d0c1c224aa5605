// Crescendo (Russinovich et al., 2404.01833): the goal is reached step by step, each step going on from the target's own
// answer; a refused step is taken back. Steps and counting as in PyRIT; the wording is ours.
import { z } from 'zod';
import type { ChatMessage } from '../../core/chat.ts';
import { type Attack, harmfulIntent } from './attack.ts';
import { assistantTurn, goalOf, goOn, quoted, ratingOf, readObject, systemTurn, userTurn } from './attacker-words.ts';
import { fill, promptFile } from './prompt-file.ts';
import type { Attacker, Reply, Search } from './search.ts';

const words = promptFile(
  'crescendo',
  z.strictObject({
    system: z.string(),
    first: z.string(),
    next: z.string(),
    refused: z.string(),
    /** Stages, each with the words for it and others for when those are refused. */
    ladder: z.array(z.array(z.string()).min(1)).min(1),
  }),
);

const parameters = z.strictObject({
  turns: z.coerce.number().int().min(1).max(20).default(10),
  backtracks: z.coerce.number().int().min(0).max(20).default(10),
  /** Independent conversations; the paper takes the best of 10. */
  runs: z.coerce.number().int().min(1).max(10).default(1),
});
type CrescendoParameters = z.infer<typeof parameters>;

const step = readObject(z.object({ generated_question: z.string().min(1) }));

/** What was said last: to tell the attacker. */
interface Last {
  readonly question: string;
  readonly reply: Reply;
  readonly isTakenBack: boolean;
}

function promptOf(goal: string, turn: number, { turns }: CrescendoParameters, last: Last | null): string {
  const { first, next, refused } = words();
  const told = { goal, turn: String(turn), turns: String(turns) };
  if (last === null) return fill(first, told);
  const { question, reply, isTakenBack } = last;
  const rating = String(ratingOf(reply.verdict));
  return fill(isTakenBack ? refused : next, { ...told, question, rating, answer: quoted(reply.text) });
}

/** One conversation led by the attacker model; true where it succeeded. */
async function lead(search: Search, attacker: Attacker, given: CrescendoParameters, run: number): Promise<boolean> {
  const { testCase, ask, backtrack } = search;
  const goal = goalOf(testCase);
  const notes: ChatMessage[] = [systemTurn(words().system)];
  let so: readonly ChatMessage[] | null = null;
  let last: Last | null = null;
  let backtracks = 0;
  for (let turn = 1; turn <= given.turns; ) {
    notes.push(userTurn(promptOf(goal, turn, given, last)));
    const written = await attacker.write(notes, step);
    if (written === null) return false;
    const question = written.generated_question;
    notes.push(assistantTurn(JSON.stringify(written)));
    const said: readonly ChatMessage[] = goOn(testCase, so, question);
    const reply = await ask(run, said);
    if (reply.succeeded) return true;
    if (!reply.answered) return false;
    const isTakenBack = reply.refused && backtracks < given.backtracks;
    last = { question, reply, isTakenBack };
    if (isTakenBack) {
      backtracks += 1;
      backtrack(run);
      continue;
    }
    so = [...said, reply.said];
    turn += 1;
  }
  return false;
}

/** The ladder, without an attacker: what is refused is said once more in the stage's other words. */
async function climb({ testCase, ask, backtrack }: Search): Promise<void> {
  const subject = (testCase.leaf ?? testCase.subcategory).toLowerCase();
  const told = { goal: goalOf(testCase), subject };
  let so: readonly ChatMessage[] | null = null;
  for (const wordings of words().ladder) {
    for (const [index, wording] of wordings.entries()) {
      const said: readonly ChatMessage[] = goOn(testCase, so, fill(wording, told));
      const reply = await ask(0, said);
      if (reply.succeeded || !reply.answered) return;
      const isLast = index === wordings.length - 1;
      if (reply.refused && !isLast) {
        backtrack(0);
        continue;
      }
      so = [...said, reply.said];
      break;
    }
  }
}

const staticCalls = (): number => words().ladder.reduce((sum, wordings) => sum + wordings.length, 0);

export const crescendo: Attack<CrescendoParameters> = {
  id: 'crescendo',
  title: 'Crescendo Attack',
  summary: 'Leads the model to the goal step by step, going on from its own answers and taking back what it refuses.',
  paper: 'https://arxiv.org/abs/2404.01833',
  family: 'multi-turn',
  fidelity: 'structural',
  fidelityWithoutAttacker: 'static',
  needs: ['attacker', 'judge'],
  version: 1,
  calls: 20,
  budget({ turns, backtracks, runs }, hasAttacker) {
    if (!hasAttacker) return { tries: 1, turns: words().ladder.length, calls: staticCalls(), attackerCalls: 0 };
    const calls = runs * (turns + backtracks);
    return { tries: runs, turns, calls, attackerCalls: calls };
  },
  parameters,
  appliesTo: harmfulIntent,
  async search(search, given) {
    if (search.attacker === null) return climb(search);
    for (let run = 0; run < given.runs; run++) if (await lead(search, search.attacker, given, run)) return;
  },
};
