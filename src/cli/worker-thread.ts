// The thread in which `redoubt serve` works on scans, with database connections of its own, so that the server
// answers in time meanwhile. It is started by serve.ts and told "wake", "stop", or an errand.
import { parentPort, workerData } from 'node:worker_threads';
import { startWorker } from '../compose.ts';
import type { Settings } from '../config.ts';
import type { Errand } from '../scan/errands.ts';
import { logError, workLog } from './log.ts';

const settings = workerData as Settings;
// Where many work on one scan it must be seen who did what.
const listeners = settings.database_url === null ? [] : [workLog];
const worker = await startWorker(settings, { searchable: true, onError: logError, listeners });

parentPort?.on('message', (message: 'wake' | 'stop' | Errand) => {
  if (message === 'wake') worker.wake();
  if (typeof message === 'object') worker.run(message);
  if (message !== 'stop') return;
  void worker.stop().then(() => {
    parentPort?.postMessage('stopped');
    parentPort?.close();
  });
});
parentPort?.postMessage('started');
