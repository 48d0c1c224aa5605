// `redoubt findings`: what the scans of the project found, in which state, and what people decide on it.
import Table from 'cli-table3';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import type { Redoubt } from '../compose.ts';
import { systemClock } from '../core/clock.ts';
import { invalidField, unknownValue } from '../core/errors.ts';
import { severities } from '../core/outcome.ts';
import {
  type DescribedFinding,
  decideFinding,
  type FindingChoice,
  findingOrders,
  listFindings,
  reopenFinding,
} from '../scan/findings/findings.ts';
import { findingStates } from '../scan/findings/life.ts';
import type { FindingDecisionRow } from '../store/finding-rows.ts';
import { type AddCommand, action, print, printJson } from './command.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { userName } from './user-name.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
  readonly state?: string;
  readonly severity?: string;
  readonly sort?: string;
  readonly until?: string;
  readonly by?: string;
  readonly reason?: string;
}

const context = ({ store }: Redoubt) => ({ store, clock: systemClock });

function knownOf<Value extends string>(flag: string, asked: string, known: readonly Value[]): Value {
  const value = known.find((each) => each === asked);
  if (value === undefined) throw unknownValue(flag, asked, known);
  return value;
}

const choiceOf = ({ state, severity, sort }: Flags): FindingChoice => ({
  ...(state === undefined ? {} : { states: [knownOf('--state', state, findingStates)] }),
  ...(severity === undefined ? {} : { severities: [knownOf('--severity', severity, severities)] }),
  ...(sort === undefined ? {} : { sort: knownOf('--sort', sort, findingOrders) }),
});

function table(findings: readonly DescribedFinding[]): string {
  const head = ['Id', 'State', 'Severity', 'Case', 'Attacks', 'What it did', 'Last seen'];
  const rows = new Table({ head, style: { head: [], border: [] } });
  for (const { fingerprint, state, severity, case_id, attack_family, behaviour, last_at } of findings)
    rows.push([fingerprint, state, severity, case_id, attack_family, behaviour, last_at.slice(0, 10)]);
  return rows.toString();
}

function list(flags: Flags): Promise<void> {
  return withRedoubt(flags, async (redoubt) => {
    const found = await listFindings(context(redoubt), DEFAULT_PROJECT, choiceOf(flags));
    if (flags.json) return printJson(found);
    print(found.length === 0 ? 'No finding.' : table(found));
  });
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The end of a day in UTC, in milliseconds. */
function untilOf(written: string | undefined): number | null {
  if (written === undefined) return null;
  const end = DAY.test(written) ? Date.parse(`${written}T23:59:59.999Z`) : Number.NaN;
  if (Number.isNaN(end)) throw invalidField('--until', 'write a day as 2027-03-31.');
  return end;
}

const decide =
  (kind: FindingDecisionRow['kind']) =>
  (fingerprint: string, flags: Flags): Promise<void> =>
    withRedoubt(flags, async (redoubt) => {
      const reason = flags.reason?.trim() ?? '';
      if (reason === '') throw invalidField('--reason', 'say why.');
      const decision = { kind, reason, by: flags.by ?? userName(), until: untilOf(flags.until) };
      const finding = await decideFinding(context(redoubt), DEFAULT_PROJECT, fingerprint, decision);
      if (flags.json) return printJson(finding);
      print(`${fingerprint} (${finding.case_id}) is now ${finding.state.replace('_', ' ')}.`);
    });

function reopen(fingerprint: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async (redoubt) => {
    const finding = await reopenFinding(context(redoubt), DEFAULT_PROJECT, fingerprint, flags.by ?? userName());
    if (flags.json) return printJson(finding);
    print(`${fingerprint} (${finding.case_id}) is now ${finding.state}.`);
  });
}

export const findingsCommand: AddCommand = (group) => {
  const add = (usage: string, description: string) =>
    withSettings(group.command(usage).description(description)).option('--json', 'print JSON');
  add('list', 'findings, the latest first')
    .option('--state <state>', findingStates.join(' | '))
    .option('--severity <severity>', severities.join(' | '))
    .option('--sort <order>', `${findingOrders.join(' | ')}: the gravest first`)
    .action(action(list));
  add('accept <id>', 'live with a finding until a day')
    .requiredOption('--reason <text>', 'why')
    .option('--until <day>', 'the last day, e.g. 2027-03-31; default: for good')
    .option('--by <name>', 'who decides; default: the user of this machine')
    .action(action(decide('accepted')));
  add('false-positive <id>', 'the finding is none: the verdict is wrong')
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who decides; default: the user of this machine')
    .action(action(decide('false_positive')));
  add('reopen <id>', 'take a decision back').option('--by <name>', 'who decides').action(action(reopen));
};
