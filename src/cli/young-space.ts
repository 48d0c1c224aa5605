// Keeps the part of V8's heap where objects are new as small as it is when a scan begins, some 16 MB. Left to itself it
// doubles with what survives there, up to 110 MB in a scan of 100,000 tests, and nothing becomes quicker by it.
import { setFlagsFromString } from 'node:v8';

/** Takes effect at the next growth. A V8 that knows no such setting says so and goes on. */
export const holdYoungSpace = (): void => setFlagsFromString('--semi-space-growth-factor=1');
