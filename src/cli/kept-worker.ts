// The thread of `redoubt serve` that works on scans: started, kept going when it dies, and drained at the end.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Settings } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { errorCatalogue, RedoubtError } from '../core/errors.ts';
import type { Errand } from '../scan/errands.ts';
import { note } from './command.ts';
import { logError } from './log.ts';

/** An error of ours comes out of a thread as a plain one, with what was on it. */
function asOurs(error: unknown): unknown {
  const { code, details } = error as Partial<RedoubtError>;
  return code !== undefined && code in errorCatalogue ? new RedoubtError(code, details, error) : error;
}

/** What has not drained by then is asked again after the next start. */
const DRAIN_MS = 8_000;

/** Before a worker that ended by itself is started again. */
const START_AGAIN_MS = 1_000;

export interface KeptWorker {
  /** Has it look for work now. */
  wake(): void;
  /** Has it do something beside its scans. */
  run(errand: Errand): void;
  /** Resolves once it has let its scans go, at the latest after 8 s. */
  stop(): Promise<void>;
}

// Sources run as they are in development; the package holds built JavaScript.
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './worker-thread.ts' : './worker-thread.js',
  import.meta.url,
);

async function startThread(settings: Settings, file: URL): Promise<Worker> {
  const thread = new Worker(file, { workerData: settings });
  let started = false;
  // Listened to from the first moment on: it may die in the very turn in which it says that it has started.
  thread.on('error', (error) => {
    if (started) logError(error);
  });
  await once(thread, 'message').catch((error: unknown) => {
    throw asOurs(error);
  });
  started = true;
  return thread;
}

/** Keeps a worker going: one that dies of an error or of memory is followed by another, which goes on with its scans. */
export async function keepWorker(settings: Settings, file = workerFile): Promise<KeptWorker> {
  const stopping = new AbortController();
  let current = await startThread(settings, file);

  async function follow(): Promise<void> {
    await systemClock.sleep(START_AGAIN_MS, stopping.signal);
    if (stopping.signal.aborted) return;
    try {
      watch(await startThread(settings, file));
    } catch (error) {
      logError(error);
      await follow();
    }
  }
  function watch(thread: Worker): void {
    current = thread;
    const onExit = (): void => {
      if (stopping.signal.aborted) return;
      note('The worker ended by itself and is started again.');
      void follow();
    };
    if (thread.threadId < 0) onExit();
    else thread.on('exit', onExit);
  }
  watch(current);

  return {
    wake: () => current.postMessage('wake'),
    run: (errand) => current.postMessage(errand),
    async stop() {
      stopping.abort();
      if (current.threadId < 0) return;
      const drained = new AbortController();
      for (const event of ['message', 'exit']) current.once(event, () => drained.abort());
      current.postMessage('stop');
      await systemClock.sleep(DRAIN_MS, drained.signal);
      await current.terminate();
    },
  };
}
