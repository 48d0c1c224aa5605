// Long work in short slices: between two of them whoever else waits for this thread has a turn.
import { setImmediate } from 'node:timers/promises';

/** Short beside what a person or a guarded model notices, long beside what a turn costs. */
const SLICE_MS = 8;

export interface Slices {
  /** Whether the slice has lasted its time. */
  isOver(): boolean;
  /** Lets everybody else have a turn, and begins the next slice. */
  next(): Promise<void>;
}

/** Begins the first slice. Ask `isOver` after each small step, and wait for `next` where it says so. */
export function createSlices(): Slices {
  let end = performance.now() + SLICE_MS;
  return {
    isOver: () => performance.now() >= end,
    async next() {
      await setImmediate();
      end = performance.now() + SLICE_MS;
    },
  };
}
