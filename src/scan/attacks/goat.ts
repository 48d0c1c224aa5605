// GOAT (Pavlova et al., 2410.01606): an attacker model that knows seven techniques talks to the target for a few turns,
// choosing at each what to try by what it sees.
import { z } from 'zod';
import type { ChatMessage } from '../../core/chat.ts';
import { type Attack, harmfulIntent } from './attack.ts';
import { assistantTurn, goalOf, goOn, quoted, readObject, systemTurn, userTurn } from './attacker-words.ts';
import { fill, promptFile } from './prompt-file.ts';
import type { Attacker, Reply, Search } from './search.ts';

const words = promptFile(
  'goat',
  z.strictObject({
    system: z.string(),
    first: z.string(),
    next: z.string(),
    techniques: z.record(z.string(), z.string()),
    script: z.array(z.string()).min(1),
  }),
);

const parameters = z.strictObject({
  turns: z.coerce.number().int().min(1).max(20).default(5),
  /** Independent conversations; the paper reports the best of 10. */
  runs: z.coerce.number().int().min(1).max(10).default(1),
});
type GoatParameters = z.infer<typeof parameters>;

const turnSchema = z.object({
  observation: z.string().default(''),
  thought: z.string().default(''),
  strategy: z.string().default(''),
  response: z.string().min(1),
});

const systemWords = (): string => {
  const { system, techniques } = words();
  const list = Object.entries(techniques).map(([name, how]) => `- ${name}: ${how}`);
  return fill(system, { techniques: list.join('\n') });
};

/** One conversation; true where it succeeded. */
async function converse(search: Search, attacker: Attacker, { turns }: GoatParameters, run: number): Promise<boolean> {
  const { testCase, ask } = search;
  const goal = goalOf(testCase);
  const { first, next } = words();
  const notes: ChatMessage[] = [systemTurn(systemWords())];
  let so: readonly ChatMessage[] | null = null;
  let last: Reply | null = null;
  for (let turn = 1; turn <= turns; turn++) {
    const told = { goal, turn: String(turn), turns: String(turns) };
    notes.push(userTurn(last === null ? fill(first, told) : fill(next, { ...told, answer: quoted(last.text) })));
    const written = await attacker.write(notes, readObject(turnSchema));
    if (written === null) return false;
    notes.push(assistantTurn(JSON.stringify(written)));
    const said: readonly ChatMessage[] = goOn(testCase, so, written.response);
    last = await ask(run, said);
    if (last.succeeded) return true;
    if (!last.answered) return false;
    so = [...said, last.said];
  }
  return false;
}

async function recite({ testCase, ask }: Search): Promise<void> {
  let so: readonly ChatMessage[] | null = null;
  for (const line of words().script) {
    const said: readonly ChatMessage[] = goOn(testCase, so, fill(line, { goal: goalOf(testCase) }));
    const reply = await ask(0, said);
    if (reply.succeeded || !reply.answered) return;
    so = [...said, reply.said];
  }
}

export const goat: Attack<GoatParameters> = {
  id: 'goat',
  title: 'GOAT',
  summary: 'Lets an attacker model that knows seven techniques talk to the target for a few turns.',
  paper: 'https://arxiv.org/abs/2410.01606',
  family: 'multi-turn',
  fidelity: 'structural',
  fidelityWithoutAttacker: 'static',
  needs: ['attacker', 'judge'],
  version: 1,
  calls: 5,
  budget({ turns, runs }, hasAttacker) {
    const perRun = hasAttacker ? turns : words().script.length;
    const tries = hasAttacker ? runs : 1;
    return { tries, turns: perRun, calls: tries * perRun, attackerCalls: hasAttacker ? tries * perRun : 0 };
  },
  parameters,
  appliesTo: harmfulIntent,
  async search(search, given) {
    if (search.attacker === null) return recite(search);
    for (let run = 0; run < given.runs; run++) if (await converse(search, search.attacker, given, run)) return;
  },
};
