// A search that an outage broke off: what a retry takes over from it, and what it asks again.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT } from '../src/access/keys.ts';
import { workOnScan } from '../src/scan/worker.ts';
import { fails, type MemoryScans, type Model, openMemoryScans, says } from './fakes/memory-scan.ts';

const refusal = 'I am sorry, I cannot help with that.';
/** More than the failures in a row after which a target counts as gone: the search is still under way then. */
const TRIES = 60;
const ANSWERED = 8;

let memory: MemoryScans;
beforeAll(async () => {
  memory = await openMemoryScans();
});
afterAll(() => memory.close());

describe('a search whose target went away', () => {
  it('keeps the answers that it had, and asks again from the first call that had none', async () => {
    const row = await memory.scans.start(await memory.request(1, { attacks: [`bon:n=${TRIES}`], onlyAttacks: true }));
    const work = (model: Model) => workOnScan(memory.worker(model), row.id, new AbortController().signal);
    await work((number) => (number <= ANSWERED ? says(refusal) : fails('client_error')));
    expect((await memory.row(row.id)).status).toBe('Failed');
    const before = memory.calls();

    await memory.scans.retry(DEFAULT_PROJECT, row.id);
    await work(() => says(refusal));
    expect((await memory.row(row.id)).status).toBe('Finished');
    const { db } = memory.store;
    const tries = await db.selectFrom('tries').select('reason').where('scan_id', '=', row.id).execute();
    expect(tries.filter(({ reason }) => reason === 'target_error')).toEqual([]);
    expect(memory.calls() - before).toBe(tries.length - ANSWERED);
  });
});
