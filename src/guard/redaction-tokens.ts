// Tokens that stand for redacted values: stable within a session, worth nothing outside it, revealed once.
// A token ends in an HMAC (RFC 2104) under a random key, never in a plain hash: a phone number could be guessed from one.
import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../core/ports.ts';
import { noteInAudit } from '../store/audit.ts';
import { ensureSessionKey, insertTokens, takeToken } from '../store/guard.ts';
import { asStored } from '../store/storable-text.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../store/vault.ts';

const KEY_BYTES = 32;
/** Within a session few values meet; without one all requests of a project share the shelf. */
const SESSION_DIGITS = 8;
const REQUEST_DIGITS = 12;

const NO_SESSION = '';

/** Makes the tokens of one request, and keeps what they stand for. */
export interface TokenMaker {
  tokenFor(label: string, value: string): string;
  /** Stores the values; the tokens may leave only after this. */
  keep(): Promise<void>;
}

export interface RedactionTokens {
  makerFor(projectId: string, session: string | null): Promise<TokenMaker>;
  /** What the token stands for, the first time it is asked; null afterwards, and where it is unknown or too old. */
  reveal(projectId: string, session: string | null, token: string, actor: string): Promise<string | null>;
}

/** Names that the database does not tell apart share a shelf: what is sealed for the one must open for the other. */
const shelfOf = (session: string | null): string => (session === null ? NO_SESSION : asStored(session));

const placeOfKey = (projectId: string, session: string): string => `guard-session:${projectId}:${session}`;
const placeOfToken = (projectId: string, session: string, token: string): string =>
  `guard-token:${projectId}:${session}:${token}`;

export function createRedactionTokens(store: Store, vault: Vault, clock: Clock, lifetimeMs: number): RedactionTokens {
  async function keyOf(projectId: string, session: string): Promise<Uint8Array> {
    const fresh = randomBytes(KEY_BYTES);
    if (session === NO_SESSION) return fresh;
    const place = placeOfKey(projectId, session);
    const secret = vault.seal(fresh.toString('base64'), place);
    const now = clock.now();
    const row = { project_id: projectId, session, secret, expires_at: now + lifetimeMs };
    return Buffer.from(vault.open(await ensureSessionKey(store, row, now), place), 'base64');
  }
  return {
    async makerFor(projectId, session) {
      const shelf = shelfOf(session);
      const key = await keyOf(projectId, shelf);
      const digits = shelf === NO_SESSION ? REQUEST_DIGITS : SESSION_DIGITS;
      const made = new Map<string, string>();
      return {
        tokenFor(label, value) {
          const hash = createHmac('sha256', key).update(`${label}\0${value}`).digest('hex');
          const token = `[${label}_${hash.slice(0, digits).toUpperCase()}]`;
          made.set(token, value);
          return token;
        },
        keep: () =>
          insertTokens(
            store,
            Array.from(made, ([token, value]) => ({
              project_id: projectId,
              session: shelf,
              token,
              value: vault.seal(value, placeOfToken(projectId, shelf, token)),
              expires_at: clock.now() + lifetimeMs,
            })),
          ),
      };
    },
    async reveal(projectId, session, token, actor) {
      const shelf = shelfOf(session);
      const now = clock.now();
      const sealed = await takeToken(store, projectId, shelf, token, now);
      const action = sealed === null ? 'detokenize, nothing to reveal' : 'detokenize';
      await noteInAudit(store, { project_id: projectId, created_at: now, actor, action, subject: token });
      return sealed === null ? null : vault.open(sealed, placeOfToken(projectId, shelf, token));
    },
  };
}
