// `redoubt serve`: the server and, in a thread beside it, the worker. SIGTERM drains both and ends with 0.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { callerOf, createKey, hasAnyKey } from '../access/keys.ts';
import { lockDataFolder, openRedoubt, type Redoubt } from '../compose.ts';
import type { Settings } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { RedoubtError } from '../core/errors.ts';
import { keepSweeping } from '../scan/retention.ts';
import { createApp } from '../server/app.ts';
import { type AddCommand, action, note, noteError, numberOption, print } from './command.ts';
import { type SettingsFlags, settingsOf, withSettings } from './settings-options.ts';
import { untilSignal } from './until-signal.ts';

/** What has not drained by then is asked again after the next start. */
const DRAIN_MS = 8_000;

interface Thread {
  wake(): void;
  stop(): Promise<void>;
}

async function startThread(settings: Settings): Promise<Thread> {
  // Sources run as they are in development; the package holds built JavaScript.
  const file = import.meta.url.endsWith('.ts') ? './worker-thread.ts' : './worker-thread.js';
  const thread = new Worker(new URL(file, import.meta.url), { workerData: settings });
  thread.on('error', noteError);
  await once(thread, 'message');
  return {
    wake: () => thread.postMessage('wake'),
    async stop() {
      thread.postMessage('stop');
      const drained = once(thread, 'message');
      await Promise.race([drained, systemClock.sleep(DRAIN_MS)]);
      await thread.terminate();
    },
  };
}

async function printFirstKey(redoubt: Redoubt): Promise<void> {
  if (redoubt.settings.api_key !== null || (await hasAnyKey(redoubt.store))) return;
  const { key } = await createKey(redoubt.store, systemClock, 'first start');
  print(`API key (shown this once): ${key}`);
}

async function listen(redoubt: Redoubt): Promise<{ url: string; close(): Promise<void> }> {
  const { settings, store, vault, scans, software } = redoubt;
  const app = await createApp({
    scans,
    store,
    vault,
    clock: systemClock,
    version: software.version,
    callerOf: (key) => callerOf(store, systemClock, key),
    checkReady: async () => void (await store.db.selectFrom('projects').select('id').limit(1).execute()),
    logTo: process.stderr,
  });
  try {
    const url = await app.listen({ host: settings.host, port: settings.port });
    return { url, close: () => app.close() };
  } catch (cause) {
    const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    if (!isTaken) throw cause;
    throw new RedoubtError('PORT_IN_USE', { value: `${settings.host}:${settings.port}` }, cause);
  }
}

async function serve(flags: SettingsFlags & { readonly host?: string; readonly port?: number }): Promise<void> {
  const settings = settingsOf(flags, { host: flags.host, port: flags.port });
  const lock = lockDataFolder(settings);
  let thread: Thread | null = null;
  const stopping = new AbortController();
  const redoubt = await openRedoubt(settings, () => thread?.wake());
  try {
    const server = await listen(redoubt);
    await printFirstKey(redoubt);
    print(`Redoubt listens at ${server.url}`);
    thread = await startThread(settings);
    void keepSweeping(redoubt.store, settings.retention_days, systemClock, stopping.signal, noteError);
    await untilSignal();
    stopping.abort();
    note('Draining: answers that are under way are still taken.');
    await server.close();
    await thread.stop();
  } finally {
    await redoubt.close();
    lock.release();
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
