// `redoubt attacks`: lists the attacks and shows what one makes of a text.
import Table from 'cli-table3';
import { textOf } from '../core/chat.ts';
import { invalidField } from '../core/errors.ts';
import { attacks } from '../scan/attacks/index.ts';
import { entryOf } from '../scan/attacks/listing.ts';
import { previewAttack } from '../scan/attacks/preview.ts';
import { requireAttackNames } from './attack-names.ts';
import { type AddCommand, action, collect, numberOption, print, printJson } from './command.ts';

interface PreviewFlags {
  readonly text: string;
  readonly param: readonly string[];
  readonly seed: number;
  readonly json?: boolean;
}

async function list(flags: { readonly json?: boolean }): Promise<void> {
  const described = attacks.map(entryOf);
  if (flags.json) return printJson(described);
  const table = new Table({
    head: ['Attack', 'Family', 'Fidelity', 'Calls', 'Parameters', 'What it does, and where it was published'],
    style: { head: [], border: [] },
    colWidths: [26, 13, 12, 7, 22, 60],
    wordWrap: true,
  });
  for (const attack of described)
    table.push([
      `${attack.id}\n${attack.title}`,
      attack.family,
      attack.fidelity,
      attack.calls,
      Object.keys(attack.parameters).join(', '),
      [attack.summary, ...(attack.paper === null ? [] : [attack.paper])].join('\n'),
    ]);
  print(table.toString());
}

/** Each is split at its first "=": the value may hold anything, JSON too. */
function parametersOf(given: readonly string[]): Record<string, string> {
  const pairs = given.map((pair): [string, string] => {
    const at = pair.indexOf('=');
    if (at < 1) throw invalidField('--param', `parameters are written as name=value, not "${pair}"`);
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
  return Object.fromEntries(pairs);
}

async function preview(name: string, flags: PreviewFlags): Promise<void> {
  const parameters = parametersOf(flags.param);
  requireAttackNames([name], 'NAME', parameters);
  const { payload, conversations } = await previewAttack(name, 'NAME', flags.text, parameters, flags.seed);
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
