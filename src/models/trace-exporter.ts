// Sends stretches to a collector in batches. What the collector does not take is lost: the work never waits for it.
import type { Clock } from '../core/ports.ts';
import type { EndedStretch, StretchListener } from '../core/seen/create-observer.ts';

const SEND_EVERY_MS = 2_000;
const SPANS_A_BATCH = 512;
/** Beyond it stretches are dropped: a collector that is away must not fill the memory. */
const MOST_WAITING = 8_192;

export interface TraceExporterOptions {
  readonly clock: Clock;
  /** Sends a batch; rejects where it was not taken. */
  readonly send: (stretches: readonly EndedStretch[]) => Promise<void>;
  /** Told of the first batch in a row that was not taken. */
  readonly onError: (error: unknown) => void;
}

export interface TraceExporter extends StretchListener {
  /** Sends what is left. */
  close(): Promise<void>;
}

export function createTraceExporter({ clock, send, onError }: TraceExporterOptions): TraceExporter {
  let waiting: EndedStretch[] = [];
  let isAway = false;
  const closing = new AbortController();
  let full = new AbortController();

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, SPANS_A_BATCH);
      try {
        await send(batch);
        isAway = false;
      } catch (error) {
        if (!isAway) onError(error);
        isAway = true;
        return;
      }
    }
  }

  async function keepSending(): Promise<void> {
    while (!closing.signal.aborted) {
      await clock.sleep(SEND_EVERY_MS, AbortSignal.any([closing.signal, full.signal]));
      full = new AbortController();
      await sendAll();
    }
  }
  const ended = keepSending();

  return {
    ended(stretch) {
      if (waiting.length >= MOST_WAITING) return;
      waiting.push(stretch);
      if (waiting.length === SPANS_A_BATCH) full.abort();
    },
    async close() {
      closing.abort();
      await ended;
      await sendAll();
      waiting = [];
    },
  };
}
