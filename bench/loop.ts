// The whole loop, measured: npm run bench:loop [-- --profiles naive,average,hardened --preset standard --limit N --fpr 0.005]
// Hardening is drafted from half of the attack families and half of the datasets, and proven on the other halves, which
// share neither family nor dataset with them; false positives on benign twins and harmless texts kept for the proof.
// The simulated target shows that the loop does what it says. Nothing about a real model follows from it.
// --scan DIR:ID takes a finished scan of another data folder (e.g. of bench:real-target) in place of a new one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_PROJECT } from '../src/access/keys.ts';
import { openGuard, openRedoubt, type Redoubt, startWorker } from '../src/compose.ts';
import { readSettings } from '../src/config.ts';
import type { HardenTest } from '../src/core/hardening.ts';
import { isActive } from '../src/core/scan-status.ts';
import type { Hardened } from '../src/guard/hardening/hardening.ts';
import { lot, type Split } from '../src/guard/hardening/texts.ts';
import { builtInTitles } from '../src/scan/datasets/index.ts';
import { hardenSource } from '../src/scan/hardening-source.ts';
import { type PresetId, presetIds } from '../src/scan/presets.ts';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import { modelName, type Profile, profiles } from '../src/simulated/target-options.ts';
import type { ScanRow } from '../src/store/schema.ts';
import { writeResult } from './machine.ts';

const { values: flags } = parseArgs({
  options: {
    profiles: { type: 'string', default: 'naive,average,hardened' },
    preset: { type: 'string', default: 'standard' },
    limit: { type: 'string' },
    fpr: { type: 'string', default: '0.005' },
    scan: { type: 'string', multiple: true, default: [] },
  },
});

const preset: PresetId = presetIds.find((id) => id === flags.preset) ?? 'standard';
const limit = flags.limit === undefined ? null : Number(flags.limit);
const falsePositives = Number(flags.fpr);

/** Names in the order of a lot, so that every second one is half of them whatever they are. */
const half = (names: readonly string[]): ReadonlySet<string> =>
  new Set([...names].sort((a, b) => lot('half', a) - lot('half', b)).filter((_name, index) => index % 2 === 0));

/** Drafted from one half of families and datasets, proven on the other halves of both. */
function halves(tests: readonly HardenTest[]): { split: Split; families: string[]; datasets: string[] } {
  const families = half([...new Set(tests.map(({ family }) => family))]);
  const datasets = half([...new Set(tests.map(({ dataset }) => dataset))]);
  const split: Split = (test) => {
    const [ownFamily, ownDataset] = [families.has(test.family), datasets.has(test.dataset)];
    if (ownFamily !== ownDataset) return null;
    if (!ownFamily) return 'proof';
    return lot('case', test.dataset, test.caseId) % 3 === 0 ? 'choose' : 'fit';
  };
  return { split, families: [...families].sort(), datasets: [...datasets].sort() };
}

