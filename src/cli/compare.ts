// `redoubt compare BEFORE AFTER`: two scans held against one another over the tests that both ran.
import Table from 'cli-table3';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { bareId } from '../core/ids.ts';
import { points, withParameters } from '../reports/wording.ts';
import { comparedTests, compareScans, type ScanComparison } from '../scan/compare/compare.ts';
import type { PairedRate, Standing } from '../scan/compare/pairing.ts';
import { type AddCommand, action, print, printJson } from './command.ts';
import { rateText } from './headline.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
}

const MOST_LISTED = 20;
const MOST_IN_JSON = 1_000;

function rateLines(label: string, rate: PairedRate): string[] {
  if (rate.tests === 0) return [];
  const { value, low, high, method, cases } = rate.difference;
  const difference =
    value === null || low === null || high === null
      ? 'not measured: no test was decided in both'
      : `${points(value)} points (95 % interval ${points(low)} to ${points(high)}, ${method}, ${cases} cases), McNemar p = ${rate.p.toPrecision(2)}`;
  return [
    `${label}: ${rate.conclusion}`,
    `  before        ${rateText(rate.before)}`,
    `  after         ${rateText(rate.after)}`,
    `  difference    ${difference}`,
  ];
}

function changesTable({ changes }: ScanComparison): string[] {
  if (changes.length === 0) return ['Nothing differs in the setting.'];
  const table = new Table({ head: ['Changed', 'Before', 'After'], style: { head: [], border: [] }, wordWrap: true });
  const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
  for (const { what, before, after } of changes) table.push([what, short(before), short(after)]);
  return [table.toString()];
}

const sideText = ({ name, scan_id: id, simulated }: ScanComparison['before']): string =>
  `${name} (${id})${simulated ? ', simulated target: nothing about a real model follows' : ''}`;

function comparisonLines(comparison: ScanComparison): string[] {
  const { before, after, rates, doubts, left_out: leftOut } = comparison;
  return [
    `Before          ${sideText(before)}`,
    `After           ${sideText(after)}`,
    `Conclusion      ${comparison.conclusion}`,
    ...doubts.map((doubt) => `  because       ${doubt}`),
    `Tests           ${comparison.tests} in both; ${comparison.only_before} only before, ${comparison.only_after} only after`,
    `                ${comparison.regressed} regressed, ${comparison.fixed} fixed, ${comparison.unchanged} unchanged, ${comparison.newly_inconclusive} newly inconclusive`,
    `                ${comparison.weakened} weakened to partial, ${comparison.strengthened} no longer partial, ${comparison.newly_decided} newly decided, ${comparison.inconclusive_in_both} inconclusive in both`,
    ...leftOut.map(({ dataset, reason }) => `Left out        ${dataset}: ${reason}`),
    ...rateLines('Attack success', rates.attack_success),
    ...rateLines('Attack success of searches', rates.attack_success_search),
    ...rateLines('Over-refusal', rates.over_refusal),
    ...rateLines('Failure rate', rates.failure),
    ...changesTable(comparison),
  ];
}

const listed: readonly Standing[] = ['regressed', 'fixed', 'newly_inconclusive'];

function compare(beforeId: string, afterId: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store, scans }) => {
    const before = await scans.get(DEFAULT_PROJECT, bareId(beforeId), beforeId);
    const after = await scans.get(DEFAULT_PROJECT, bareId(afterId), afterId);
    const comparison = await compareScans(store, before, after);
    const testsOf = async (standing: Standing, limit: number) =>
      (await comparedTests(store, before, after, { standing, after: -1, limit })).tests;
    if (flags.json) {
      const tests = await Promise.all(listed.map(async (each) => [each, await testsOf(each, MOST_IN_JSON)]));
      return printJson({ ...comparison, listed: Object.fromEntries(tests) });
    }
    for (const line of comparisonLines(comparison)) print(line);
    for (const test of await testsOf('regressed', MOST_LISTED))
      print(
        `Regressed       ${test.case_id} under ${withParameters(test.attack_title, test.parameters)}: ${test.before.outcome} before, ${test.after.outcome} now`,
      );
    if (comparison.regressed > MOST_LISTED)
      print(`                and ${comparison.regressed - MOST_LISTED} more: --json`);
  });
}

export const compareCommand: AddCommand = (command) =>
  void withSettings(command)
    .argument('<before>', 'id of the earlier scan')
    .argument('<after>', 'id of the later scan')
    .option('--json', 'print JSON, with up to 1,000 tests of each kind')
    .action(action(compare));
