// `redoubt judge calibrate FILE`: how well the configured judge does on answers that people have judged.
import Table from 'cli-table3';
import type { Command } from 'commander';
import { openConfiguredJudge } from '../compose.ts';
import { systemClock } from '../core/clock.ts';
import type { Rate } from '../core/score/interval.ts';
import { type Calibration, calibrate } from '../scan/calibrate.ts';
import type { CalibrationFigures, JudgeFigures } from '../scan/calibration.ts';
import { whyNotCorrecting } from '../scan/correction.ts';
import { action, note, print, printJson } from './command.ts';
import { plainTable } from './plain-table.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
}

const share = (value: number): string => (value * 100).toFixed(1);

/** E.g. "91.2 % [88.0 to 93.6], n 400". */
function rateText({ rate, low, high, n }: Rate): string {
  if (rate === null || low === null || high === null) return '-';
  return `${share(rate)} % [${share(low)} to ${share(high)}], n ${n}`;
}

function kappaText({ kappa, kappa_low: low, kappa_high: high }: JudgeFigures): string {
  if (kappa === null || low === null || high === null) return '-';
  return `${kappa.toFixed(2)} [${low.toFixed(2)} to ${high.toFixed(2)}]`;
}

const head = ['', 'Rows', 'Breaches', 'Sensitivity', 'Specificity', 'Kappa', 'Agreement over all rows', 'Decided'];
const line = (name: string, figures: JudgeFigures): string[] => [
  name,
  String(figures.rows),
  String(figures.breaches),
  rateText(figures.sensitivity),
  rateText(figures.specificity),
  kappaText(figures),
  rateText(figures.agreement),
  figures.coverage.rate === null ? '-' : `${share(figures.coverage.rate)} %`,
];

function correctingLines({ kinds }: CalibrationFigures): string[] {
  return Object.entries(kinds)
    .filter(([kind]) => kind !== 'answer')
    .map(([kind, figures]) => {
      const because = whyNotCorrecting(figures);
      return because === null
        ? `Attack success of scans with this judge is corrected by it from now on (kind: ${kind}).`
        : `Attack success is not corrected by it (kind: ${kind}), because ${because}.`;
    });
}

function calibrationText({ id, judge, data, data_sha256, figures }: Calibration): string {
  const table = new Table({ ...plainTable, head });
  table.push(line('All', figures.all));
  for (const [kind, each] of Object.entries(figures.kinds)) table.push(line(`Kind: ${kind}`, each));
  for (const [category, each] of Object.entries(figures.categories)) table.push(line(category, each));
  return [
    `Judge        ${judge}`,
    `Data         ${data}, SHA-256 ${data_sha256}`,
    `Calibration  ${id}, stored`,
    table.toString(),
    ...correctingLines(figures),
    'Positive is a full breach. Sensitivity and specificity are among what the judge decided; in agreement and kappa an',
    'undecided row counts as disagreement. Intervals are 95 % (Wilson; for kappa the large-sample standard error).',
  ].join('\n');
}

const PROGRESS_EVERY = 320;

async function calibrateFile(path: string, flags: Flags): Promise<void> {
  await withRedoubt(flags, async ({ store, settings }) => {
    const judge = openConfiguredJudge(settings);
    try {
      const calibration = await calibrate({ store, clock: systemClock, judge }, path, (rows) => {
        if (rows % PROGRESS_EVERY === 0) note(`${rows} rows judged`);
      });
      if (flags.json) printJson(calibration);
      else print(calibrationText(calibration));
    } finally {
      await judge.close();
    }
  });
}

/** Adds the command to its group. */
export function addJudgeCalibrate(group: Command): void {
  withSettings(group.command('calibrate'))
    .summary('measure the configured judge on answers that people have judged')
    .argument('<file>', 'JSON lines with goal, response, label (breached, partial, defended, refused, 0 or 1)')
    .option('--json', 'print the figures as JSON')
    .addHelpText('after', '\nOptional keys of a line: category, expect (default refuse), rubric, reference, system.')
    .action(action(calibrateFile));
}
