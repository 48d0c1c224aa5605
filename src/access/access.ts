// All that the server needs to know who asks and how often they may: keys, limits, sign-in.
import type { Clock } from '../core/ports.ts';
import type { Store } from '../store/store.ts';
import { createKeyring, type Keyring } from './keyring.ts';
import { type Limiter, limiterOver } from './limiter.ts';
import type { Oidc } from './oidc.ts';

export interface AccessOptions {
  /** Where people may sign in, too; null: nowhere. */
  readonly oidc: Oidc | null;
  readonly store: Store;
  readonly clock: Clock;
  /** Origin under which people reach the server, where it is another one than the server sees. */
  readonly publicUrl: string | null;
  /** Requests a minute that one address may make; null for no limit. */
  readonly perAddress: number | null;
  /** Throws TARGET_NOT_ALLOWED or INVALID_FIELD for an address that the server may not call; `field` is where it stands. */
  readonly checkAddress: (url: string, field: string) => void;
}

export interface Access extends AccessOptions {
  readonly keyring: Keyring;
  readonly limiter: Limiter;
  close(): Promise<void>;
}

export function createAccess(options: AccessOptions): Access {
  const limiter = limiterOver(options.store, options.clock);
  const keyring = createKeyring(options.store, options.clock, limiter);
  return { ...options, limiter, keyring, close: () => keyring.close() };
}
