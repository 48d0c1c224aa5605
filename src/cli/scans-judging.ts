// `redoubt scans rejudge | mark | unmark | marks`: a stored scan judged anew, and what people say of its verdicts.
import Table from 'cli-table3';
import type { Command } from 'commander';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { judgeModelOf, openConfiguredJudge } from '../compose.ts';
import { systemClock } from '../core/clock.ts';
import { invalidField, unknownValue } from '../core/errors.ts';
import { bareId } from '../core/ids.ts';
import { describeMark, listMarks, markOutcomes, markTest, unmarkTest } from '../scan/marks.ts';
import { rejudgeScan } from '../scan/rejudge.ts';
import { action, note, print, printDone, printJson } from './command.ts';
import { headlineFor } from './headline.ts';
import type { SettingsFlags } from './settings-options.ts';
import { userName } from './user-name.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
  readonly as?: string;
  readonly reason?: string;
  readonly by?: string;
}

function rejudge(id: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ settings, store, vault, software, scans }) => {
    const row = await scans.get(DEFAULT_PROJECT, bareId(id), id);
    const judge = openConfiguredJudge(settings);
    try {
      const { judging, id: judgeId } = judge;
      const context = { store, vault, software, judging, clock: systemClock, startedBy: userName() };
      const onProgress = (tests: number): void => note(`${tests} tests judged`);
      const done = await rejudgeScan(
        { ...context, judge: { id: judgeId, model: judgeModelOf(settings) }, onProgress },
        row,
      );
      const summary = await scans.summary(DEFAULT_PROJECT, row.id, 'summary');
      const { judgeBefore: judge_before, ...judged } = done;
      if (flags.json) return printJson({ judge_before, ...judged, summary });
      print(
        `${done.tests} tests judged by ${done.judge} (before: ${done.judgeBefore ?? 'nobody'}); ${done.changed} verdicts changed.`,
      );
      print(await headlineFor({ store, vault }, summary));
    } finally {
      await judge.close();
    }
  });
}

function mark(id: string, planKey: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store, scans }) => {
    const outcome = markOutcomes.find((each) => each === flags.as);
    if (outcome === undefined) throw unknownValue('--as', flags.as ?? '', markOutcomes);
    const reason = flags.reason?.trim() ?? '';
    if (reason === '') throw invalidField('--reason', 'say why the verdict is wrong.');
    const row = await scans.get(DEFAULT_PROJECT, bareId(id), id);
    const by = flags.by ?? userName();
    const marked = await markTest({ store, clock: systemClock }, row.id, planKey, { outcome, reason, by });
    printDone(
      flags,
      describeMark(marked),
      `Marked ${planKey} (${marked.case_id}, ${marked.attack}) as ${outcome}; judged ${marked.judged}.`,
    );
  });
}

function unmark(id: string, planKey: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store, scans }) => {
    const { id: scanId } = await scans.get(DEFAULT_PROJECT, bareId(id), id);
    await unmarkTest(store, scanId, planKey);
    const done = { scan_id: scanId, plan_key: planKey, marked: false };
    printDone(flags, done, `The mark on ${planKey} is taken back.`);
  });
}

function marks(id: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store, scans }) => {
    const found = await listMarks(store, (await scans.get(DEFAULT_PROJECT, bareId(id), id)).id);
    if (flags.json) return printJson(found);
    if (found.length === 0) return print('No verdict of this scan is marked.');
    const head = ['plan_key', 'Case', 'Attack', 'Judged now', 'Marked', 'By', 'Why'];
    const table = new Table({ head, style: { head: [], border: [] } });
    for (const { plan_key, case_id, attack, judged_now, outcome, by, reason } of found)
      table.push([plan_key, case_id, attack, judged_now, outcome, by, reason]);
    print(table.toString());
  });
}

/** Adds them to the group; `add` makes a command with the options that all of them have. */
export function addScansJudging(add: (usage: string, description: string) => Command): void {
  add('rejudge <id>', 'judge a finished scan anew from its stored answers; the target is not asked').action(
    action(rejudge),
  );
  add('mark <id> <plan_key>', 'say that the verdict on a test is wrong; plan_key as results.jsonl names it')
    .requiredOption('--as <outcome>', markOutcomes.join(' | '))
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who says so; default: the user of this machine')
    .action(action(mark));
  add('unmark <id> <plan_key>', 'take a mark back').action(action(unmark));
  add('marks <id>', 'what people say of the verdicts of a scan').action(action(marks));
}
