// `redoubt serve`: the server and, in a thread beside it, the worker. SIGTERM drains both and ends with 0.
import { ADMIN_USER, createKey, hasAnyKey } from '../access/keys.ts';
import { addLink, linkTo } from '../access/tokens.ts';
import { openGuard, openRedoubt, type Redoubt, serverPartsOf, webhookPartsOf } from '../compose.ts';
import { requireModelKeys } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { closeAll } from '../core/close-all.ts';
import { RedoubtError } from '../core/errors.ts';
import { isOnnxInstalled } from '../inference/onnx-runtime.ts';
import { keepSweeping } from '../scan/retention.ts';
import { keepTelling } from '../scan/webhooks.ts';
import { createApp } from '../server/app.ts';
import { lockDataFolder } from '../store/data-folder.ts';
import { whyNotReadySoon } from '../store/ready.ts';
import { hasAnySignIn } from '../store/users.ts';
import { type AddCommand, action, note, numberOption, print } from './command.ts';
import { type KeptWorker, keepWorker } from './kept-worker.ts';
import { listenError } from './listen-error.ts';
import { logError } from './log.ts';
import { type SettingsFlags, settingsOf, withSettings } from './settings-options.ts';
import { untilSignal } from './until-signal.ts';

/** On a first start; `listensAt` names the port where the settings leave it open. */
async function printFirstLink({ settings, store }: Redoubt, listensAt: string): Promise<void> {
  if (await hasAnySignIn(store)) return;
  const { token, expiresAt } = await addLink(store, systemClock, ADMIN_USER);
  print(
    `Sign in as admin (once, until ${new Date(expiresAt).toISOString()}): ${linkTo(settings.public_url ?? listensAt, token)}`,
  );
}

async function printFirstKey(redoubt: Redoubt): Promise<void> {
  if (redoubt.settings.api_key !== null || (await hasAnyKey(redoubt.store))) return;
  const { key } = await createKey(redoubt.store, systemClock, 'first start');
  print(`API key (shown this once): ${key}`);
}

const missingRuntime = (): RedoubtError => new RedoubtError('RUNTIME_MISSING', { field: 'onnxruntime-node' });

interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

async function listen(redoubt: Redoubt): Promise<Listening> {
  const { settings, store } = redoubt;
  const guard = await openGuard(redoubt, logError);
  const app = await createApp({
    ...serverPartsOf(redoubt),
    guard,
    checkReady: () => whyNotReadySoon(store, systemClock),
    logTo: process.stderr,
  });
  try {
    const url = await app.listen({ host: settings.host, port: settings.port });
    return { url, close: () => closeAll([() => app.close(), () => guard.close()], logError) };
  } catch (cause) {
    await app.close();
    throw listenError(cause, settings);
  }
}

async function serve(flags: SettingsFlags & { readonly host?: string; readonly port?: number }): Promise<void> {
  const settings = settingsOf(flags, { host: flags.host, port: flags.port });
  requireModelKeys(settings);
  // Heard from the first moment on: a signal during the start ends it as gently as a later one.
  const signalled = untilSignal();
  const lock = settings.database_url === null ? lockDataFolder(settings.data) : null;
  const stopping = new AbortController();
  let worker: KeptWorker | null = null;
  let server: Listening | null = null;
  let redoubt: Redoubt | null = null;
  let background: readonly Promise<void>[] = [];
  try {
    redoubt = await openRedoubt(
      settings,
      () => worker?.wake(),
      (errand) => worker?.run(errand),
    );
    server = await listen(redoubt);
    await printFirstKey(redoubt);
    await printFirstLink(redoubt, server.url);
    print(`Redoubt listens at ${server.url}`);
    if (!isOnnxInstalled()) note(`The guard decides by rules and its linear stage alone. ${missingRuntime().message}`);
    worker = await keepWorker(settings);
    background = [
      keepTelling(webhookPartsOf(redoubt), stopping.signal, logError),
      keepSweeping(redoubt.store, settings.retention_days, systemClock, stopping.signal, logError),
    ];
    await signalled;
    note('Draining: answers that are under way are still taken.');
  } finally {
    stopping.abort();
    const drained = (): Promise<unknown> => Promise.all([worker?.stop(), ...background]);
    await closeAll([() => server?.close(), drained, () => redoubt?.close()], logError);
    lock?.release();
  }
}

export const serveCommand: AddCommand = (command) =>
  void withSettings(command)
    .option('--host <host>', 'address to listen on (REDOUBT_HOST, default 127.0.0.1)')
    .option(
      '--port <port>',
      'port to listen on (REDOUBT_PORT, default 4000)',
      numberOption('--port', { min: 0, max: 65_535 }),
    )
    .action(action(serve));
