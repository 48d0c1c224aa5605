// The contract of a resource of our own API: some routes below /api/redoubt/v1, each described by zod schemas.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Access } from '../access/access.ts';
import type { Caller, Scope } from '../access/keys.ts';
import type { Clock } from '../core/ports.ts';
import type { Guard } from '../guard/guard.ts';
import type { HelperName } from '../models/helper-models.ts';
import type { NamedModels } from '../models/named-models.ts';
import type { WrappedOpener } from '../scan/connection-test.ts';
import type { SoftwareVersion } from '../scan/manifest.ts';
import type { ScanService } from '../scan/service.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../store/vault.ts';
import type { ServerFacts } from './server-facts.ts';

/** What a resource may use. */
export interface ApiServices {
  readonly guard: Guard;
  readonly scans: ScanService;
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly software: SoftwareVersion;
  /** Models that a caller may name in place of an address and a key. */
  readonly models: NamedModels;
  /** Opens targets under the server's rules for outgoing calls. */
  readonly openerWith: WrappedOpener;
  /** Who a key belongs to; throws WRONG_KEY. */
  readonly callerOf: (key: string) => Promise<Caller>;
  readonly access: Access;
  /** The judge that a scan would have now. */
  readonly judge: { readonly id: string; readonly model: HelperName | null };
  /** Settings in force, without anything secret. */
  readonly facts: ServerFacts;
}

/**
 * What a route asks of its caller: a scope; `any` valid key or session; `session`, somebody who signed in;
 * `installation`, an admin who signed in; `open`, nothing. Left out: `admin`.
 */
export type RouteScope = Scope | 'any' | 'session' | 'installation' | 'open';

/** A scope of the server whose handlers are typed by their schemas. */
export type ApiScope = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface Resource {
  /** Adds the routes to a scope of their own. Each names the scope a key needs: `config: { scope: 'read' }`. */
  readonly register: (app: ApiScope, services: ApiServices) => void;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    scope?: RouteScope;
  }
}

/** Who made each request, known before its handler runs. */
const callers = new WeakMap<FastifyRequest['raw'], Caller>();

export const rememberCaller = (request: { readonly raw: IncomingMessage }, caller: Caller): void =>
  void callers.set(request.raw, caller);

export function callerOfRequest(request: { readonly raw: IncomingMessage }): Caller {
  const caller = callers.get(request.raw);
  if (!caller) throw new Error('a handler ran before its caller was known');
  return caller;
}
