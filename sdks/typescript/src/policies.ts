// Policies of the guard: those in force, one with its versions, saving a new one.
import type { Policy, PolicyInForce, PolicyVersions, SavedPolicy } from './generated.ts';
import type { Transport } from './transport.ts';

const PATH = '/api/redoubt/v1/policies';

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
}
