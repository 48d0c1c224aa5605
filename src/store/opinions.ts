// How often a second judge was heard beside the first, by what each said: counted with the results they belong to.
import type { Kysely } from 'kysely';
import type { Database, OpinionRow } from './schema.ts';
import type { Store } from './store.ts';

export type CountedOpinion = Pick<OpinionRow, 'occasion' | 'first' | 'second'>;

/** Adds opinions to the counters of their scans. */
export async function addOpinions(db: Kysely<Database>, opinions: readonly Omit<OpinionRow, 'n'>[]): Promise<void> {
  // In the order of the keys: who adds to the same rows waits, and never in a circle.
  const keyOf = ({ scan_id, occasion, first, second }: Omit<OpinionRow, 'n'>): string =>
    [scan_id, occasion, first, second].join('\0');
  for (const opinion of opinions.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)))
    await db
      .insertInto('opinions')
      .values({ ...opinion, n: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(['scan_id', 'occasion', 'first', 'second'])
          .doUpdateSet((eb) => ({ n: eb('opinions.n', '+', 1) })),
      )
      .execute();
}

export const opinionsOf = (store: Store, scanId: string): Promise<OpinionRow[]> =>
  store.db
    .selectFrom('opinions')
    .selectAll()
    .where('scan_id', '=', scanId)
    .orderBy('occasion')
    .orderBy('first')
    .orderBy('second')
    .execute();