async function scanOf(redoubt: Redoubt, profile: Profile, url: string): Promise<ScanRow> {
  const target = {
    kind: 'openai',
    url,
    model: modelName(profile),
    temperature: 0,
    maxTokens: 512,
    system: null,
  } as const;
  const pace = { timeoutMs: 60_000, concurrency: 16, qpm: null };
  const row = await redoubt.scans.start({
    ...{ projectId: DEFAULT_PROJECT, createdBy: 'bench:loop', name: null, kind: 'scan', preset, limit },
    target: { ...target, ...pace },
    secrets: { apiKey: 'bench', headers: {}, targetFile: null },
    datasets: builtInTitles().map((name) => ({ name, field: 'datasets' })),
    ...{ attacks: [], onlyAttacks: false, seed: 1, twins: null, judge: true, authorisedBy: null, labels: {} },
  });
  const worker = await startWorker(redoubt.settings, { only: row.id, onError: (error) => console.error(error) });
  try {
    for (;;) {
      const { status, reason } = await redoubt.scans.progress(DEFAULT_PROJECT, row.id);
      if (status === 'Finished') return await redoubt.scans.get(DEFAULT_PROJECT, row.id);
      if (!isActive(status)) throw new Error(`the scan is ${status}: ${reason}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    await worker.stop();
  }
}

interface Row extends Omit<Hardened, 'candidates'> {
  readonly target: string;
  readonly tests: number;
  readonly families: readonly string[];
  readonly datasets: readonly string[];
  readonly seconds: { readonly scan: number; readonly harden: number };
  readonly candidates: readonly unknown[];
}

const seconds = (since: number): number => Number(((performance.now() - since) / 1000).toFixed(1));
const percent = (share: number | null): string => (share === null ? '-' : `${(share * 100).toFixed(1)} %`);

async function hardened(redoubt: Redoubt, row: ScanRow, target: string, scanSeconds: number): Promise<Row> {
  const guard = await openGuard(redoubt, (error) => console.error(error));
  const begun = performance.now();
  const source = await hardenSource({ store: redoubt.store, vault: redoubt.vault, policies: [] }, row);
  const tests: HardenTest[] = [];
  for await (const test of source.tests()) if (test.role === 'case') tests.push({ ...test, messages: [] });
  const { split, families, datasets } = halves(tests);
  const options = {
    falsePositives,
    by: 'bench:loop',
    benign: null,
    own: null,
    promote: false,
    split,
    population: 'all',
  } as const;
  const { candidates, ...rest } = await guard.hardening.harden(source, options);
  await guard.close();
  console.log(
    `\n${target}: ${tests.length} tests; drafted from ${families.join(', ')} and ${datasets.length} datasets`,
  );
  if (candidates.length === 0) console.log('  no candidate: too few breaches have anything in common');
  for (const each of candidates) {
    const { kind, group, held_out_n: n, attack_success_before: before, attack_success_after: after, reason } = each;
    const rates = `${percent(before)} -> ${percent(after)} of ${n}`;
    const harmless = `${each.false_positives.examples.length === 0 ? 'none' : percent(each.false_positive_rate)} of ${each.harmless_n} harmless`;
    console.log(
      `  ${kind.padEnd(9)} ${`${group.by} ${group.name}`.slice(0, 40).padEnd(40)} ${rates}; ${harmless}; ${reason}`,
    );
  }
  const shown = candidates.map(({ policy: _, asked_by: askedBy, ...each }) => ({
    ...each,
    asked_by_n: askedBy.length,
  }));
  return {
    ...rest,
    target,
    tests: tests.length,
    families,
    datasets,
    seconds: { scan: scanSeconds, harden: seconds(begun) },
    candidates: shown,
  };
}

async function ofProfile(profile: Profile): Promise<Row> {
  const data = mkdtempSync(join(tmpdir(), 'redoubt-loop-'));
  const redoubt = await openRedoubt(readSettings({ data }));
  const target = await startSimulatedTarget({ profile, seed: 1 });
  try {
    const begun = performance.now();
    const row = await scanOf(redoubt, profile, target.url);
    return await hardened(redoubt, row, modelName(profile), seconds(begun));
  } finally {
    await target.close();
    await redoubt.close();
    rmSync(data, { recursive: true, force: true });
  }
}

const idIn = (named: string): string => named.slice(named.lastIndexOf(':') + 1);

async function ofScan(named: string): Promise<Row> {
  const redoubt = await openRedoubt(readSettings({ data: named.slice(0, named.lastIndexOf(':')) }));
  try {
    const row = await redoubt.scans.get(DEFAULT_PROJECT, idIn(named));
    return await hardened(redoubt, row, JSON.parse(row.request).target.model as string, 0);
  } finally {
    await redoubt.close();
  }
}

const rows: Row[] = [];
for (const profile of profiles.filter((each) => flags.profiles.split(',').includes(each)))
  rows.push(await ofProfile(profile));
for (const named of flags.scan) rows.push(await ofScan(named));
console.log(`Wrote ${writeResult('loop', { settings: { ...flags, scan: flags.scan.map(idIn) }, targets: rows })}`);
