// `redoubt demo`: the simulated target, one scan of it, its results: a first look without any model.
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { openRedoubt } from '../compose.ts';
import { builtInTitles } from '../scan/datasets/index.ts';
import { DEFAULT_SEED } from '../scan/spec.ts';
import { startSimulatedTarget } from '../simulated/start-simulated-target.ts';
import { modelName } from '../simulated/target-options.ts';
import { type AddCommand, action, exitCodes, note, print, printJson } from './command.ts';
import { exportFiles } from './export-files.ts';
import { DEFAULT_FORMATS, parseFormats } from './formats.ts';
import { headlineFor } from './headline.ts';
import { openOutFolder } from './out-folder.ts';
import { runHere } from './run-here.ts';
import { type SettingsFlags, settingsOf, withSettings } from './settings-options.ts';

const PROFILE = 'average';
const LATENCY_MS = 20;

interface Flags extends SettingsFlags {
  readonly out: string;
  readonly json?: boolean;
}

async function demo(flags: Flags): Promise<void> {
  openOutFolder(flags.out);
  const target = await startSimulatedTarget({ profile: PROFILE, latencyMs: LATENCY_MS, jitterMs: LATENCY_MS / 2 });
  const redoubt = await openRedoubt(settingsOf(flags));
  try {
    note(`The simulated target stands in for a model at ${target.url}: what follows says nothing about any real one.`);
    const row = await redoubt.scans.start({
      projectId: DEFAULT_PROJECT,
      createdBy: 'demo',
      name: null,
      kind: 'scan',
      target: {
        kind: 'openai',
        url: target.url,
        model: modelName(PROFILE),
        temperature: 0.7,
        maxTokens: 2048,
        system: null,
        timeoutMs: 60_000,
        concurrency: 8,
        qpm: null,
      },
      secrets: { apiKey: 'demo', headers: {}, targetFile: null },
      datasets: builtInTitles().map((name) => ({ name, field: 'datasets' })),
      // A first look is to be there within a minute; the preset standard has fifteen times as many tests.
      preset: 'quick',
      attacks: [],
      onlyAttacks: false,
      seed: DEFAULT_SEED,
      limit: null,
      twins: null,
      judge: true,
      authorisedBy: null,
      labels: {},
    });
    const progress = await runHere(redoubt, DEFAULT_PROJECT, row.id);
    if (progress.status !== 'Finished') {
      note(`The demo scan is ${progress.status}. ${progress.reason ?? ''}`);
      process.exitCode = exitCodes.failed;
      return;
    }
    const summary = await redoubt.scans.summary(DEFAULT_PROJECT, row.id, 'summary');
    if (flags.json) printJson(summary);
    else print(await headlineFor(redoubt, summary));
    const finished = await redoubt.scans.get(DEFAULT_PROJECT, row.id);
    const scan = { redoubt, row: finished, summary, fullAnswers: false };
    const paths = await exportFiles(scan, flags.out, parseFormats(DEFAULT_FORMATS));
    for (const path of paths) note(`Wrote ${path}`);
    const report = paths.find((path) => path.endsWith('.pdf'));
    if (report !== undefined) (flags.json ? note : print)(`The report: ${report}`);
  } finally {
    await redoubt.close();
    await target.close();
  }
}

export const demoCommand: AddCommand = (command) =>
  void withSettings(command)
    .option('--out <dir>', 'where to leave the files', 'redoubt-demo')
    .option('--json', 'print the summary as JSON')
    .action(action(demo));
