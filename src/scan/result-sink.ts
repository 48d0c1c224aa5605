// Gathers results that come in at about the same time and stores them as one group.
// Whoever hands in a result goes on only once it is stored: what is in flight or not yet stored never exceeds
// `concurrency`, so a crash repeats no more than that.
import type { Result, ResultWriter } from '../store/results.ts';

export interface ResultSink {
  /** Resolves when the result is stored; rejects when storing failed. */
  store(result: Result): Promise<void>;
}

interface Waiting {
  readonly result: Result;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export function createResultSink(writer: ResultWriter): ResultSink {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function writeGroups(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await writer.write(group.map((entry) => entry.result));
        for (const entry of group) entry.resolve();
      } catch (error) {
        for (const entry of group) entry.reject(error);
      }
      // Answers that arrived meanwhile get their chance to join the next group.
      await new Promise(setImmediate);
    }
    isWriting = false;
  }

  return {
    store(result) {
      return new Promise((resolve, reject) => {
        waiting.push({ result, resolve, reject });
        if (isWriting) return;
        isWriting = true;
        setImmediate(() => void writeGroups());
      });
    },
  };
}
