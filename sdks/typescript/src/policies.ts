// Policies of the guard: those in force, one with its versions, saving a new one.
import type {
  Hardened,
  Hardening,
  HardenRequest,
  Policy,
  PolicyInForce,
  PolicyVersions,
  SavedPolicy,
} from './generated.ts';
import type { Transport } from './transport.ts';

const PATH = '/api/redoubt/v1/policies';

/** Candidates are proven on every held-out test of the scan. */
const HARDEN_TIMEOUT_MS = 600_000;

export class Policies {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async list(): Promise<readonly PolicyInForce[]> {
    return (await this.#transport.json<{ policies: readonly PolicyInForce[] }>('GET', PATH)).policies;
  }

  get(id: string): Promise<PolicyVersions> {
    return this.#transport.json('GET', `${PATH}/${encodeURIComponent(id)}`);
  }

  /** Stores it; one of the same id becomes its next version. */
  save(policy: Policy): Promise<SavedPolicy> {
    return this.#transport.json('PUT', `${PATH}/${encodeURIComponent(policy.id)}`, { body: policy });
  }

  /** Drafts policies from what a finished scan found, proves them on held-out tests, promotes those that stand. Takes its time. */
  harden(scanId: string, request: HardenRequest = {}): Promise<Hardened> {
    const path = `/api/redoubt/v1/scans/${encodeURIComponent(scanId)}/harden`;
    return this.#transport.json('POST', path, { body: request, timeoutMs: HARDEN_TIMEOUT_MS });
  }

  /** All candidates with their proofs, the latest first. */
  async hardenings(query: { readonly limit?: number } = {}): Promise<readonly Hardening[]> {
    const path = '/api/redoubt/v1/hardenings';
    return (await this.#transport.json<{ hardenings: readonly Hardening[] }>('GET', path, { query })).hardenings;
  }

  /** Makes what held before the promotion of this policy hold again. */
  async rollBack(policyId: string, reason: string): Promise<void> {
    const path = `/api/redoubt/v1/hardenings/${encodeURIComponent(policyId)}/roll-back`;
    await this.#transport.json('POST', path, { body: { reason } });
  }
}
