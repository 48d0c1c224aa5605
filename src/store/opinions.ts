// How often a second judge was heard beside the first, by what each said: counted with the results they belong to.
import { counterWriter } from './counter-writer.ts';
import type { OpinionRow } from './schema.ts';
import type { Store } from './store.ts';

export type CountedOpinion = Pick<OpinionRow, 'occasion' | 'first' | 'second'>;

/** Adds opinions to the counters of their scans. */
export const opinionWriter = (kind: Store['kind']) =>
  counterWriter(kind, 'opinions', ['scan_id', 'occasion', 'first', 'second'], ['n']);

export const opinionsOf = (store: Store, scanId: string): Promise<OpinionRow[]> =>
  store.db
    .selectFrom('opinions')
    .selectAll()
    .where('scan_id', '=', scanId)
    .orderBy('occasion')
    .orderBy('first')
    .orderBy('second')
    .execute();
