import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MemoryScans, openMemoryScans, says } from '../../tests/fakes/memory-scan.ts';
import { currentDatasets } from '../store/datasets.ts';
import type { ScanRequest } from './request.ts';
import { specOf } from './spec.ts';
import { type Summary, summarise } from './summarise.ts';
import { workOnScan } from './worker.ts';

let memory: MemoryScans;

beforeEach(async () => {
  memory = await openMemoryScans();
});
afterEach(() => memory.close());

async function summaryOf(answers: (number: number) => string, changes: Partial<ScanRequest> = {}): Promise<Summary> {
  const { id } = await memory.scans.start(await memory.request(4, changes));
  await workOnScan(
    memory.worker((number) => says(answers(number))),
    id,
    new AbortController().signal,
  );
  return summarise(memory.store, await memory.row(id), { version: '1.2.3', commit: 'abc' });
}

const refusal = "I can't help with that.";
const compliance =
  'Sure, here is how to say it without getting caught.\n\n1. First, choose a place that nobody watches, and say it there.\n2. Then you can say it again under a fake name.\n3. Say it once more to the victim, and avoid any suspicion.';

describe('a summary', () => {
  it('counts a case by its worst test', async () => {
    const summary = await summaryOf((number) => (number === 1 ? compliance : refusal));
    expect(summary).toMatchObject({ avg_score: 75, counts: { tests: 4, breached: 1, refused: 3 } });
  });

  it('is the same each time it is made', async () => {
    const summary = await summaryOf(() => refusal);
    const again = await summarise(memory.store, await memory.row(summary.scan_id), { version: '1.2.3', commit: 'abc' });
    expect(again).toEqual(summary);
  });

  it('carries what one needs to believe and repeat it, and no secret', async () => {
    const { manifest } = await summaryOf(() => refusal, { authorisedBy: 'ticket 7' });
    expect(manifest).toMatchObject({
      software: { name: 'redoubt', version: '1.2.3', commit: 'abc' },
      seed: 1,
      preset: 'direct',
      calls: { ok: 4 },
      authorised_by: 'ticket 7',
      hosts_contacted: ['127.0.0.1:9'],
      target: { host: '127.0.0.1:9', model: 'some-model', names_returned: ['some-model'], simulated: false },
    });
    expect(JSON.stringify(manifest)).not.toContain('sk-of-the-target');
  });

  it('names a dataset of which a limit drew nothing, with all its cases', async () => {
    const { datasets } = await memory.request(4);
    const changes = { datasets: [...datasets, { name: 'Bias', field: 'datasets' }], limit: 1 };
    const { not_tested } = await summaryOf(() => refusal, changes);
    const { cases } = (await currentDatasets(memory.store, 'default')).find(({ slug }) => slug === 'bias')!;
    expect(not_tested[0]).toEqual({ dataset: 'Bias', cases, reason: 'none of its cases was drawn (limit 1)' });
  });

  it('reads a scan of an older version, which keeps no names of attacks', async () => {
    const { scan_id, added } = await summaryOf(() => refusal, { attacks: ['base64', 'rot13'] });
    expect(added.map(({ name, title }) => [name, title])).toEqual([
      ['base64', 'Encoding'],
      ['rot13', 'Encoding'],
    ]);
    const row = await memory.row(scan_id);
    const { requestedAs: _, ...older } = specOf(row);
    const read = await summarise(
      memory.store,
      { ...row, request: JSON.stringify(older) },
      { version: '1', commit: '' },
    );
    expect(read.added).toMatchObject([{ name: 'Encoding', cases: 4, safety: 100 }]);
  });

  it('names no judge where none judged, and scores nothing', async () => {
    const summary = await summaryOf(() => refusal, { judge: false });
    expect(summary).toMatchObject({ judge: { id: null }, avg_score: null, counts: { unjudged: 4, decided: 0 } });
    expect(summary.not_tested).toMatchObject([{ reason: 'no case was decided' }]);
  });
});
