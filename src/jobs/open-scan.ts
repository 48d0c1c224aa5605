// A scan as one worker works on it: the chunks that it has in hand, each run, then reported or given back.
import type { Chunk, Queue, TakenChunk } from '../core/ports.ts';

/** What runs the chunks of one scan here. */
export interface ChunkSession {
  /** Tests that could be taken on at once, and tests in hand. */
  room(): number;
  inHand(): number;
  /** Whether all its tests have a result; false: told to stop, or it is no longer held. `held` aborts for the latter. */
  run(chunk: Chunk, held: AbortSignal): Promise<boolean>;
  /** Asks nothing more; what is under way still comes in. */
  stop(): void;
  close(): Promise<void>;
}

interface InHand {
  readonly taken: TakenChunk;
  readonly lost: AbortController;
  readonly ended: Promise<void>;
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export interface OpenScanOptions {
  readonly scanId: string;
  readonly resumes: number;
  readonly session: ChunkSession;
  readonly queue: Queue;
  readonly report: (error: unknown) => void;
  /** Called when a chunk has ended. */
  readonly onEnd: () => void;
}

export class OpenScan {
  readonly #options: OpenScanOptions;
  readonly #chunks = new Set<InHand>();
  /** Its scan was paused or has ended. */
  #isOver = false;
  /** An error ended it here: it is opened anew. */
  #isBroken = false;
  /** How many chunks it has taken. */
  taken = 0;

  constructor(options: OpenScanOptions) {
    this.#options = options;
  }

  get resumes(): number {
    return this.#options.resumes;
  }

  get isAtRest(): boolean {
    return this.#chunks.size === 0;
  }

  get isDone(): boolean {
    return this.isAtRest && (this.#isOver || this.#isBroken);
  }

  get inHand(): number {
    return this.#options.session.inHand();
  }

  get room(): number {
    return this.#isOver || this.#isBroken ? 0 : this.#options.session.room();
  }

  begin(taken: TakenChunk): void {
    const lost = new AbortController();
    const ended = this.#work(taken, lost).finally(() => {
      this.#chunks.delete(inHand);
      this.#options.onEnd();
    });
    const inHand: InHand = { taken, lost, ended };
    this.#chunks.add(inHand);
    this.taken += 1;
  }

  async #work(taken: TakenChunk, lost: AbortController): Promise<void> {
    const { session, queue, scanId, report } = this.#options;
    let reason: string | null = null;
    try {
      // What is left of a scan that is over is no longer wanted: it is cut anew when the scan is resumed.
      if (!(await session.run(taken.chunk, lost.signal)) && !this.#isOver) reason = 'the worker stopped';
    } catch (error) {
      report(error);
      reason = sentenceOf(error);
      this.#isBroken = true;
      session.stop();
    }
    if (lost.signal.aborted) return;
    try {
      await (reason === null ? queue.done(scanId, taken) : queue.giveBack(scanId, taken, reason));
    } catch (error) {
      report(error);
    }
  }

  /** Says that its chunks are worked on; one that another worker has got meanwhile is let go. */
  async hold(): Promise<void> {
    if (this.isAtRest) return;
    const { queue, scanId } = this.#options;
    const all = [...this.#chunks];
    const held = await queue.hold(
      scanId,
      all.map(({ taken }) => taken),
    );
    for (const { taken, lost } of all) if (!held.has(taken.id)) lost.abort();
  }

  /** The scan was paused or has ended. */
  endOver(): void {
    this.#isOver = true;
    this.#options.session.stop();
  }

  stop(): void {
    this.#options.session.stop();
  }

  async ended(): Promise<void> {
    await Promise.all([...this.#chunks].map((each) => each.ended));
  }

  close(): Promise<void> {
    return this.#options.session.close();
  }
}
