// Preloaded into every thread of the measured server: leaves its heap and what it holds open in a file, every two seconds.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

const EVERY_MS = 2_000;
const folder = process.env.BENCH_HEAP_FOLDER;

if (folder) {
  const path = join(folder, `thread-${threadId}.json`);
  const timer = setInterval(() => {
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    const resources = process.getActiveResourcesInfo().length;
    // Renamed into place, so that nobody reads half of it.
    writeFileSync(`${path}.tmp`, JSON.stringify({ heapUsed, external, arrayBuffers, resources }));
    renameSync(`${path}.tmp`, path);
  }, EVERY_MS);
  timer.unref();
}
