// Who works on a scan, and how others see whether it still lives: a kernel lock beside SQLite, a heartbeat anywhere.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isUuid, newId } from '../core/ids.ts';
import { isLocked, tryLock } from '../store/file-lock.ts';

export const HEARTBEAT_MS = 2_000;
export const SILENCE_MS = 10_000;

export interface Owner {
  readonly id: string;
  /** Whether another owner lives. One that has been silent for 10 s, or whose lock is free, does not. */
  isAlive(owner: string, heartbeatAt: number | null, now: number): boolean;
  release(): void;
}

const LOCK_ENDING = '.lock';

/** Whether any owner lives that holds a lock in this folder, whatever it works on. */
export const isAnyOwnerAlive = (lockFolder: string): boolean =>
  existsSync(lockFolder) &&
  readdirSync(lockFolder)
    .filter((name) => isUuid(basename(name, LOCK_ENDING)))
    .some((name) => isLocked(join(lockFolder, name)));

/** `lockFolder` null: no kernel lock is shared between the machines, heartbeats alone decide. */
export function createOwner(lockFolder: string | null): Owner {
  const id = newId();
  const pathOf = (owner: string): string => join(lockFolder ?? '', `${owner}${LOCK_ENDING}`);
  const lock = lockFolder === null ? null : tryLock(pathOf(id));
  return {
    id,
    isAlive(owner, heartbeatAt, now) {
      if (heartbeatAt === null || now - heartbeatAt >= SILENCE_MS) return false;
      if (lockFolder === null || owner === id) return true;
      if (isLocked(pathOf(owner))) return true;
      rmSync(pathOf(owner), { force: true });
      return false;
    },
    release() {
      lock?.release();
      if (lockFolder !== null) rmSync(pathOf(id), { force: true });
    },
  };
}
