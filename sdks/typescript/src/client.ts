// The client of a Redoubt server: one object a resource, over one transport.
import { Attacks } from './attacks.ts';
import { Comparisons } from './comparisons.ts';
import { Datasets } from './datasets.ts';
import { RedoubtError } from './errors.ts';
import { Findings } from './findings.ts';
import { Guard } from './guard.ts';
import { Policies } from './policies.ts';
import { Scans } from './scans.ts';
import { Targets } from './targets.ts';
import { type CallOptions, Transport, type TransportOptions } from './transport.ts';

export interface RedoubtOptions extends Omit<TransportOptions, 'apiKey' | 'baseUrl'> {
  /** Default: the variable REDOUBT_API_KEY. null sends none. */
  readonly apiKey?: string | null | undefined;
  /** Default: the variable REDOUBT_BASE_URL, else http://127.0.0.1:4000. */
  readonly baseUrl?: string | undefined;
}

const DEFAULT_BASE_URL = 'http://127.0.0.1:4000';

export class Redoubt {
  readonly scans: Scans;
  readonly findings: Findings;
  readonly guard: Guard;
  readonly policies: Policies;
  readonly datasets: Datasets;
  readonly attacks: Attacks;
  readonly comparisons: Comparisons;
  readonly targets: Targets;
  readonly #transport: Transport;

  constructor({ apiKey, baseUrl, ...options }: RedoubtOptions = {}) {
    const key = apiKey === undefined ? process.env.REDOUBT_API_KEY : apiKey;
    if (key === undefined || key === '')
      throw new RedoubtError('There is no API key. Pass apiKey, or set REDOUBT_API_KEY (`redoubt keys create NAME`).');
    const url = baseUrl ?? process.env.REDOUBT_BASE_URL ?? DEFAULT_BASE_URL;
    this.#transport = new Transport({ ...options, apiKey: key, baseUrl: url });
    this.scans = new Scans(this.#transport);
    this.findings = new Findings(this.#transport);
    this.guard = new Guard(this.#transport);
    this.policies = new Policies(this.#transport);
    this.datasets = new Datasets(this.#transport);
    this.attacks = new Attacks(this.#transport);
    this.comparisons = new Comparisons(this.#transport);
    this.targets = new Targets(this.#transport);
  }

  /** Any other request to the server, with the same key, timeout and tries; gives the response as it is. */
  send(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    return this.#transport.send(method, path, options, async (response) => {
      const { status, statusText, headers } = response;
      const body = status === 204 ? null : await response.arrayBuffer();
      return new Response(body, { status, statusText, headers });
    });
  }
}
