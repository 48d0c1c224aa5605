import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery, sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqlite } from './sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'redoubt-turn-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('two connections of one thread to one file', () => {
  it('write in turns: neither waits in vain for a transaction of the other', async () => {
    const path = join(folder, 'turns.db');
    const [{ db: one }, { db: other }] = [openSqlite(path, 'normal'), openSqlite(path, 'full')];
    await sql`create table notes (text text)`.execute(one);
    const startedAt = performance.now();
    const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
    const inTransaction = one.transaction().execute(async (trx) => {
      await sql`insert into notes values ('first')`.execute(trx);
      await moment();
      await sql`insert into notes values ('second')`.execute(trx);
    });
    await moment();
    const alone = sql`insert into notes values ('third')`.execute(other);
    const later = other.transaction().execute((trx) => sql`insert into notes values ('fourth')`.execute(trx));
    await Promise.all([inTransaction, alone, later]);
    const { rows } = await sql<{ text: string }>`select text from notes order by rowid`.execute(other);
    expect(rows.map(({ text }) => text)).toEqual(['first', 'second', 'third', 'fourth']);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await Promise.all([one.destroy(), other.destroy()]);
  });

  it('write in turns where one goes straight to the driver', async () => {
    const path = join(folder, 'straight.db');
    const [{ db: one, inTransaction }, { db: other }] = [openSqlite(path, 'normal'), openSqlite(path, 'full')];
    await sql`create table notes (text text)`.execute(one);
    const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
    const straight = inTransaction(async (run) => {
      await run.executeQuery(CompiledQuery.raw("insert into notes values ('straight')"));
      await moment();
      await run.executeQuery(CompiledQuery.raw("insert into notes values ('on')"));
    });
    await moment();
    const alone = sql`insert into notes values ('after')`.execute(other);
    await Promise.all([straight, alone]);
    const { rows } = await sql<{ text: string }>`select text from notes order by rowid`.execute(other);
    expect(rows.map(({ text }) => text)).toEqual(['straight', 'on', 'after']);
    await Promise.all([one.destroy(), other.destroy()]);
  });

  it('go on after a transaction that failed', async () => {
    const path = join(folder, 'failing.db');
    const [{ db: one, inTransaction }, { db: other }] = [openSqlite(path, 'normal'), openSqlite(path, 'full')];
    await sql`create table notes (text text)`.execute(one);
    await expect(
      one.transaction().execute((trx) => sql`insert into nowhere values (1)`.execute(trx)),
    ).rejects.toThrow();
    await expect(
      inTransaction(async (run) => {
        await run.executeQuery(CompiledQuery.raw("insert into notes values ('never')"));
        await run.executeQuery(CompiledQuery.raw('insert into nowhere values (1)'));
      }),
    ).rejects.toThrow();
    await sql`insert into notes values ('after')`.execute(other);
    const { rows } = await sql`select * from notes`.execute(one);
    expect(rows).toHaveLength(1);
    await Promise.all([one.destroy(), other.destroy()]);
  });
});
