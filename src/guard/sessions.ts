// What is remembered of sessions: private to a project, bounded, forgotten after a while.
import type { Clock } from '../core/ports.ts';

/** Running figures of a session, over the requests that named it. */
export interface SessionFigures {
  requests: number;
  flagged: number;
  denied: number;
  /** Sum over requests of the strongest score that fired, each 0..1. */
  risk: number;
}

interface Remembered<Memory> {
  readonly memory: Memory;
  lastSeen: number;
}

export interface SessionShelf<Memory> {
  of(projectId: string, session: string): Memory;
}

/** Keeps a memory a session; the longest unseen goes first. `most` sessions, each for `lifetimeMs` after its last use. */
export function sessionShelf<Memory>(
  clock: Clock,
  make: () => Memory,
  limits: { readonly most: number; readonly lifetimeMs: number },
): SessionShelf<Memory> {
  const held = new Map<string, Remembered<Memory>>();
  const dropOld = (now: number): void => {
    for (const [key, entry] of held) {
      if (held.size <= limits.most && now - entry.lastSeen <= limits.lifetimeMs) return;
      held.delete(key);
    }
  };
  return {
    of(projectId, session) {
      const now = clock.monotonic();
      const key = `${projectId}\0${session}`;
      const known = held.get(key);
      held.delete(key);
      const alive = known && now - known.lastSeen <= limits.lifetimeMs;
      const entry = alive ? known : { memory: make(), lastSeen: now };
      entry.lastSeen = now;
      held.set(key, entry);
      dropOld(now);
      return entry.memory;
    },
  };
}

export const newFigures = (): SessionFigures => ({ requests: 0, flagged: 0, denied: 0, risk: 0 });
