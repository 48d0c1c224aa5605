// Findings: what failed, followed from scan to scan.
import type { Finding, FindingDecisionRequest, FindingsPage, FindingsQuery, ScanFindings } from './generated.ts';
import { inPages } from './pages.ts';
import type { Transport } from './transport.ts';

const PATH = '/api/redoubt/v1/findings';

export class Findings {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(query: Pick<FindingsQuery, 'state' | 'severity' | 'sort'> = {}): AsyncGenerator<Finding, void, undefined> {
    return inPages<Finding, number>(async (offset = 0) => {
      const page = await this.#transport.json<FindingsPage>('GET', PATH, { query: { ...query, offset } });
      const after = offset + page.findings.length;
      return { items: page.findings, next: page.findings.length > 0 && after < page.total ? after : null };
    });
  }

  /** Accepts one, or says that it is none. */
  decide(fingerprint: string, decision: FindingDecisionRequest): Promise<Finding> {
    return this.#transport.json('PUT', `${PATH}/${encodeURIComponent(fingerprint)}/decision`, { body: decision });
  }

  /** Takes that back. */
  async undecide(fingerprint: string): Promise<void> {
    await this.#transport.json('DELETE', `${PATH}/${encodeURIComponent(fingerprint)}/decision`);
  }

  /** What a finished scan found: new, known, back again, fixed; held against `baseline`, the id of another. */
  ofScan(scanId: string, query: { readonly baseline?: string } = {}): Promise<ScanFindings> {
    return this.#transport.json('GET', `/api/redoubt/v1/scans/${encodeURIComponent(scanId)}/findings`, { query });
  }
}
