// Targets: whether one answers as it should, and which models the server's settings name.
import type { Models, ScanRequest, TargetTest } from './generated.ts';
import type { Transport } from './transport.ts';

export class Targets {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Sends one harmless message and shows what went over the wire. */
  test(target: ScanRequest['target']): Promise<TargetTest> {
    return this.#transport.json('POST', '/api/redoubt/v1/targets/test', { body: { target } });
  }

  models(): Promise<Models> {
    return this.#transport.json('GET', '/api/redoubt/v1/models');
  }
}
