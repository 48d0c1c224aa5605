// Stands before a server of a test, and can be shut (nobody listens, connections break) or held (they hang).
import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './command-line.ts';

export interface Door {
  /** As the server's own, with the door's address in it. */
  readonly url: string;
  shut(): Promise<void>;
  /** What is sent goes nowhere, until it is opened. */
  hold(): void;
  open(): Promise<void>;
}

function joined(inside: Socket, outside: Socket): void {
  outside.pipe(inside).pipe(outside);
  for (const socket of [inside, outside]) {
    socket.setNoDelay();
    socket.on('error', () => undefined);
  }
  inside.once('close', () => outside.destroy());
  outside.once('close', () => inside.destroy());
}

/** Opens one before the server at `url`. */
export async function openDoor(url: string): Promise<Door> {
  const behind = new URL(url);
  const before = new URL(url);
  const port = await freePort();
  before.hostname = '127.0.0.1';
  before.port = String(port);
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let isHeld = false;

  function passOn(outside: Socket): void {
    const inside = connect(Number(behind.port), behind.hostname);
    joined(inside, outside);
    for (const socket of [inside, outside]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      if (isHeld) socket.pause();
    }
  }
  const door: Door = {
    url: before.href,
    async shut() {
      const closed = new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
      server = null;
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    hold() {
      isHeld = true;
      for (const socket of sockets) socket.pause();
    },
    async open() {
      isHeld = false;
      for (const socket of sockets) socket.resume();
      if (server !== null) return;
      server = createServer(passOn);
      await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
    },
  };
  await door.open();
  return door;
}
