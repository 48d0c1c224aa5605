// `redoubt harden SCAN`: drafts policies from what a scan found, proves them, promotes what stands; --watch looks again.
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { openGuard, type Redoubt } from '../compose.ts';
import { systemClock } from '../core/clock.ts';
import { invalidField } from '../core/errors.ts';
import { bareId } from '../core/ids.ts';
import type { Guard } from '../guard/guard.ts';
import type { Described } from '../guard/hardening/describe.ts';
import { DEFAULT_FALSE_POSITIVES, type Hardened, type HardenOptions } from '../guard/hardening/hardening.ts';
import type { Watched } from '../guard/hardening/watch.ts';
import { heldPolicies } from '../guard/held-policies.ts';
import { policyInText } from '../guard/policy-files.ts';
import { percent } from '../reports/wording.ts';
import { readGivenFile, requireReadable } from '../scan/given-file.ts';
import { hardenSource } from '../scan/hardening-source.ts';
import { latestFinishedScans } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import { type AddCommand, action, note, noteError, numberOption, print, printDone, printJson } from './command.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { untilSignal } from './until-signal.ts';
import { userName } from './user-name.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
  readonly fpr: number;
  readonly benign?: string;
  readonly policy?: string;
  readonly draft?: boolean;
  readonly watch?: boolean;
  readonly once?: boolean;
  readonly every: number;
  readonly rollBack?: string;
  readonly by?: string;
}

const shareText = (share: number | null): string => (share === null ? '-' : percent(share));
const between = (interval: readonly [number, number] | null): string =>
  interval === null ? 'no interval' : `95 % interval ${shareText(interval[0])} to ${shareText(interval[1])}`;

function candidateLines(each: Described): string[] {
  const { group, intervals, slices } = each;
  // Nothing was grouped for a policy that somebody wrote by hand.
  const madeFrom = each.kind === 'own' ? '' : ` (${group.by}: ${group.name}, ${group.breaches} breaches)`;
  return [
    `${each.promoted ? 'Promoted' : 'Draft'}: ${each.policy_id}${madeFrom}`,
    `  change          ${each.change}`,
    `  attack success  ${shareText(each.attack_success_before)} before (${between(intervals.before)}), ${shareText(each.attack_success_after)} after (${between(intervals.after)}); ${each.held_out_n} held-out tests of ${each.held_out_cases} cases, p = ${each.p_holm.toPrecision(2)} after Holm`,
    `  harmless        ${shareText(each.false_positive_rate)} of ${each.harmless_n} stopped (${between(intervals.false_positive_rate)})`,
    `  other attacks   ${shareText(slices.other_attacks.attack_success_before)} before, ${shareText(slices.other_attacks.attack_success_after)} after (n = ${slices.other_attacks.n}); other languages ${shareText(slices.other_languages.attack_success_before)}, ${shareText(slices.other_languages.attack_success_after)} (n = ${slices.other_languages.n}); mutations ${shareText(slices.mutations.stopped)} of ${slices.mutations.n} stopped`,
    ...(each.reason === null ? [] : [`  not promoted    ${each.reason}`]),
    ...each.false_positives.examples.map((text) => `  stopped falsely ${text}`),
  ];
}

function show({ doubts, candidates, simulated, why_none: whyNone }: Hardened): void {
  for (const doubt of doubts) print(`Cannot conclude: ${doubt}`);
  if (simulated) print('The target is simulated: nothing about a real model follows from what follows.');
  if (whyNone !== null) print(`No candidate: ${whyNone}`);
  for (const candidate of candidates) for (const line of candidateLines(candidate)) print(line);
}

async function withGuard(flags: Flags, use: (redoubt: Redoubt, guard: Guard) => Promise<void>): Promise<void> {
  await withRedoubt(flags, async (redoubt) => {
    const guard = await openGuard(redoubt, noteError);
    await use(redoubt, guard).finally(() => guard.close());
  });
}

async function sourceOf({ store, vault }: Redoubt, guard: Guard, row: ScanRow) {
  const policies = heldPolicies(await guard.policies.all(DEFAULT_PROJECT));
  return hardenSource({ store, vault, policies }, row);
}

