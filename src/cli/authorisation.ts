// Asks once for each host outside this machine whether one may test it; without a terminal it must be said by a flag.
import { createInterface } from 'node:readline/promises';
import { RedoubtError } from '../core/errors.ts';
import { judgeAddress } from '../models/egress.ts';
import { ensureMeta, readMeta } from '../store/access.ts';
import type { Store } from '../store/store.ts';

const onlyLoopback = { loopbackAllowed: true, privateAllowed: false, allow: [] };

const isThisMachine = (url: string): boolean => {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return /^127\.|^::1$/.test(host) && judgeAddress(host, onlyLoopback) === 'allowed';
};

async function askAtTerminal(host: string): Promise<string | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`May you test ${host}? Say who authorised it (empty: no): `);
  terminal.close();
  return answer.trim() === '' ? null : answer.trim();
}

/** The text for the manifest; null for this machine. Throws AUTHORISATION_NEEDED where nobody has said so. */
export async function authorisationFor(store: Store, url: string, given: string | null): Promise<string | null> {
  if (given !== null || isThisMachine(url)) return given;
  const { host } = new URL(url);
  const key = `authorised:${host}`;
  const earlier = await readMeta(store, key);
  if (earlier !== undefined) return earlier;
  const answer = process.stdin.isTTY && process.stderr.isTTY ? await askAtTerminal(host) : null;
  if (answer === null) throw new RedoubtError('AUTHORISATION_NEEDED', { value: host });
  return ensureMeta(store, key, answer);
}
