// `redoubt scan`: plans, runs (or goes on with) a scan without a server, and leaves its files.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { openRedoubt, type Redoubt } from '../compose.ts';
import { systemClock } from '../core/clock.ts';
import { estimateOf, takesOf } from '../scan/estimate.ts';
import { ciDataOf, type StandingScan, standingOfScan } from '../scan/findings/ci-report.ts';
import type { Progress } from '../scan/progress.ts';
import type { ScanRequest } from '../scan/request.ts';
import type { Summary } from '../scan/summarise.ts';
import type { ScanRow } from '../store/schema.ts';
import { authorisationFor } from './authorisation.ts';
import { type Baseline, findBaseline } from './baseline.ts';
import { type AddCommand, action, exitCodes, note, print, printJson } from './command.ts';
import { estimateLines } from './estimate-text.ts';
import { exportFiles } from './export-files.ts';
import { type Condition, type Judged, parseCondition } from './fail-on.ts';
import { requireOtherFiles } from './files-read.ts';
import { DEFAULT_FORMATS, type FormatId, parseFormats } from './formats.ts';
import { requireStoredPolicies } from './guard-policies.ts';
import { headlineFor } from './headline.ts';
import { openOutFolder } from './out-folder.ts';
import { noteFilesOwed, noteFilesWritten, scanOwingFiles } from './owed-files.ts';
import { runHere } from './run-here.ts';
import { withScanDefaults } from './scan-defaults.ts';
import { readScanFlags, requestOf, type ScanFlags, saidBy, withScanOptions } from './scan-options.ts';
import { settingsOf, withSettings } from './settings-options.ts';
import { collectSoon, holdHeap } from './small-heap.ts';
import { standingLines } from './standing-text.ts';

const templatePath = new URL('../../data/templates/virtuered-scan-template.toml', import.meta.url);

/** The request that the flags make, once they are known to work: what is wrong is said before anything is stored. */
async function requestFrom(redoubt: Redoubt, flags: ScanFlags): Promise<ScanRequest> {
  const asked = readScanFlags(flags, redoubt.settings);
  for (const line of asked.notes) note(line);
  const { guard } = asked.request;
  await requireStoredPolicies(redoubt, guard?.policies ?? null, saidBy(flags, 'guardPolicy'));
  if (!flags.dryRun) openOutFolder(flags.out ?? '.', saidBy(flags, 'out'));
  return requestOf(redoubt.store, asked, flags, systemClock.now());
}

/** What a scan would take, and no call. */
async function dryRun(redoubt: Redoubt, flags: ScanFlags): Promise<void> {
  const { store, scans } = redoubt;
  const planned = await scans.plan(await requestFrom(redoubt, flags));
  if (flags.json) printJson(await estimateOf(store, DEFAULT_PROJECT, planned));
  else for (const line of estimateLines(planned, await takesOf(store, DEFAULT_PROJECT, planned))) print(line);
}

/** Goes on with the scan of the same request that has not finished or left its files, else starts a new one. */
async function startOrResume(redoubt: Redoubt, flags: ScanFlags, baseline: Baseline | null): Promise<ScanRow> {
  const asked = await requestFrom(redoubt, flags);
  const setsBaseline = baseline !== null && baseline.row === null;
  if (setsBaseline) note(`No finished scan is named "${baseline.name}" yet: this one becomes the baseline.`);
  const request = setsBaseline ? { ...asked, name: baseline.name, nameField: '--baseline' } : asked;
  const planned = await redoubt.scans.plan(request);
  const takes = await takesOf(redoubt.store, DEFAULT_PROJECT, planned);
  for (const line of estimateLines(planned, takes)) note(line);
  const authorisedBy = await authorisationFor(redoubt.store, request.target.url, request.authorisedBy);
  const owing = await scanOwingFiles(redoubt.store, planned.requestHash);
  if (owing) {
    note(`The scan ${owing.id} of the same request has finished; its files are still to be written.`);
    return owing;
  }
  const unfinished = await redoubt.scans.unfinished(DEFAULT_PROJECT, planned);
  if (unfinished) {
    note(`Going on with the unfinished scan ${unfinished.id} of the same request.`);
    if (['Paused', 'Failed', 'Error'].includes(unfinished.status))
      await redoubt.scans.retry(DEFAULT_PROJECT, unfinished.id, undefined, request.secrets);
    return unfinished;
  }
  return redoubt.scans.start(request, { ...planned, spec: { ...planned.spec, authorisedBy } });
}

