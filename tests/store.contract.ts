// The contract of the store: what SQLite and PostgreSQL must both do, by subject.
import { afterAll, beforeAll, describe } from 'vitest';
import { openStore, type Store } from '../src/store/store.ts';
import { accessContract } from './store/access.contract.ts';
import { aggregatesContract } from './store/aggregates.contract.ts';
import { datasetsContract } from './store/datasets.contract.ts';
import { guardContract } from './store/guard.contract.ts';
import { limitsContract } from './store/limits.contract.ts';
import { marksContract } from './store/marks.contract.ts';
import { onceContract } from './store/once.contract.ts';
import { openingContract } from './store/opening.contract.ts';
import { pairsContract } from './store/pairs.contract.ts';
import { resultsContract } from './store/results.contract.ts';
import type { StorePlace } from './store/rows.ts';
import { scansContract } from './store/scans.contract.ts';
import { testPagesContract } from './store/test-pages.contract.ts';
import { valuesContract } from './store/values.contract.ts';

/** Registers the contract for a kind of database; all subjects but opening share one. */
export function storeContract(place: StorePlace): void {
  openingContract(place);

  describe('in use', () => {
    let store: Store;

    beforeAll(async () => {
      store = await openStore(await place.newLocation(), 'normal');
    });
    afterAll(() => store?.close());

    const open = (): Store => store;
    accessContract(open);
    limitsContract(open);
    datasetsContract(open);
    scansContract(open);
    onceContract(open);
    resultsContract(open);
    marksContract(open);
    guardContract(open);
    pairsContract(open);
    aggregatesContract(open);
    valuesContract(open);
    testPagesContract(open);
  });
}
