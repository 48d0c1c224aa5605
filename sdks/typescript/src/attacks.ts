// Attacks and suites: what a scan can run.
import type { Attack, Preview, PreviewRequest, Suite } from './generated.ts';
import type { Transport } from './transport.ts';

export class Attacks {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async list(): Promise<readonly Attack[]> {
    return (await this.#transport.json<{ attacks: readonly Attack[] }>('GET', '/api/redoubt/v1/attacks')).attacks;
  }

  /** What an attack makes of a text; nothing is sent to a target. */
  preview(id: string, request: PreviewRequest): Promise<Preview> {
    return this.#transport.json('POST', `/api/redoubt/v1/attacks/${encodeURIComponent(id)}/preview`, { body: request });
  }

  /** Slices of datasets with the attacks that belong to them. */
  async suites(): Promise<readonly Suite[]> {
    return (await this.#transport.json<{ suites: readonly Suite[] }>('GET', '/api/redoubt/v1/suites')).suites;
  }
}
