// Makes and runs a throw-away PostgreSQL cluster from a folder of binaries: on loopback, with a password of its own,
// never written to the disk for good, and ended with this process however that ends.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START_TIMEOUT_MS = 30_000;

/** Where `bin/initdb` and `bin/postgres` lie. `copied`: the user who runs them may not be able to read them there. */
export interface Binaries {
  readonly home: string;
  readonly copied: boolean;
}

export interface Cluster {
  readonly url: string;
  stop(): Promise<void>;
}

interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

function idsOf(name: string): SystemUser | null {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody`, which every system has. */
function userToRunAs(): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const user = idsOf('postgres') ?? idsOf('nobody');
  if (user === null) throw new Error('running as root, and there is no user to run PostgreSQL as');
  return user;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(address)));
    });
  });

function readyOrDead(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const fail = (): void => reject(new Error(`the server did not start: ${lines.slice(-3).join(' / ')}`));
    const timer = setTimeout(fail, START_TIMEOUT_MS);
    server.once('error', reject);
    server.once('exit', fail);
    createInterface({ input: server.stderr! }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 100) lines.shift();
      if (line.includes('FATAL')) fail();
      if (!line.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

// The shell ends the server and removes its folder when its standard input closes, which the kernel does for a killed
// process too: nothing is left behind by a test run that was broken off.
const GUARDIAN = '"$@" & server=$!; cat > /dev/null; kill -QUIT $server; wait $server; rm -rf "$0"';

function serve(home: string, folder: string, port: number, user: SystemUser | null): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '32MB',
    max_connections: 60,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [join(home, 'bin', 'postgres'), '-D', join(folder, 'data'), ...flags];
  return spawn('/bin/sh', ['-c', GUARDIAN, folder, ...command], {
    ...user,
    cwd: folder,
    // A group of its own, so that Ctrl-C in a terminal reaches the tests alone.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  });
}

async function stopped(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.stdin?.end();
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Throws with a reason where the cluster cannot be made or started; leaves nothing behind then. */
export async function startCluster(binaries: Binaries): Promise<Cluster> {
  const user = userToRunAs();
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-postgres-'));
  try {
    const home = binaries.copied && user !== null ? join(folder, 'home') : binaries.home;
    if (home !== binaries.home) cpSync(binaries.home, home, { recursive: true, verbatimSymlinks: true });
    const password = randomBytes(12).toString('hex');
    writeFileSync(join(folder, 'password'), password, { mode: 0o644 });
    if (user !== null) chownSync(folder, user.uid, user.gid);
    execFileSync(
      join(home, 'bin', 'initdb'),
      [
        ...['-D', join(folder, 'data'), '-U', 'redoubt', '--encoding=UTF8', '--locale=C', '--no-sync'],
        ...['--auth=scram-sha-256', `--pwfile=${join(folder, 'password')}`],
      ],
      { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env.PATH, LC_ALL: 'C' } },
    );
    const port = await freePort();
    const server = serve(home, folder, port, user);
    try {
      await readyOrDead(server);
    } catch (error) {
      await stopped(server, folder);
      throw error;
    }
    return {
      url: `postgres://redoubt:${password}@127.0.0.1:${port}/postgres`,
      stop: () => stopped(server, folder),
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
