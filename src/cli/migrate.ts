// `redoubt migrate --to URL`: takes everything that a data folder holds into an empty PostgreSQL.
import { join } from 'node:path';
import { RedoubtError } from '../core/errors.ts';
import { isAnyOwnerAlive } from '../jobs/owner.ts';
import { type CopiedTable, moveStore, requireFile } from '../store/copy-store.ts';
import { lockDataFolder } from '../store/data-folder.ts';
import { type AddCommand, action, note, print } from './command.ts';
import { type SettingsFlags, settingsOf, withSettings } from './settings-options.ts';

/** Its address came by `--to`, and by nothing else. */
const namedByFlag = (error: unknown): unknown =>
  error instanceof RedoubtError && error.code === 'DATABASE_UNREACHABLE'
    ? new RedoubtError(error.code, { ...error.details, field: '--to' }, error.cause)
    : error;

/** The lock of the folder keeps out servers; scans of the command line hold locks of their own. */
const requireNoScan = (data: string) => (): void => {
  if (isAnyOwnerAlive(join(data, 'locks'))) throw new RedoubtError('DATA_FOLDER_BUSY', { value: data });
};

async function migrate(flags: SettingsFlags & { readonly to: string }): Promise<void> {
  const settings = settingsOf({ ...flags, databaseUrl: undefined });
  if (!/^postgres(ql)?:\/\//.test(flags.to))
    throw new RedoubtError('SETTING_INVALID', { field: '--to', reason: 'must begin with postgres://.' });
  const path = join(settings.data, 'redoubt.db');
  // Before the lock, which would make the folder.
  requireFile(path);
  const lock = lockDataFolder(settings.data);
  const requireAlone = requireNoScan(settings.data);
  try {
    requireAlone();
    const onTable = ({ table, rows }: CopiedTable): void => note(`${table}: ${rows} rows`);
    const copied = await moveStore(path, flags.to, onTable, requireAlone).catch((error: unknown) => {
      throw namedByFlag(error);
    });
    const rows = copied.reduce((sum, each) => sum + each.rows, 0);
    print(`${rows} rows of ${copied.length} tables lie in the new database; the data folder is as it was.`);
    print(
      `Start servers and workers with REDOUBT_DATABASE_URL, and with REDOUBT_SECRET_KEY as ${join(settings.data, 'secret.key')} holds it.`,
    );
  } finally {
    lock.release();
  }
}

export const migrateCommand: AddCommand = (command) =>
  void withSettings(command)
    .requiredOption('--to <url>', 'postgres:// URL of an empty database')
    .action(action(migrate));
