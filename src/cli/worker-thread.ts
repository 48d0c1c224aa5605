// The thread in which `redoubt serve` works on scans, with database connections of its own, so that the server
// answers in time meanwhile. It is started by serve.ts and told "wake" or "stop".
import { parentPort, workerData } from 'node:worker_threads';
import { startWorker } from '../compose.ts';
import type { Settings } from '../config.ts';
import { noteError } from './command.ts';

const worker = await startWorker(workerData as Settings, { onError: noteError });

parentPort?.on('message', (message: unknown) => {
  if (message === 'wake') worker.wake();
  if (message !== 'stop') return;
  void worker.stop().then(() => {
    parentPort?.postMessage('stopped');
    parentPort?.close();
  });
});
parentPort?.postMessage('started');
