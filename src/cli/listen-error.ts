// Why an address cannot be listened on, in one sentence.
import type { Settings } from '../config.ts';
import { RedoubtError } from '../core/errors.ts';

/** What else may be wrong with an address to listen on, by the code of the error. */
const listenProblems: Readonly<Record<string, string>> = {
  EACCES: 'may not be listened on by this user. Choose a port above 1023.',
  EADDRNOTAVAIL: 'is no address of this machine.',
  ENOTFOUND: 'names a host that cannot be resolved.',
  EAI_AGAIN: 'names a host that cannot be resolved.',
};

/** What `listen` threw, as an error of ours where it is about the address. */
export function listenError(cause: unknown, { host, port }: Pick<Settings, 'host' | 'port'>): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'EADDRINUSE') return new RedoubtError('PORT_IN_USE', { value: `${host}:${port}` }, cause);
  const reason = listenProblems[code];
  if (reason === undefined) return cause;
  return new RedoubtError('SETTING_INVALID', { field: 'host and port', reason: `${host}:${port} ${reason}` }, cause);
}
