// Full-text search over the tests of a scan: requests and what is known of them, never answers, which lie encrypted.
// The index is built once a scan has ended; before that the rows themselves are read.
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { type ChatMessage, textOf } from '../core/chat.ts';
import { likeText } from './like.ts';
import { type TestWithTry, testsAfter } from './results.ts';
import type { Database, ScanRow } from './schema.ts';
import type { Store } from './store.ts';

/** Requests of many shots run to pages; what comes later is not looked for. */
const MOST_CHARACTERS = 16_000;
const TESTS_PER_PAGE = 500;
const MOST_WORDS = 16;

function wordsOf(row: TestWithTry): string {
  const messages = JSON.parse(row.messages) as ChatMessage[];
  const asked = messages.filter(({ role }) => role !== 'assistant').map(({ content }) => textOf(content));
  const facts = [row.case_id, row.dataset, row.subcategory, row.attack, row.plan_key];
  return [...facts, ...asked].join('\n').slice(0, MOST_CHARACTERS);
}

async function insertWords(store: Store, first: number, rows: readonly TestWithTry[]): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    for (const row of rows) {
      const [place, words] = [first + row.test_no, wordsOf(row)];
      await (store.kind === 'sqlite'
        ? sql`insert into test_words (rowid, words) values (${place}, ${words})`
        : sql`insert into test_words (row_no, words) values (${place}, to_tsvector('simple', ${words}))
            on conflict (row_no) do nothing`
      ).execute(trx);
    }
  });
}

const rowName = (store: Store): RawBuilder<unknown> => sql.ref(store.kind === 'sqlite' ? 'rowid' : 'row_no');

async function dropWords(
  db: Transaction<Database>,
  name: RawBuilder<unknown>,
  { first_row, last_row }: { first_row: number; last_row: number },
): Promise<void> {
  await sql`delete from test_words where ${name} between ${first_row} and ${last_row}`.execute(db);
}

/** Forgets the words of a scan. Part of the transaction that deletes it. */
export async function dropSearchIndex(store: Store, trx: Transaction<Database>, scanId: string): Promise<void> {
  const held = await trx.selectFrom('search_indexes').selectAll().where('scan_id', '=', scanId).executeTakeFirst();
  if (held === undefined) return;
  await dropWords(trx, rowName(store), held);
  await trx.deleteFrom('search_indexes').where('scan_id', '=', scanId).execute();
}

/** Sets a range of rows aside for a scan; null where its index is there or being built. */
async function beginIndex(store: Store, scan: ScanRow): Promise<number | null> {
  return store.db.transaction().execute(async (trx) => {
    const { last } = await trx
      .selectFrom('search_indexes')
      .select(sql<number>`coalesce(max(last_row), 0)`.as('last'))
      .executeTakeFirstOrThrow();
    const { tests } = await trx
      .selectFrom('tests')
      .select(sql<number>`coalesce(max(test_no), -1) + 1`.as('tests'))
      .where('scan_id', '=', scan.id)
      .executeTakeFirstOrThrow();
    const first = Number(last) + 1;
    const range = { first_row: first, last_row: first + Number(tests) };
    const result = await trx
      .insertInto('search_indexes')
      .values({ scan_id: scan.id, project_id: scan.project_id, ...range, built_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n ? first : null;
  });
}

/** Whether the words of a scan are there to be searched. */
export async function isSearchIndexed(store: Store, scanId: string): Promise<boolean> {
  const row = await store.db
    .selectFrom('search_indexes')
    .select('built_at')
    .where('scan_id', '=', scanId)
    .executeTakeFirst();
  return row !== undefined && row.built_at !== null;
}

/**
 * Indexes the words of an ended scan, once; one that broke off is begun anew. Gives how many tests were taken in, 0 where
 * it was there already.
 */
export async function buildSearchIndex(store: Store, scan: ScanRow, now: () => number): Promise<number> {
  if (await isSearchIndexed(store, scan.id)) return 0;
  await store.db.transaction().execute((trx) => dropSearchIndex(store, trx, scan.id));
  const first = await beginIndex(store, scan);
  if (first === null) return 0;
  let after = -1;
  let taken = 0;
  for (;;) {
    const page = await testsAfter(store, scan.id, after, TESTS_PER_PAGE);
    await insertWords(store, first, page);
    taken += page.length;
    after = page.at(-1)?.test_no ?? after;
    if (page.length < TESTS_PER_PAGE) break;
  }
  const { numUpdatedRows } = await store.db
    .updateTable('search_indexes')
    .set({ built_at: now() })
    .where('scan_id', '=', scan.id)
    .where('first_row', '=', first)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) return taken;
  // The scan was deleted meanwhile, or another process has begun anew.
  await store.db
    .transaction()
    .execute((trx) => dropWords(trx, rowName(store), { first_row: first, last_row: first + after }));
  return 0;
}

/** Words that are looked for: each must occur, the beginning of a word is enough. */
const words = (text: string): string[] => (text.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS);

function inRows(scanId: string, text: string): RawBuilder<unknown> {
  const holds = words(text).map((word) => {
    const pattern = `%${likeText(word.toLowerCase())}%`;
    return sql`lower(tests.case_id || ' ' || tests.dataset || ' ' || tests.subcategory || ' ' || tests.attack || ' '
      || tests.plan_key || ' ' || tries.messages) like ${pattern} escape '\\'`;
  });
  return sql`select tests.test_no from tests join tries on tries.scan_id = tests.scan_id
    and tries.test_no = tests.test_no and tries.try_no = tests.deciding_try
    where tests.scan_id = ${scanId} and ${sql.join(holds, sql` and `)}`;
}

/** A query for the numbers of the tests that hold all words of the text; null where it holds no word at all. */
export async function testsHolding(store: Store, scanId: string, text: string): Promise<RawBuilder<unknown> | null> {
  const wanted = words(text);
  if (wanted.length === 0) return null;
  const index = await store.db
    .selectFrom('search_indexes')
    .select(['first_row', 'last_row', 'built_at'])
    .where('scan_id', '=', scanId)
    .executeTakeFirst();
  if (index === undefined || index.built_at === null) return inRows(scanId, text);
  const { first_row: first, last_row: last } = index;
  if (store.kind === 'sqlite') {
    const match = wanted.map((word) => `"${word}"*`).join(' ');
    return sql`select rowid - ${first} as test_no from test_words
      where test_words match ${match} and rowid between ${first} and ${last}`;
  }
  const match = wanted.map((word) => `${word}:*`).join(' & ');
  return sql`select row_no - ${first}::bigint as test_no from test_words
    where words @@ to_tsquery('simple', ${match}) and row_no between ${first} and ${last}`;
}
