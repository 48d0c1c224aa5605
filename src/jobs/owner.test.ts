import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../core/ids.ts';
import { tryLock } from '../store/file-lock.ts';
import { createOwner, isAnyOwnerAlive, SILENCE_MS } from './owner.ts';

const NOW = 1_000_000;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redoubt-owner-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('an owner beside a database file', () => {
  it('sees another one live while its lock is held, and dead once it is let go', () => {
    const [self, other] = [createOwner(folder), createOwner(folder)];
    expect(self.isAlive(other.id, NOW, NOW)).toBe(true);
    other.release();
    expect(self.isAlive(other.id, NOW, NOW)).toBe(false);
    self.release();
  });

  it.each([
    ['has been silent for 10 s, whatever its lock', NOW - SILENCE_MS],
    ['has never spoken', null],
  ])('sees one dead that %s', (_, heartbeatAt) => {
    const self = createOwner(folder);
    const other = newId();
    const lock = tryLock(join(folder, `${other}.lock`));
    expect(self.isAlive(other, NOW - SILENCE_MS + 1, NOW)).toBe(true);
    expect(self.isAlive(other, heartbeatAt, NOW)).toBe(false);
    lock?.release();
    self.release();
  });

  it('is seen by whoever wants to be alone, as long as it lives', () => {
    expect(isAnyOwnerAlive(join(folder, 'none'))).toBe(false);
    const server = tryLock(join(folder, 'server.lock'));
    tryLock(join(folder, `${newId()}.lock`))?.release();
    expect(isAnyOwnerAlive(folder)).toBe(false);
    const owner = createOwner(folder);
    expect(isAnyOwnerAlive(folder)).toBe(true);
    owner.release();
    server?.release();
    expect(isAnyOwnerAlive(folder)).toBe(false);
  });

  it('clears away the lock file of one that died', () => {
    const self = createOwner(folder);
    const path = join(folder, 'died.lock');
    tryLock(path)?.release();
    expect(self.isAlive('died', NOW, NOW)).toBe(false);
    expect(existsSync(path)).toBe(false);
    self.release();
  });

  it('leaves no file behind', () => {
    const self = createOwner(folder);
    expect(existsSync(join(folder, `${self.id}.lock`))).toBe(true);
    self.release();
    expect(existsSync(join(folder, `${self.id}.lock`))).toBe(false);
  });
});

describe('an owner on a shared database', () => {
  it('goes by the heartbeat alone', () => {
    const self = createOwner(null);
    expect(self.isAlive('other', NOW - SILENCE_MS + 1, NOW)).toBe(true);
    expect(self.isAlive('other', NOW - SILENCE_MS, NOW)).toBe(false);
    expect(self.isAlive('other', null, NOW)).toBe(false);
    self.release();
  });
});
