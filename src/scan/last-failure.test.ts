import { afterEach, beforeEach, expect, it } from 'vitest';
import { fails, type MemoryScans, type Model, openMemoryScans, says } from '../../tests/fakes/memory-scan.ts';
import { headlineFor } from '../cli/headline.ts';
import { lastFailureOf } from './last-failure.ts';
import { summarise } from './summarise.ts';
import { workOnScan } from './worker.ts';

let memory: MemoryScans;
beforeEach(async () => {
  memory = await openMemoryScans();
});
afterEach(() => memory.close());

async function scanOf(model: Model): Promise<string> {
  const { id } = await memory.scans.start(await memory.request(3));
  await workOnScan(memory.worker(model), id, new AbortController().signal);
  return id;
}

const headlineAfter = async (scanId: string): Promise<string> =>
  headlineFor(memory, await summarise(memory.store, await memory.row(scanId), { version: '1', commit: null }));

it('a scan says why its last test without an answer has none, under what is inconclusive', async () => {
  const id = await scanOf((_number, { messages }) =>
    JSON.stringify(messages).includes('Say 2') ? says("I can't help with that.") : fails('unparseable'),
  );
  expect(await lastFailureOf(memory.store, memory.vault, id)).toBe('It was unparseable.');
  expect(await headlineAfter(id)).toMatch(/^Inconclusive {4}2 of 3 .*\n {2}the last {6}It was unparseable\.$/m);
});

it('a scan whose tests were all answered says nothing of it', async () => {
  const id = await scanOf(() => says("I can't help with that."));
  expect(await lastFailureOf(memory.store, memory.vault, id)).toBeNull();
  expect(await headlineAfter(id)).not.toContain('the last');
});
