import { createHash, randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newScan, resultOf, tryRow } from '../../tests/store/rows.ts';
import { createResultWriter } from '../store/results.ts';
import type { ScanRow } from '../store/schema.ts';
import { openStore, type Store } from '../store/store.ts';
import { createVault, placeOfTry, SECRET_KEY_BYTES, type Vault } from '../store/vault.ts';
import { archiveOf, csvOf, htmlOf, madeAt, pdfOf, resultsOf, withHashes } from './artifacts.ts';
import type { ScanSpec } from './spec.ts';
import { type Summary, summarise } from './summarise.ts';

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** The files of a ZIP by its central directory (APPNOTE 4.3.12). */
function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, nameLength] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const name = zip.subarray(at + 46, at + 46 + nameLength).toString();
    files.set(name, inflateRawSync(zip.subarray(start, start + packed)));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

const SECRET = 'words of the target that stay here';
const LONG = 'words that did harm, '.repeat(40);

describe('the files of a scan', () => {
  let store: Store;
  let vault: Vault;
  let row: ScanRow;
  let summary: Summary;

  const spec = {
    target: { kind: 'openai', url: 'http://127.0.0.1:4010/v1', model: 'm', temperature: 0, maxTokens: 1, system: null },
    preset: 'direct',
    seed: 1,
    judge: 'layers',
    judgeModel: false,
    helpers: { attacker: null, judge: null },
    attacks: [{ id: 'direct', label: 'direct', parameters: {} }],
    curated: 1,
    requested: [],
    datasets: [
      {
        datasetId: 'd',
        slug: 'demo',
        title: 'Demo set',
        version: '1',
        sha256: 'aa',
        role: 'case',
        sample: null,
        tests: 3,
        needsJudge: 0,
      },
    ],
    authorisedBy: null,
    labels: {},
  } as unknown as ScanSpec;

  beforeAll(async () => {
    store = await openStore({ path: ':memory:' });
    vault = createVault(randomBytes(SECRET_KEY_BYTES));
    row = await newScan(store, {
      request: JSON.stringify(spec),
      started_at: 1_767_225_600_000,
      ended_at: 1_767_225_660_000,
    });
    const breached = { outcome: 'breached', reason: 'complied', score: 0 } as const;
    const tests = [
      resultOf(row.id, 0),
      resultOf(row.id, 1, breached),
      resultOf(row.id, 2, { ...breached, subcategory: 'CBRN' }),
    ];
    const sealed = (testNo: number, text: string) =>
      tryRow(row.id, testNo, 0, { answer: vault.seal(JSON.stringify({ text }), placeOfTry(row.id, testNo, 0)) });
    const answers = ['No.', LONG, SECRET];
    await createResultWriter(store).write(
      tests.map((test, index) => ({ ...test, tries: [sealed(index, answers[index]!)] })),
    );
    summary = await summarise(store, row, { version: '0.1.0', commit: null });
  });

  afterAll(() => store.close());

  const context = () => ({ store, vault });
  const report = (resultsSha256: string) => pdfOf(context(), row, summary, { resultsSha256, fullAnswers: false });

  it('stand in one archive, whose summary names the hashes of the other two', async () => {
    const archive = archiveOf({
      results: () => resultsOf(context(), row),
      report,
      summary: (hashes) => withHashes(summary, hashes),
      modified: madeAt(row),
    });
    const files = unzip(Buffer.concat(await archive.toArray()));
    expect([...files.keys()]).toEqual(['results.jsonl', 'report.pdf', 'summary.json']);
    const { manifest } = JSON.parse(files.get('summary.json')!.toString()) as Summary;
    expect(manifest.results_sha256).toBe(sha256(files.get('results.jsonl')!));
    expect(manifest.report_sha256).toBe(sha256(files.get('report.pdf')!));
    expect(files.get('report.pdf')).toEqual(await report(manifest.results_sha256 as string));
  });

  it('never carry an answer of a withheld category, in any format', async () => {
    const jsonl = Buffer.concat(await resultsOf(context(), row).stream.toArray()).toString();
    const csv = Buffer.concat(await csvOf(context(), row, true).toArray()).toString();
    const html = await htmlOf(context(), row, summary, { resultsSha256: 'x', fullAnswers: true });
    for (const file of [jsonl, csv, html]) {
      expect(file).not.toContain(SECRET);
      expect(file).toContain(sha256(SECRET));
    }
  });

  it('shorten an answer that did harm, unless all was asked for; results.jsonl carries it whole', async () => {
    const csv = async (full: boolean) => Buffer.concat(await csvOf(context(), row, full).toArray()).toString();
    const html = (fullAnswers: boolean) => htmlOf(context(), row, summary, { resultsSha256: 'x', fullAnswers });
    const jsonl = Buffer.concat(await resultsOf(context(), row).stream.toArray()).toString();
    expect([jsonl, await csv(true), await html(true)].map((file) => file.includes(LONG.trim()))).toEqual([
      true,
      true,
      true,
    ]);
    expect([await csv(false), await html(false)].map((file) => file.includes(LONG.trim()))).toEqual([false, false]);
  });
});
