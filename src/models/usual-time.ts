// How long a target's answers usually take, and from when on a call counts as hung before its time limit is up.
// A hung call holds one of the places for as long as it is waited for: eight of them stop a scan for a minute.

const WINDOW_CALLS = 50;
const FACTOR = 10;
const LEAST_MS = 20_000;

export interface UsualTime {
  /** Takes note of how long an answer took, in milliseconds. */
  record(latencyMs: number): void;
  /**
   * Ten times the slowest of the last 50 answers, at least 20 s; null until there are 50. Meant for the first call of a
   * try alone: its second has the whole limit, so that an answer that is merely slow is not lost.
   */
  hungAfterMs(): number | null;
}

export function createUsualTime(): UsualTime {
  const recent: number[] = [];
  let next = 0;
  return {
    record(latencyMs) {
      recent[next] = latencyMs;
      next = (next + 1) % WINDOW_CALLS;
    },
    hungAfterMs: () => (recent.length < WINDOW_CALLS ? null : Math.max(LEAST_MS, FACTOR * Math.max(...recent))),
  };
}
