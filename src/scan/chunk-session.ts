// One worker's part in a scan: its models opened once, its chunks run side by side, up to the target's concurrency.

import type { Chunk } from '../core/ports.ts';
import type { Stretch } from '../core/seen/observer.ts';
import { openRun, type ScanRun } from './open-run.ts';
import { openTests } from './open-tests.ts';
import type { PlannedTest } from './plan.ts';
import { runTest } from './test-run.ts';

/** A chunk under way. */
interface UnderWay {
  readonly held: AbortSignal;
  readonly stretch: Stretch | undefined;
  open: number;
  isWhole: boolean;
  readonly end: () => void;
  readonly fail: (error: unknown) => void;
}

interface Pending {
  readonly test: PlannedTest;
  readonly chunk: UnderWay;
}

export interface RunSession {
  room(): number;
  inHand(): number;
  /** `stretch`: the chunk's own, where somebody looks on. */
  run(chunk: Chunk, held: AbortSignal, stretch?: Stretch): Promise<boolean>;
  /** Why the scan is to end before its time. */
  goneReason(): string | null;
  /** Stores what came after the last result. */
  flush(): Promise<void>;
}

async function testsOf(run: ScanRun, { dataset, position, from: testNo, to }: Chunk): Promise<PlannedTest[]> {
  const tests: PlannedTest[] = [];
  for await (const test of openTests(run, { dataset, position, testNo }, to)) tests.push(test);
  return tests;
}

/** `onRoom` is called when the tests in hand no longer fill what may be under way. */
export function openSession(run: ScanRun, onRoom: () => void): RunSession {
  const opened = openRun(run);
  const { concurrency } = run.spec.target;
  const pending: Pending[] = [];
  let running = 0;

  let hadRoom = true;

  // What may be under way at this worker, and as much again: so that none waits for a chunk, and others can have more.
  const most = (): number => 2 * Math.max(1, Math.min(concurrency, run.target.pacer.limit()));
  const room = (): number => (opened.stopAsking.aborted ? 0 : Math.max(0, most() - running - pending.length));

  function tellOfRoom(): void {
    const hasRoom = room() > 0;
    if (hasRoom && !hadRoom) onRoom();
    hadRoom = hasRoom;
  }

  function settle(chunk: UnderWay, isDecided: boolean): void {
    chunk.open -= 1;
    chunk.isWhole &&= isDecided;
    if (chunk.open === 0) chunk.end();
  }

  async function runOne({ test, chunk }: Pending): Promise<void> {
    running += 1;
    try {
      settle(
        chunk,
        await runTest(chunk.stretch ? { ...opened.context, stretch: chunk.stretch } : opened.context, test),
      );
    } catch (error) {
      opened.abort();
      chunk.fail(error);
    } finally {
      running -= 1;
      pump();
    }
  }

  function pump(): void {
    const atOnce = Math.min(concurrency, most());
    while (pending.length > 0 && (running < atOnce || opened.stopAsking.aborted)) {
      const next = pending.shift()!;
      if (opened.stopAsking.aborted || next.chunk.held.aborted) settle(next.chunk, false);
      else void runOne(next);
    }
    tellOfRoom();
  }

  opened.stopAsking.addEventListener('abort', pump, { once: true });
  return {
    room,
    inHand: () => running + pending.length,
    async run(chunk, held, stretch) {
      const tests = await testsOf(run, chunk);
      if (tests.length === 0) return true;
      return new Promise<boolean>((resolve, reject) => {
        const underWay: UnderWay = {
          held,
          stretch,
          open: tests.length,
          isWhole: true,
          end: () => resolve(underWay.isWhole),
          fail: reject,
        };
        for (const test of tests) pending.push({ test, chunk: underWay });
        pump();
      });
    },
    goneReason: opened.goneReason,
    flush: opened.flush,
  };
}
