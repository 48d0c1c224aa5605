// The guard: whether messages may pass, and what it decided before.
import { RedoubtError } from './errors.ts';
import type { Detector, DryRun, DryRunRequest, GuardDecision, GuardRequest, RecordedDecision } from './generated.ts';
import type { Transport } from './transport.ts';

/** The guard said no. `decision` says which policy and detector. */
export class GuardDeniedError extends RedoubtError {
  readonly decision: GuardDecision;
  /** Which side was refused: what goes to the model, or what came from it. */
  readonly side: 'input' | 'output';
  constructor(decision: GuardDecision, side: 'input' | 'output') {
    const fired = decision.findings.filter(({ detected, undecided }) => detected || undecided !== null);
    const what = fired.map(({ policy, detector, undecided }) =>
      undecided === null ? `${policy}: ${detector}` : `${policy}: ${detector} could not decide`,
    );
    super(`The guard denied the ${side} (${what.join(', ')}). Decision ${decision.id}.`);
    this.decision = decision;
    this.side = side;
  }
}

const PATH = '/api/redoubt/v1/guard';

export class Guard {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Asks whether messages may pass. That it says no is an answer, no error; `corrected` is what to go on with. */
  evaluate(request: GuardRequest, signal?: AbortSignal): Promise<GuardDecision> {
    return this.#transport.json('POST', `${PATH}/check`, { body: request, signal });
  }

  /** What a draft of a policy would have done to recorded decisions. */
  dryRun(request: DryRunRequest): Promise<DryRun> {
    return this.#transport.json('POST', `${PATH}/dry-run`, { body: request });
  }

  /** The latest recorded decisions, newest first. */
  decisions(query: { readonly limit?: number } = {}): Promise<readonly RecordedDecision[]> {
    return this.#transport.json('GET', `${PATH}/decisions`, { query });
  }

  /** What policies can ask. */
  async detectors(): Promise<readonly Detector[]> {
    const path = '/api/redoubt/v1/detectors';
    return (await this.#transport.json<{ detectors: readonly Detector[] }>('GET', path)).detectors;
  }
}
