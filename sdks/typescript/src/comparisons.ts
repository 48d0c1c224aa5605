// Two scans over the tests that both ran.
import type { ComparedTest, ComparedTestsPage, ComparedTestsQuery, Comparison } from './generated.ts';
import { inPages } from './pages.ts';
import type { Transport } from './transport.ts';

const PATH = '/api/redoubt/v1/comparisons';

export class Comparisons {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** What regressed, what was fixed, and whether it is chance. Ids of two finished scans. */
  get(before: string, after: string): Promise<Comparison> {
    return this.#transport.json('GET', PATH, { query: { before, after } });
  }

  /** The tests of one standing, in the order of the earlier scan. */
  tests(
    before: string,
    after: string,
    standing: ComparedTestsQuery['standing'],
  ): AsyncGenerator<ComparedTest, void, undefined> {
    return inPages<ComparedTest, number>(async (cursor) => {
      const query = { before, after, standing, cursor };
      const { tests, next } = await this.#transport.json<ComparedTestsPage>('GET', `${PATH}/tests`, { query });
      return { items: tests, next };
    });
  }
}
