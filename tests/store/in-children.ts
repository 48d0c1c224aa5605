// Opens a database from several processes at once, as a server with command lines beside it does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { StoreLocation } from '../../src/store/store.ts';

const storeModule = new URL('../../src/store/store.ts', import.meta.url).href;

// Each waits for a line, so that all begin at the same moment.
const script = (location: StoreLocation): string => `
  const { openStore } = await import(${JSON.stringify(storeModule)});
  process.stdout.write('ready');
  await new Promise((go) => process.stdin.once('data', go));
  const store = await openStore(${JSON.stringify(location)});
  await store.close();
  process.exit(0);
`;

/** What each of `count` processes wrote to its error output; empty where it opened the store well. */
export async function openInChildren(location: StoreLocation, count: number): Promise<string[]> {
  const children = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script(location)]);
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    return { child, ready: once(child.stdout, 'data'), closed: once(child, 'close'), complaint: () => complaint };
  });
  await Promise.all(children.map(({ ready, closed }) => Promise.race([ready, closed])));
  for (const { child } of children) child.stdin.write('go\n');
  await Promise.all(children.map(({ closed }) => closed));
  return children.map(({ child, complaint }) => (child.exitCode === 0 ? '' : complaint()));
}
