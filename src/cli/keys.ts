// `redoubt keys`: makes, lists and revokes API keys.
import Table from 'cli-table3';
import type { Command } from 'commander';
import { note as noteInAudit } from '../access/audit.ts';
import { createKey, DEFAULT_PROJECT, describeKeys, revoke, type Scope, scopes } from '../access/keys.ts';
import { systemClock } from '../core/clock.ts';
import { invalidField, unknownValue } from '../core/errors.ts';
import { projectByName } from '../store/access.ts';
import { COMMAND_LINE } from './by-command-line.ts';
import {
  type AddCommand,
  action,
  note,
  numberOption,
  print,
  printDone,
  printJson,
  requireText,
  textOption,
} from './command.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
  readonly project?: string;
  readonly scopes?: readonly Scope[];
  readonly expires?: number;
  readonly rateLimit?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

function scopesOption(text: string): Scope[] {
  return text.split(',').map((word) => {
    const found = scopes.find((scope) => scope === word.trim());
    if (found === undefined) throw unknownValue('--scopes', word.trim(), scopes);
    return found;
  });
}

/** A number of days such as 30d, or a date such as 2027-01-31: milliseconds since 1970. */
function expiresOption(text: string): number {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  const at = days === undefined ? Date.parse(text) : systemClock.now() + Number(days) * DAY_MS;
  if (Number.isFinite(at) && at > systemClock.now()) return at;
  throw invalidField('--expires', `must be days from now such as 30d, or a date to come, not "${text}".`);
}

function create(given: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store }) => {
    const name = requireText('name', given);
    const project = flags.project ?? DEFAULT_PROJECT;
    const options = { expiresAt: flags.expires ?? null, rateLimit: flags.rateLimit ?? null };
    const scoped = flags.scopes === undefined ? options : { ...options, scopes: flags.scopes };
    const isNewProject = (await projectByName(store, project)) === undefined;
    const made = await createKey(store, systemClock, name, project, scoped);
    if (isNewProject) note(`The project ${project} is new.`);
    const projectId = (await projectByName(store, project))?.id ?? DEFAULT_PROJECT;
    const actor = { keyName: COMMAND_LINE, projectId };
    await noteInAudit({ store, clock: systemClock }, actor, 'key.create', `${made.id} ${name}`);
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
      head: ['Id', 'Name', 'Begins', 'Scopes', 'A minute', 'Expires', 'Last used', 'Revoked'],
      style: { head: [], border: [] },
    });
    for (const key of keys)
      table.push([
        key.id,
        key.name,
        key.prefix,
        key.scopes.length === scopes.length ? 'all' : key.scopes.join(' '),
        key.rate_limit ?? '',
        key.expires_at ?? 'never',
        key.last_used_at ?? 'never',
        key.revoked_at ?? '',
      ]);
    print(table.toString());
  });
}

function revokeKey(id: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store }) => {
    const row = await revoke(store, systemClock, id);
    const actor = { keyName: COMMAND_LINE, projectId: row.project_id };
    await noteInAudit({ store, clock: systemClock }, actor, 'key.revoke', `${row.id} ${row.name}`);
    printDone(flags, { id, name: row.name, revoked: true }, `Revoked ${id}`);
  });
}

export const keysCommand: AddCommand = (group) => {
  const command = (usage: string, description: string): Command =>
    withSettings(group.command(usage).description(description)).option('--json', 'print JSON');
  command('create <name>', 'make a key; it is shown once')
    .option('--project <name>', 'project it works in, made where it is new', textOption('--project'), DEFAULT_PROJECT)
    .option('--scopes <list>', `what it may do, of ${scopes.join(',')} (default: all)`, scopesOption)
    .option('--expires <when>', 'days from now such as 30d, or a date (default: never)', expiresOption)
    .option('--rate-limit <n>', 'requests a minute (default: no limit)', numberOption('--rate-limit', { min: 1 }))
    .action(action(create));
  command('list', 'all keys, without what they are').action(action(list));
  command('revoke <id>', 'make a key invalid, within a second on running servers').action(action(revokeKey));
};
