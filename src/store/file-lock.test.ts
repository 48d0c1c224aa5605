import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLocked, tryLock } from './file-lock.ts';

const lockModule = JSON.stringify(new URL('./file-lock.ts', import.meta.url).href);

describe('a lock on a file', () => {
  let folder: string;
  let path: string;
  const children: ChildProcess[] = [];

  /** Runs a script that knows `tryLock`, `isLocked` and `path` in another process; gives what it says first. */
  async function inChild(script: string): Promise<{ child: ChildProcess; said: string }> {
    const source = `
      const { tryLock, isLocked } = await import(${lockModule});
      const path = ${JSON.stringify(path)};
      ${script}`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
    return { child, said: chunk.toString() };
  }

  // The child waits on its standard input with the lock in its hand.
  const holdInChild = (): ReturnType<typeof inChild> =>
    inChild(`
      globalThis.held = tryLock(path);
      process.stdin.resume();
      process.stdout.write(globalThis.held === null ? 'refused' : 'held');`);

  const askChild = async (): Promise<string> =>
    (await inChild(`process.stdout.write(isLocked(path) ? 'locked' : 'free');`)).said;

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'redoubt-lock-'));
    path = join(folder, 'locks', 'server.lock');
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map(kill));
    rmSync(folder, { recursive: true, force: true });
  });

  it('is given to one at a time within a process, and again once it is released', () => {
    const first = tryLock(path);
    expect(first).not.toBeNull();
    expect(tryLock(path, 0)).toBeNull();
    expect(isLocked(path)).toBe(true);
    first?.release();
    expect(isLocked(path)).toBe(false);
    const second = tryLock(path, 0);
    expect(second).not.toBeNull();
    second?.release();
  });

  it('concerns its own file alone', () => {
    const one = tryLock(path);
    const other = tryLock(`${path}.other`, 0);
    expect(other).not.toBeNull();
    one?.release();
    other?.release();
  });

  it('is seen by other processes, also after its own process has looked at it', async () => {
    const lock = tryLock(path);
    // Closing any file of the same name would give up a POSIX lock of this process.
    expect(isLocked(path)).toBe(true);
    expect(await askChild()).toBe('locked');
    lock?.release();
    expect(await askChild()).toBe('free');
  });

  it('of a living process is refused', async () => {
    const { said } = await holdInChild();
    expect(said).toBe('held');
    expect(isLocked(path)).toBe(true);
    expect(tryLock(path)).toBeNull();
  });

  it('of a killed process is free at once', async () => {
    for (let round = 0; round < 3; round++) {
      const { child, said } = await holdInChild();
      expect(said).toBe('held');
      await kill(child);
      expect(isLocked(path)).toBe(false);
      const lock = tryLock(path, 0);
      expect(lock).not.toBeNull();
      lock?.release();
    }
  });

  it('is given to exactly one of several processes', async () => {
    const answers = await Promise.all([holdInChild(), holdInChild(), holdInChild()]);
    expect(answers.map(({ said }) => said).sort()).toEqual(['held', 'refused', 'refused']);
  });

  it('makes the folder it lies in', () => {
    tryLock(path)?.release();
    expect(existsSync(path)).toBe(true);
  });

  it('is an error, not somebody else’s lock, where the file cannot be a lock', () => {
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'these are notes, and no lock at all '.repeat(100));
    expect(() => tryLock(file)).toThrow(/not a database/);
    const directory = join(folder, 'directory');
    mkdirSync(directory);
    expect(() => tryLock(directory)).toThrow();
  });
});