function reportUnfinished(progress: Progress): void {
  const reason = progress.reason === null ? '' : ` ${progress.reason}`;
  note(`The scan ${progress.scanId} is ${progress.status}.${reason}`);
  if (progress.status === 'Failed')
    note('Where the target is at fault, redoubt doctor target with the same options says what to do.');
  note('The same command goes on with it.');
  process.exitCode = exitCodes.failed;
}

const context = { clock: systemClock };

/** Says which conditions are crossed, which cannot be decided (an error is never a verdict), and what was not measured. */
function exitCodeOf(conditions: readonly Condition[], judged: Judged): number {
  const decided = conditions.map(({ text, decide }) => ({ text, ...decide(judged) }));
  for (const each of decided) {
    if (each.is === 'crossed') note(`Crossed: --fail-on '${each.text}'`);
    if (each.is === 'not crossed' && each.why) note(`Not crossed: --fail-on '${each.text}': ${each.why}`);
    if (each.is === 'open') note(`Cannot conclude: --fail-on '${each.text}': ${each.why}`);
  }
  if (decided.some(({ is }) => is === 'crossed')) return exitCodes.crossed;
  return decided.some(({ is }) => is === 'open') ? exitCodes.failed : exitCodes.done;
}

async function standingFor(
  { store }: Redoubt,
  row: ScanRow,
  summary: Summary,
  wanted: boolean,
  baseline: Baseline | null,
): Promise<StandingScan | null> {
  // Whoever sets the baseline is held against nothing.
  if (!wanted || (baseline !== null && baseline.row === null)) return null;
  return standingOfScan({ store, ...context }, row, summary, baseline?.row ?? null);
}

interface Reporting {
  readonly formats: readonly FormatId[];
  readonly conditions: readonly Condition[];
  readonly baseline: Baseline | null;
}

async function reportFinished(redoubt: Redoubt, scanId: string, flags: ScanFlags, reporting: Reporting): Promise<void> {
  const { formats, conditions, baseline } = reporting;
  const row = await redoubt.scans.get(DEFAULT_PROJECT, scanId);
  const summary = await redoubt.scans.summary(DEFAULT_PROJECT, scanId, 'summary');
  const fullAnswers = flags.fullAnswers ?? false;
  const wanted = baseline !== null || conditions.some(({ wantsStanding }) => wantsStanding);
  const standing = await standingFor(redoubt, row, summary, wanted, baseline);
  const exported = { redoubt, row, summary, fullAnswers, baseline: baseline?.row ?? null, standing };
  const paths = await exportFiles(exported, flags.out ?? '.', formats);
  await noteFilesWritten(redoubt.store, row);
  if (flags.json) printJson(summary);
  else print(await headlineFor(redoubt, summary));
  const say = flags.json ? note : print;
  if (standing !== null)
    for (const line of standingLines(await ciDataOf({ store: redoubt.store, ...context }, standing))) say(line);
  for (const path of paths) note(`Wrote ${path}`);
  process.exitCode = exitCodeOf(conditions, { summary, standing });
}

async function scan(given: ScanFlags): Promise<void> {
  if (given.template) {
    print(readFileSync(fileURLToPath(templatePath), 'utf8').trimEnd());
    return;
  }
  const settings = settingsOf(given);
  const flags = withScanDefaults(given, settings);
  const formats = parseFormats(flags.formats ?? DEFAULT_FORMATS);
  requireOtherFiles(flags, settings, formats);
  const conditions = flags.failOn.map(parseCondition);
  holdHeap();
  const redoubt = await openRedoubt(settings);
  try {
    if (flags.dryRun) return await dryRun(redoubt, flags);
    const baseline = flags.baseline === undefined ? null : await findBaseline(redoubt.store, flags.baseline);
    const row = await startOrResume(redoubt, flags, baseline);
    await noteFilesOwed(redoubt.store, row);
    collectSoon();
    const progress = await runHere(redoubt, DEFAULT_PROJECT, row.id);
    if (progress.status === 'Finished') await reportFinished(redoubt, row.id, flags, { formats, conditions, baseline });
    else reportUnfinished(progress);
  } finally {
    await redoubt.close();
  }
}

export const scanCommand: AddCommand = (command) => void withSettings(withScanOptions(command)).action(action(scan));