function benignFile({ benign }: Flags): string | null {
  if (benign !== undefined) requireReadable(benign, `--benign ${benign}`);
  return benign ?? null;
}

const optionsOf = (flags: Flags): HardenOptions => ({
  falsePositives: flags.fpr,
  by: flags.by ?? userName(),
  benign: benignFile(flags),
  own: flags.policy === undefined ? null : policyInText(readGivenFile(flags.policy, '--policy'), flags.policy),
  promote: !(flags.draft ?? false),
});

const hardenScan = (id: string, flags: Flags): Promise<void> =>
  withGuard(flags, async (redoubt, guard) => {
    const row = await redoubt.scans.get(DEFAULT_PROJECT, bareId(id), id);
    const hardened = await guard.hardening.harden(await sourceOf(redoubt, guard, row), optionsOf(flags));
    if (flags.json) printJson(hardened);
    else show(hardened);
  });

const words = ({ policy_id, holds, reason }: Watched): string =>
  holds === true
    ? `${policy_id} holds.`
    : `${policy_id} ${holds === false ? 'was rolled back' : 'stays as it is'}: ${reason}`;

async function look(redoubt: Redoubt, guard: Guard, flags: Flags): Promise<void> {
  const hardening = guard.hardening;
  const watched: Watched[] = [];
  for (const row of await latestFinishedScans(redoubt.store, DEFAULT_PROJECT)) {
    const source = await sourceOf(redoubt, guard, row);
    watched.push(...(await hardening.watch(source, { falsePositives: flags.fpr }, flags.by ?? userName())));
  }
  if (flags.json) printJson(watched);
  else for (const each of watched) print(words(each));
  if (watched.length === 0) note('No promoted policy of a target that was scanned.');
}

const watch = (flags: Flags): Promise<void> =>
  withGuard(flags, async (redoubt, guard) => {
    if (flags.once) return look(redoubt, guard, flags);
    const stop = new AbortController();
    void untilSignal().then(() => stop.abort());
    while (!stop.signal.aborted) {
      await look(redoubt, guard, flags);
      await systemClock.sleep(flags.every * 1000, stop.signal);
    }
  });

const rollBack = (policyId: string, flags: Flags): Promise<void> =>
  withGuard(flags, async (_redoubt, guard) => {
    const by = flags.by ?? userName();
    await guard.hardening.rollBack(DEFAULT_PROJECT, policyId, `rolled back by ${by}`, by);
    const done = { policy_id: policyId, rolled_back: true };
    printDone(flags, done, `${policyId} is rolled back: what held before holds again.`);
  });

async function harden(id: string | undefined, flags: Flags): Promise<void> {
  if (flags.rollBack !== undefined) return rollBack(flags.rollBack, flags);
  if (flags.watch || flags.once) return watch(flags);
  if (id === undefined) throw invalidField('scan', 'name a finished scan, or use --watch.');
  return hardenScan(id, flags);
}

export const hardenCommand: AddCommand = (command) =>
  void withSettings(command)
    .argument('[scan]', 'id of a finished scan')
    .option(
      '--fpr <share>',
      'what share of harmless texts a policy may stop: the upper end of the 95 % interval',
      numberOption('--fpr', { min: 0, max: 1, whole: false }),
      DEFAULT_FALSE_POSITIVES,
    )
    .option('--benign <file>', 'harmless texts of yours, one a line: plain, or JSON with text or prompt')
    .option('--policy <file>', 'put this policy to the proof in place of drafts')
    .option('--draft', 'promote nothing')
    .option('--watch', 'prove what was promoted anew over the latest scans, and roll back what no longer holds')
    .option('--once', 'with --watch: look once and end')
    .option('--every <s>', 'with --watch: seconds between two looks', numberOption('--every', { min: 1 }), 3600)
    .option('--roll-back <policy>', 'make what held before this promotion hold again')
    .option('--by <name>', 'who does it; default: the user of this machine')
    .option('--json', 'print JSON')
    .action(action(harden));
