// `redoubt attacks`: lists the attacks and shows what one makes of a text.
import Table from 'cli-table3';
import { toJSONSchema } from 'zod';
import { textOf } from '../core/chat.ts';
import { type Random, seededRandom } from '../core/random.ts';
import { attacks, chooseAttack, requireAttack } from '../scan/attacks/index.ts';
import { testCaseOf } from '../scan/datasets/case-line.ts';
import { type AddCommand, action, collect, numberOption, print, printJson } from './command.ts';

interface PreviewFlags {
  readonly text: string;
  readonly param: readonly string[];
  readonly seed: number;
  readonly json?: boolean;
}

async function list(flags: { readonly json?: boolean }): Promise<void> {
  const described = attacks.map(({ id, title, summary, paper, fidelity, version, calls, parameters, shortNames }) => ({
    id,
    title,
    summary,
    paper,
    fidelity,
    version,
    calls,
    parameters: toJSONSchema(parameters, { io: 'input' }).properties ?? {},
    short_names: [...(shortNames?.keys() ?? [])],
  }));
  if (flags.json) return printJson(described);
  const table = new Table({
    head: ['Id', 'Title', 'Fidelity', 'Calls', 'What it does'],
    style: { head: [], border: [] },
  });
  for (const attack of described) table.push([attack.id, attack.title, attack.fidelity, attack.calls, attack.summary]);
  print(table.toString());
}

async function preview(name: string, flags: PreviewFlags): Promise<void> {
  const parameters = flags.param.join(',');
  const separator = name.includes(':') ? ',' : ':';
  const chosen = chooseAttack(parameters === '' ? name : `${name}${separator}${parameters}`, 'NAME');
  const testCase = testCaseOf({ prompt: flags.text }, 'preview');
  const attack = requireAttack(chosen.id);
  const random = (): Random => seededRandom(flags.seed, testCase.id, chosen.label);
  const conversations = attack.conversations(testCase, chosen.parameters, random());
  const payload = attack.payload?.(flags.text, chosen.parameters, random()) ?? flags.text;
  const [messages = []] = conversations;
  if (flags.json) return printJson({ payload, messages, ...(conversations.length > 1 ? { conversations } : {}) });
  for (const message of messages) print(`${message.role}: ${textOf(message.content)}`);
}

export const attacksCommand: AddCommand = (group) => {
  group.command('list').description('all attacks').option('--json', 'print JSON').action(action(list));
  group
    .command('preview <name>')
    .description('show what an attack makes of a text')
    .requiredOption('--text <text>', 'the request')
    .option('--param <name=value>', 'parameter (repeatable)', collect, [])
    .option('--seed <n>', 'seed', numberOption('--seed', { min: 0 }), 1)
    .option('--json', 'print JSON')
    .action(action(preview));
};
