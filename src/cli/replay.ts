// `redoubt replay SCAN`: runs the identical plan again against the same target, as a new scan, and leaves its files.
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { systemClock } from '../core/clock.ts';
import { bareId } from '../core/ids.ts';
import { obstacleBetween } from '../scan/compare/setting.ts';
import { replayScan } from '../scan/replay.ts';
import { specOf } from '../scan/spec.ts';
import type { ScanRow } from '../store/schema.ts';
import { type AddCommand, action, exitCodes, note, print, printJson } from './command.ts';
import { exportFiles } from './export-files.ts';
import { parseFormats } from './formats.ts';
import { headlineFor } from './headline.ts';
import { openOutFolder } from './out-folder.ts';
import { runHere } from './run-here.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
  readonly out?: string;
  readonly formats: string;
}

/** How the two can be held against one another; or why not yet, or not at all. */
function howToCompare(before: ScanRow, after: ScanRow): string {
  const compare = `redoubt compare ${before.id} ${after.id}`;
  if (before.status !== 'Finished')
    return `The scan ${before.id} is ${before.status}. Once it has finished, hold the two against one another with: ${compare}`;
  const obstacle = obstacleBetween(specOf(before), specOf(after));
  if (obstacle !== null) return `The two cannot be held against one another: ${obstacle}`;
  return `Hold the two against one another with: ${compare}`;
}

function replay(id: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async (redoubt) => {
    const formats = parseFormats(flags.formats);
    const { store, vault, scans } = redoubt;
    if (flags.out !== undefined) openOutFolder(flags.out);
    const row = await scans.get(DEFAULT_PROJECT, bareId(id), id);
    const again = await replayScan({ store, vault, clock: systemClock }, row, 'command line');
    note(`Replaying ${row.id} as ${again.id}: plan ${row.plan_hash.slice(0, 16)}, ${row.planned} tests.`);
    const progress = await runHere(redoubt, DEFAULT_PROJECT, again.id);
    if (progress.status !== 'Finished') {
      note(`The scan ${again.id} is ${progress.status}. ${progress.reason ?? ''}`);
      process.exitCode = exitCodes.failed;
      return;
    }
    const summary = await scans.summary(DEFAULT_PROJECT, again.id, 'summary');
    if (flags.json) printJson(summary);
    else print(await headlineFor(redoubt, summary));
    if (flags.out !== undefined) {
      const finished = await scans.get(DEFAULT_PROJECT, again.id);
      const paths = await exportFiles({ redoubt, row: finished, summary, fullAnswers: false }, flags.out, formats);
      for (const path of paths) note(`Wrote ${path}`);
    }
    note(howToCompare(await scans.get(DEFAULT_PROJECT, row.id), await scans.get(DEFAULT_PROJECT, again.id)));
  });
}

export const replayCommand: AddCommand = (command) =>
  void withSettings(command)
    .argument('<scan>', 'id of a scan')
    .option('--out <dir>', 'where to leave files; left out: none')
    .option('--formats <list>', 'files to leave', 'jsonl,json')
    .option('--json', 'print the summary as JSON')
    .action(action(replay));
