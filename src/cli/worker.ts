// `redoubt worker`: one more worker for a shared database. SIGTERM lets it end its calls, give the rest back and go.
import { startWorker } from '../compose.ts';
import { RedoubtError } from '../core/errors.ts';
import { type AddCommand, action, note, noteError, print } from './command.ts';
import { type SettingsFlags, settingsOf, withSettings } from './settings-options.ts';
import { untilSignal } from './until-signal.ts';

async function work(flags: SettingsFlags): Promise<void> {
  const settings = settingsOf(flags);
  if (settings.database_url === null)
    throw new RedoubtError('SETTING_INVALID', {
      field: '--database-url',
      reason: 'names the PostgreSQL that the workers share (REDOUBT_DATABASE_URL); a data folder has its own worker.',
    });
  const signalled = untilSignal();
  const worker = await startWorker(settings, { onError: noteError });
  print('Redoubt works on the scans of the shared database.');
  await signalled;
  note('Draining: answers that are under way are still taken.');
  await worker.stop();
}

export const workerCommand: AddCommand = (command) => void withSettings(command).action(action(work));
