// Who of this thread's connections to one database file may write. SQLite waits for another connection's transaction by
// holding up the thread: where that transaction is of the same thread it would never end.
export class WriteTurn {
  #taken = false;
  #waiting: (() => void)[] = [];

  /** Whether a transaction is open. */
  get isTaken(): boolean {
    return this.#taken;
  }

  /** Resolves when the turn is given back; somebody else may have taken it again by then. */
  given(): Promise<void> {
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }

  take(): void {
    this.#taken = true;
  }

  give(): void {
    this.#taken = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

const turns = new Map<string, WriteTurn>();

/** The turn of this thread for a database file. */
export function writeTurnOf(path: string): WriteTurn {
  const turn = turns.get(path) ?? new WriteTurn();
  turns.set(path, turn);
  return turn;
}
