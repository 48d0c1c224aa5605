// Has V8 keep the heap of a scan small. Left to itself it lets the space of new objects grow with what survives there, up
// to 110 MB in a scan of 100,000 tests, and waits for 55 MB of old ones before it first looks which are still needed;
// nothing becomes quicker by either. Measured in docs/decisions/0020.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** By then the first calls are under way, and what starting left behind can go. */
const COLLECT_AFTER_MS = 250;

/**
 * The space of new objects stays as it is, some 16 MB, and old ones are looked through when they have grown by
 * half, not by three times. A V8 that knows no such setting says so and goes on.
 */
export function holdHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=50');
}

/** One collection of old objects soon: from then on V8 goes by what a scan really keeps. */
export function collectSoon(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    setFlagsFromString('--no-expose-gc');
  }, COLLECT_AFTER_MS).unref();
}
