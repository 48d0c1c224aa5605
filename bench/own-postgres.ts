// A PostgreSQL of the bench's own, with the durability of a real one, that can be stopped at once and started again.
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuSecondsOf } from './process.ts';

const DEBIAN = '/usr/lib/postgresql';

export interface OwnPostgres {
  readonly url: string;
  /** As `pg_ctl stop -m immediate` does: no checkpoint, what was not committed is gone. */
  stopAtOnce(): void;
  start(): void;
  /** CPU seconds of the server and of the processes that serve its connections. */
  cpuSeconds(): number;
  remove(): void;
}

function binaries(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((name) => join(DEBIAN, name, 'bin')).find((bin) => existsSync(join(bin, 'pg_ctl')));
  if (found === undefined) throw new Error(`This bench needs PostgreSQL's server in ${DEBIAN}.`);
  return found;
}

/** PostgreSQL refuses to run as root. */
function userToRunAs(): { readonly uid: number; readonly gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function cpuSecondsOfAll(postmaster: number): number {
  const children = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return new RegExp(`^PPid:\\s+${postmaster}$`, 'm').test(readFileSync(`/proc/${name}/status`, 'utf8'));
    } catch {
      return false;
    }
  });
  return [postmaster, ...children.map(Number)].reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
}

export function startOwnPostgres(port: number): OwnPostgres {
  const bin = binaries();
  const user = userToRunAs();
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-bench-postgres-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  if ('uid' in user) for (const path of [folder, data]) chownSync(path, user.uid, user.gid);
  const run = (name: string, ...args: readonly string[]): void =>
    void execFileSync(join(bin, name), args, { ...user, cwd: folder, stdio: 'ignore' });
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200`;
  const start = (): void => run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start');
  const stopAtOnce = (): void => run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
  run('initdb', '-D', data, '-U', 'redoubt', '--encoding=UTF8', '--locale=C', '--auth=trust');
  start();
  return {
    url: `postgres://redoubt@127.0.0.1:${port}/postgres`,
    stopAtOnce,
    start,
    cpuSeconds: () => cpuSecondsOfAll(Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])),
    remove() {
      try {
        stopAtOnce();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
