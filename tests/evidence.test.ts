// What a scan leaves is signed: each file verifies, none does after one changed byte; and the plan runs again.
import { createWriteStream, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT } from '../src/access/keys.ts';
import { exportFiles } from '../src/cli/export-files.ts';
import { fileNameOf, formatIds } from '../src/cli/formats.ts';
import { systemClock } from '../src/core/clock.ts';
import { signedInPassing, verifyFile } from '../src/scan/evidence/files.ts';
import { openSigningKey } from '../src/scan/evidence/signing.ts';
import { replayScan } from '../src/scan/replay.ts';
import type { Summary } from '../src/scan/summarise.ts';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { ScanRow } from '../src/store/schema.ts';
import { newFolder } from './fakes/command-line.ts';
import { openWorkplace, type Workplace } from './fakes/scan-here.ts';

let [place, other]: Workplace[] = [];
let target: Awaited<ReturnType<typeof startSimulatedTarget>>;
let row: ScanRow;
let summary: Summary;
const out = newFolder('evidence');
const given = { publicKey: null, evidence: null };

beforeAll(async () => {
  [place, other] = [await openWorkplace(), await openWorkplace()];
  await place.startWorker();
  target = await startSimulatedTarget({ seed: 1 });
  const { id } = await place.start(target.url, 6);
  await place.end(id);
  row = await place.redoubt.scans.get(DEFAULT_PROJECT, id);
  summary = await place.redoubt.scans.summary(DEFAULT_PROJECT, id, 'summary');
  await exportFiles({ redoubt: place.redoubt, row, summary, fullAnswers: false }, out, formatIds);
});
afterAll(async () => {
  await target?.close();
  await place?.close();
  await other?.close();
  rmSync(out, { recursive: true, force: true });
});

describe('a file that a server hands out', () => {
  const download = (bytes: readonly string[]): Readable =>
    signedInPassing(place!.redoubt, { row, summary }, 'summary.json', Readable.from(bytes, { objectMode: false }));

  it('passes as it is, and is known once all of it has passed', async () => {
    const path = join(out, 'downloaded.json');
    await pipeline(download(['{"a":', '1}']), createWriteStream(path));
    expect(readFileSync(path, 'utf8')).toBe('{"a":1}');
    expect(await verifyFile(place!.redoubt, path, given)).toMatchObject({
      ok: true,
      signed: { statement: { file: 'summary.json', bytes: 7, scan_id: row.id } },
    });
    writeFileSync(path, '{"a":2}');
    expect(await verifyFile(place!.redoubt, path, given)).toMatchObject({ ok: false });
  });

  it('is not known where its reader went away', async () => {
    const stream = download(['only the ', 'beginning']);
    for await (const _ of stream) break;
    const path = join(out, 'cut.json');
    for (const text of ['only the ', 'only the beginning']) {
      writeFileSync(path, text);
      expect(await verifyFile(place!.redoubt, path, given)).toMatchObject({ ok: false });
    }
  });
});

describe('every file of a scan', () => {
  it.each(formatIds)('%s is genuine as it was written, and refused after one changed byte', async (format) => {
    const path = join(out, fileNameOf(format));
    expect(await verifyFile(place!.redoubt, path, given)).toMatchObject({
      ok: true,
      signed: { statement: { scan_id: row.id } },
    });
    const bytes = readFileSync(path);
    for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      writeFileSync(path, changed);
      expect(await verifyFile(place!.redoubt, path, given)).toMatchObject({
        ok: false,
        reason: expect.stringMatching(/not those/),
      });
    }
    writeFileSync(path, bytes);
  });

  it('is genuine for whoever has the public key, and for no other installation without it', async () => {
    const path = join(out, 'results.jsonl');
    const { publicKey } = await openSigningKey(place!.redoubt.store, place!.redoubt.vault);
    expect(await verifyFile(other!.redoubt, path, { ...given, publicKey })).toMatchObject({ ok: true });
    expect(await verifyFile(other!.redoubt, path, given)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/this key/),
    });
  });

  it('is known to its installation also where the statements are gone; a stranger is not', async () => {
    const folder = newFolder('evidence-alone');
    const [known, stranger] = [join(folder, 'any-name'), join(folder, 'stranger.json')];
    writeFileSync(known, readFileSync(join(out, 'report.html')));
    writeFileSync(stranger, '{}');
    expect(await verifyFile(place!.redoubt, known, given)).toMatchObject({ ok: true });
    expect(await verifyFile(place!.redoubt, stranger, given)).toMatchObject({ ok: false, signed: null });
    rmSync(folder, { recursive: true, force: true });
  });

  it('is refused where the statement was changed with it', async () => {
    const path = join(out, 'evidence.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replaceAll(row.id, `${row.id.slice(0, -1)}${row.id.endsWith('0') ? '1' : '0'}`));
    expect(await verifyFile(other!.redoubt, join(out, 'results.jsonl'), given)).toMatchObject({ ok: false });
    writeFileSync(path, text);
  });
});

describe('a replay', () => {
  it('runs the identical plan: the same tests by the same keys', async () => {
    const { store, vault } = place!.redoubt;
    const again = await replayScan({ store, vault, clock: systemClock }, row, 'test');
    expect(await place!.end(again.id)).toMatchObject({ status: 'Finished' });
    const keys = async (id: string) => (await place!.results(id)).map(({ plan_key }) => plan_key);
    expect(again).toMatchObject({ plan_hash: row.plan_hash, request: row.request });
    expect(await keys(again.id)).toEqual(await keys(row.id));
  });

  it('is a scan on which nobody has worked yet, however often the other was resumed', async () => {
    const { store, vault } = place!.redoubt;
    const again = await replayScan({ store, vault, clock: systemClock }, { ...row, resumes: 3 }, 'test');
    expect(again).toMatchObject({ status: 'Initializing', resumes: 0, owner: null, started_at: null, summary: null });
    await place!.end(again.id);
  });

  it('is refused where this version would run other tests', async () => {
    const { store, vault } = place!.redoubt;
    const older = { ...row, plan_hash: 'of another version' };
    await expect(replayScan({ store, vault, clock: systemClock }, older, 'test')).rejects.toThrow(/other tests/);
  });
});
