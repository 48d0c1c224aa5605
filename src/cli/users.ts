// `redoubt users`: adds and lists users, and makes a new sign-in link for one who lost theirs.
import Table from 'cli-table3';
import { type Command, Option } from 'commander';
import { note as noteInAudit } from '../access/audit.ts';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { roles } from '../access/roles.ts';
import { linkTo, type NewToken } from '../access/tokens.ts';
import { addUser, describeUser, requireUser, resetUser } from '../access/users.ts';
import type { Redoubt } from '../compose.ts';
import type { Settings } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { RedoubtError } from '../core/errors.ts';
import { isoTime } from '../core/iso-time.ts';
import { projectByName } from '../store/access.ts';
import type { Role } from '../store/schema.ts';
import { listUsers } from '../store/users.ts';
import { COMMAND_LINE } from './by-command-line.ts';
import { type AddCommand, action, collect, note, print, printJson, requireText } from './command.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
  readonly role?: Role;
  readonly email?: string;
  readonly project?: readonly string[];
}

const actor = { keyName: COMMAND_LINE, projectId: DEFAULT_PROJECT };

/** Where people reach the server, as far as the settings say. */
const originOf = ({ public_url, host, port }: Settings): string =>
  public_url ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

function showLink({ settings }: Redoubt, flags: Flags, name: string, { token, expiresAt }: NewToken): void {
  const link = linkTo(originOf(settings), token);
  const expires = isoTime(expiresAt);
  if (flags.json) printJson({ name, link, expires_at: expires });
  if (flags.json) return;
  print(link);
  note(`Signs ${name} in, once, until ${expires}. It is shown this once.`);
}

async function idsOf({ store }: Redoubt, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const project = await projectByName(store, name);
    if (!project) throw new RedoubtError('NOT_FOUND', { field: 'Project', value: name });
    ids.push(project.id);
  }
  return ids;
}

const add = (given: string, flags: Flags): Promise<void> =>
  withRedoubt(flags, async (redoubt) => {
    const name = requireText('name', given);
    const parts = { store: redoubt.store, clock: systemClock };
    const named = flags.project?.length ? flags.project : [DEFAULT_PROJECT];
    const projects = await idsOf(redoubt, named);
    const { link } = await addUser(parts, { name, role: flags.role ?? 'member', email: flags.email ?? null, projects });
    await noteInAudit(parts, actor, 'user.add', name);
    showLink(redoubt, flags, name, link);
  });

const reset = (name: string, flags: Flags): Promise<void> =>
  withRedoubt(flags, async (redoubt) => {
    const parts = { store: redoubt.store, clock: systemClock };
    const user = await requireUser(redoubt.store, name);
    const link = await resetUser(parts, user);
    await noteInAudit(parts, actor, 'user.reset', user.name);
    showLink(redoubt, flags, user.name, link);
  });

const list = (flags: Flags): Promise<void> =>
  withRedoubt(flags, async ({ store }) => {
    const users = (await listUsers(store)).map(describeUser);
    if (flags.json) return printJson(users);
    const table = new Table({ head: ['Name', 'Role', 'E-mail', 'Password', 'Since'], style: { head: [], border: [] } });
    for (const user of users)
      table.push([
        user.name,
        user.disabled ? `${user.role}, disabled` : user.role,
        user.email ?? '',
        user.has_password ? 'set' : 'none',
        user.created_at,
      ]);
    print(table.toString());
  });

export const usersCommand: AddCommand = (group) => {
  const command = (usage: string, description: string): Command =>
    withSettings(group.command(usage).description(description)).option('--json', 'print JSON');
  command('list', 'all users').action(action(list));
  command('add <name>', 'add a user and print the link with which they sign in')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).default('member'))
    .option('--email <address>', 'by which an OIDC provider may know them')
    .option('--project <name>', 'project to be a member of; may be repeated (default: default)', collect, [])
    .action(action(add));
  command('reset <name>', 'end their sessions, take the password away, print a new link').action(action(reset));
};
