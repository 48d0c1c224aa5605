// The contract of a dialect: somebody else's API, translated to our words at the border.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/keys.ts';
import type { Clock } from '../core/ports.ts';
import type { Guard } from '../guard/guard.ts';
import type { NamedModels } from '../models/named-models.ts';
import type { ScanService } from '../scan/service.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../store/vault.ts';

/** What of the settings a dialect follows. */
export interface DialectOptions {
  /** Milliseconds after which a scan that is waited for answers with what it has. */
  readonly deadlineMs: number;
  /** Whether VirtueRed's older paths, which need no key, answer on this machine. */
  readonly virtueredLegacy: boolean;
}

/** The same, by the names that the settings have. */
export const dialectOptionsOf = (settings: {
  readonly evalguard_deadline: number;
  readonly virtuered_legacy: boolean;
}): DialectOptions => ({
  deadlineMs: settings.evalguard_deadline * 1000,
  virtueredLegacy: settings.virtuered_legacy,
});

/** What a dialect may use. */
export interface DialectServices {
  readonly scans: ScanService;
  readonly guard: Guard;
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  /** Models that a caller only names. */
  readonly models: NamedModels;
  readonly options: DialectOptions;
  /** Who a key belongs to; throws WRONG_KEY. */
  readonly callerOf: (key: string) => Promise<Caller>;
}

export interface Dialect {
  readonly id: string;
  /** Adds the routes to a scope of their own: parsers and error answers of a dialect do not reach beyond it. */
  readonly register: (app: FastifyInstance, services: DialectServices) => void;
  /** How a request is refused that no route has seen, by its path; left out: as the server itself words it. */
  readonly face?: {
    readonly prefixes: readonly string[];
    readonly answerError: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;
  };
}
