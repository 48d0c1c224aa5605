// `redoubt keys`: makes, lists and revokes API keys.
import Table from 'cli-table3';
import type { Command } from 'commander';
import { createKey, DEFAULT_PROJECT, describeKeys, revoke } from '../access/keys.ts';
import { systemClock } from '../core/clock.ts';
import { type AddCommand, action, note, print, printJson } from './command.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
  readonly project?: string;
}

function create(name: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store }) => {
    const made = await createKey(store, systemClock, name, flags.project ?? DEFAULT_PROJECT);
    if (flags.json) return printJson(made);
    print(made.key);
    note(`Key "${made.name}" (${made.id}) of project ${made.project}. It is shown this once.`);
  });
}

function list(flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store }) => {
    const keys = await describeKeys(store);
    if (flags.json) return printJson(keys);
    const table = new Table({
      head: ['Id', 'Name', 'Begins', 'Last used', 'Revoked'],
      style: { head: [], border: [] },
    });
    for (const key of keys)
      table.push([key.id, key.name, key.prefix, key.last_used_at ?? 'never', key.revoked_at ?? '']);
    print(table.toString());
  });
}

function revokeKey(id: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store }) => {
    await revoke(store, systemClock, id);
    print(`Revoked ${id}`);
  });
}

export const keysCommand: AddCommand = (group) => {
  const command = (usage: string, description: string): Command =>
    withSettings(group.command(usage).description(description)).option('--json', 'print JSON');
  command('create <name>', 'make a key; it is shown once')
    .option('--project <name>', 'project it works in', DEFAULT_PROJECT)
    .action(action(create));
  command('list', 'all keys, without what they are').action(action(list));
  command('revoke <id>', 'make a key invalid at once').action(action(revokeKey));
};
