// Signing in at an OIDC provider: authorization code flow with PKCE, state and nonce; the library is loaded with the
// first sign-in. Who comes back is a user of ours: known by the provider's id, by a verified address, or made new.
import type { Configuration } from 'openid-client';
import type { Dispatcher } from 'undici';
import { RedoubtError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { exchange } from '../models/exchange.ts';
import type { Role, UserRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { insertIdentity, userByName, userOfIdentity, usersByEmail } from '../store/users.ts';
import { placeOfOidc, type Vault } from '../store/vault.ts';
import { DEFAULT_PROJECT } from './keys.ts';
import { storeUser } from './users.ts';

/** A sign-in must be finished within this time, in seconds. */
export const OIDC_SECONDS = 600;

const ANSWER_MS = 30_000;
const MAX_ANSWER_BYTES = 1024 * 1024;

export interface OidcOptions {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string | null;
  /** As the sign-in page calls it. */
  readonly name: string;
  /** Role of somebody who comes the first time; null: only users whose e-mail address an admin entered. */
  readonly new_users: Role | null;
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly vault: Vault;
  /** Under the rules for outgoing calls. */
  readonly dispatcher: Dispatcher;
}

/** What a browser keeps between leaving and coming back, sealed. */
interface Pending {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly until: number;
}

export interface Oidc {
  readonly name: string;
  /** Where the browser is sent, and what it keeps until it is back. */
  start(redirectUri: string): Promise<{ readonly url: string; readonly pending: string }>;
  /** The user who came back at `url`. Throws OIDC_REFUSED. */
  finish(url: URL, pending: string | null): Promise<UserRow>;
}

interface Claims {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly name: string | null;
}

async function freeName(store: Store, { name, email, subject }: Claims): Promise<string> {
  for (const wanted of [name, email])
    if (wanted && wanted.length <= 100 && !(await userByName(store, wanted))) return wanted;
  return `${(name ?? email ?? 'user').slice(0, 60)} (${subject.slice(0, 36)})`;
}

async function userOfClaims(parts: Parts, claims: Claims, newUsers: Role | null): Promise<UserRow | null> {
  const { store, clock } = parts;
  const known = await userOfIdentity(store, claims.issuer, claims.subject);
  if (known) return known;
  const called = claims.email === null ? [] : await usersByEmail(store, claims.email);
  const [only] = called;
  let user = called.length === 1 && only ? only : null;
  if (user === null && called.length === 0 && newUsers !== null)
    user = await storeUser(parts, {
      name: await freeName(store, claims),
      role: newUsers,
      email: claims.email,
      projects: [DEFAULT_PROJECT],
    });
  if (user === null) return null;
  const { issuer, subject } = claims;
  await insertIdentity(store, { issuer, subject, user_id: user.id, created_at: clock.now() });
  return user;
}

const textOr = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What the library asks of `fetch`, through connections that are guarded as all others. */
async function fetchThrough(dispatcher: Dispatcher, request: Request): Promise<Response> {
  const { origin, pathname, search } = new URL(request.url);
  const answer = await exchange(dispatcher, {
    ...{ origin, path: pathname + search, method: request.method, headers: Object.fromEntries(request.headers) },
    ...{ timeoutMs: ANSWER_MS, maxBytes: MAX_ANSWER_BYTES, signal: request.signal },
    ...(request.body === null ? {} : { body: await request.text() }),
  });
  if (!answer.ok) throw new TypeError(answer.failure.message);
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(answer.headers))
    for (const value of [values].flat()) headers.append(name, String(value));
  return new Response(answer.text === '' ? null : answer.text, { status: answer.status, headers });
}

type Refused = (reason: string, cause?: unknown) => RedoubtError;

/** The provider as it describes itself, asked for once it is needed, and again after a failure. */
function discovering({ dispatcher }: Parts, options: OidcOptions, refused: Refused): () => Promise<Configuration> {
  let found: Promise<Configuration> | null = null;
  async function discover(): Promise<Configuration> {
    const oidc = await import('openid-client');
    const execute = [oidc.enableNonRepudiationChecks];
    if (options.issuer.startsWith('http:')) execute.push(oidc.allowInsecureRequests);
    return oidc.discovery(new URL(options.issuer), options.client_id, options.client_secret ?? undefined, undefined, {
      execute,
      [oidc.customFetch]: (url, init) => fetchThrough(dispatcher, new Request(url, init as RequestInit)),
    });
  }
  return async () => {
    found ??= discover();
    try {
      return await found;
    } catch (cause) {
      found = null;
      throw refused('the provider cannot be reached or is no OIDC provider', cause);
    }
  };
}

function readPending({ vault, clock }: Parts, sealed: string | null, refused: Refused): Pending {
  if (sealed === null) throw refused('the browser did not bring back its cookie');
  let pending: Pending;
  try {
    pending = JSON.parse(vault.open(Buffer.from(sealed, 'base64url'), placeOfOidc)) as Pending;
  } catch (cause) {
    throw refused('the cookie is not one of ours', cause);
  }
  if (pending.until < clock.now()) throw refused('it took too long');
  return pending;
}

/** What the provider says of who came back at `url`, once it is sure that it answers what was asked. */
async function claimsOf(config: Configuration, url: URL, pending: Pending, refused: Refused): Promise<Claims> {
  const oidc = await import('openid-client');
  try {
    const tokens = await oidc.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: pending.verifier,
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw refused('the provider did not say who it is');
    return {
      issuer: claims.iss,
      subject: claims.sub,
      email: claims.email_verified === true ? (textOr(claims.email)?.toLowerCase() ?? null) : null,
      name: textOr(claims.preferred_username) ?? textOr(claims.name),
    };
  } catch (cause) {
    if (cause instanceof RedoubtError) throw cause;
    throw refused('the provider refused, or its answer does not fit what was asked', cause);
  }
}

export function createOidc(parts: Parts, options: OidcOptions): Oidc {
  const refused: Refused = (reason, cause) => new RedoubtError('OIDC_REFUSED', { value: options.name, reason }, cause);
  const configuration = discovering(parts, options, refused);
  return {
    name: options.name,
    async start(redirectUri) {
      const oidc = await import('openid-client');
      const pending: Pending = {
        verifier: oidc.randomPKCECodeVerifier(),
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        until: parts.clock.now() + OIDC_SECONDS * 1000,
      };
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        state: pending.state,
        nonce: pending.nonce,
      });
      const sealed = parts.vault.seal(JSON.stringify(pending), placeOfOidc);
      return { url: url.href, pending: Buffer.from(sealed).toString('base64url') };
    },
    async finish(url, sealed) {
      const pending = readPending(parts, sealed, refused);
      const claims = await claimsOf(await configuration(), url, pending, refused);
      const user = await userOfClaims(parts, claims, options.new_users);
      if (user === null)
        throw refused('nobody here is known by this account; an admin enters its e-mail address first');
      if (user.disabled_at !== null) throw refused('this user may not sign in any more');
      return user;
    },
  };
}
