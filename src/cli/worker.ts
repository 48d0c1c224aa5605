// `redoubt worker`: one more worker for a shared database. SIGTERM lets it end its calls, give the rest back and go.
import { startWorker, type Worker } from '../compose.ts';
import type { Settings } from '../config.ts';
import { closeAll } from '../core/close-all.ts';
import { RedoubtError } from '../core/errors.ts';
import { createWorkFigures, type WorkFigures } from '../core/seen/work-figures.ts';
import { type AddCommand, action, numberOption, print } from './command.ts';
import { listenError } from './listen-error.ts';
import { logError, logInfo, workLog } from './log.ts';
import { type SettingsFlags, settingsOf, withSettings } from './settings-options.ts';
import { untilSignal } from './until-signal.ts';

interface Shown {
  close(): Promise<void>;
}

/** Answers probes and `/metrics`. */
async function show(worker: Worker, figures: WorkFigures, settings: Settings, port: number): Promise<Shown> {
  const { createWorkerApp } = await import('../server/worker-app.ts');
  const app = createWorkerApp({ ...worker.face, figures });
  try {
    print(`Probes and metrics at ${await app.listen({ host: settings.host, port })}`);
    return { close: () => app.close() };
  } catch (cause) {
    throw listenError(cause, { host: settings.host, port });
  }
}

async function work(flags: SettingsFlags & { readonly host?: string; readonly port?: number }): Promise<void> {
  const settings = settingsOf(flags, { host: flags.host });
  if (settings.database_url === null)
    throw new RedoubtError('SETTING_INVALID', {
      field: '--database-url',
      reason: 'names the PostgreSQL that the workers share (REDOUBT_DATABASE_URL); a data folder has its own worker.',
    });
  const signalled = untilSignal();
  const figures = flags.port === undefined ? null : createWorkFigures();
  const listeners = [workLog, ...(figures ? [figures] : [])];
  const worker = await startWorker(settings, { onError: logError, listeners });
  let shown: Shown | null = null;
  try {
    if (figures && flags.port !== undefined) shown = await show(worker, figures, settings, flags.port);
    print('Redoubt works on the scans of the shared database.');
    await signalled;
    logInfo('Draining: answers that are under way are still taken.');
  } finally {
    await closeAll([() => worker.stop(), () => shown?.close()], logError);
  }
}

export const workerCommand: AddCommand = (command) =>
  void withSettings(command)
    .option('--host <host>', 'address for --port to listen on (REDOUBT_HOST, default 127.0.0.1)')
    .option(
      '--port <port>',
      'answer /healthz, /readyz and /metrics there (default: listen nowhere)',
      numberOption('--port', { min: 0, max: 65_535 }),
    )
    .action(action(work));
