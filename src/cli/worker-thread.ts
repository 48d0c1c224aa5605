// The thread in which `redoubt serve` works on scans, with database connections of its own, so that the server
// answers in time meanwhile. It is started by serve.ts and told "wake", "stop", or an errand.
import { parentPort, workerData } from 'node:worker_threads';
import { startWorker } from '../compose.ts';
import type { Settings } from '../config.ts';
import type { Errand } from '../scan/errands.ts';
import { noteError } from './command.ts';

const worker = await startWorker(workerData as Settings, { searchable: true, onError: noteError });

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
