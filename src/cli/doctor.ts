// `redoubt doctor`: says what is wrong, and what to do about it, in words a newcomer understands.
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import type { Command } from 'commander';
import { egressRuleOf, openRedoubt, softwareVersion, targetOpenerOf } from '../compose.ts';
import { missingModelKeys, type Settings } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import { RedoubtError } from '../core/errors.ts';
import { hasOnnxRuntime } from '../inference/onnx-runtime.ts';
import { judgeUrl } from '../models/egress.ts';
import {
  type ConnectionTest,
  type ShownExchange,
  testConnection,
  type WrappedOpener,
} from '../scan/connection-test.ts';
import { currentDatasets } from '../store/datasets.ts';
import { type AddCommand, action, exitCodes, print, printJson } from './command.ts';
import { type SettingsFlags, settingsOf, withSettings } from './settings-options.ts';
import { type TargetFlags, targetOf, withTargetOptions } from './target-options.ts';

/** What one check found. `advice` only where something is wrong. */
interface Finding {
  readonly good: boolean;
  readonly what: string;
  readonly advice?: string;
}

const MIN_FREE_BYTES = 1_000_000_000;

function nodeFinding(): Finding {
  return { good: true, what: `Redoubt ${softwareVersion().version} on Node ${process.version}` };
}

async function runtimeFinding(): Promise<Finding> {
  if (await hasOnnxRuntime()) return { good: true, what: 'The guard has its encoder: the ONNX runtime is there' };
  const { message } = new RedoubtError('RUNTIME_MISSING', { field: 'onnxruntime-node' });
  // The guard is whole without it, only less sure: nothing is wrong.
  return { good: true, what: `The guard decides by rules and its linear stage alone. ${message}` };
}

function folderFinding(settings: Settings): Finding {
  if (settings.database_url !== null) return { good: true, what: 'Data is kept in PostgreSQL' };
  if (!existsSync(settings.data))
    return { good: true, what: `Data folder ${settings.data} will be made at the first scan` };
  try {
    accessSync(settings.data, constants.W_OK);
  } catch {
    return {
      good: false,
      what: `Data folder ${settings.data} cannot be written`,
      advice: 'Choose another with --data or REDOUBT_DATA.',
    };
  }
  return { good: true, what: `Data folder ${settings.data} can be written` };
}

function spaceFinding(settings: Settings): Finding {
  if (settings.database_url !== null || !existsSync(settings.data))
    return { good: true, what: 'Space is not measured' };
  const { bavail, bsize } = statfsSync(settings.data);
  const free = bavail * bsize;
  const what = `${(free / 1e9).toFixed(1)} GB free where data is kept`;
  return free >= MIN_FREE_BYTES
    ? { good: true, what }
    : { good: false, what, advice: 'A scan of 100,000 tests needs about 0.3 GB.' };
}

async function databaseFinding(settings: Settings): Promise<Finding> {
  try {
    const redoubt = await openRedoubt(settings);
    const datasets = await currentDatasets(redoubt.store, 'default');
    await redoubt.close();
    return { good: true, what: `Database opens (${redoubt.store.kind}, ${datasets.length} datasets stored so far)` };
  } catch (error) {
    return {
      good: false,
      what: 'Database does not open',
      advice: error instanceof RedoubtError ? error.message : String(error),
    };
  }
}

const modelFindings = (settings: Settings): Finding[] =>
  missingModelKeys(settings).map(({ message }) => ({
    good: false,
    what: message,
    advice: 'Set it where redoubt serve is started: it does not start without.',
  }));

interface Flags extends SettingsFlags {
  readonly json?: boolean;
}

async function doctor(flags: Flags): Promise<void> {
  const settings = settingsOf(flags);
  const [folder, space] = [folderFinding(settings), spaceFinding(settings)];
  const models = modelFindings(settings);
  const findings = [nodeFinding(), folder, space, await databaseFinding(settings), await runtimeFinding(), ...models];
  const isWell = findings.every(({ good }) => good);
  if (!isWell) process.exitCode = exitCodes.failed;
  if (flags.json) {
    const told = findings.map(({ good, what, advice = null }) => ({ ok: good, what, advice }));
    return printJson({ ok: isWell, findings: told });
  }
  for (const { good, what, advice } of findings) {
    print(`${good ? 'ok   ' : 'WRONG'} ${what}`);
    if (advice !== undefined) print(`      ${advice}`);
  }
  print('Is a model answering as it should? redoubt doctor target --target URL --model NAME');
}

function printExchange(exchange: ShownExchange): void {
  print(`\n> ${exchange.method} ${exchange.url}`);
  for (const [name, value] of Object.entries(exchange.requestHeaders)) print(`> ${name}: ${value}`);
  print(`> ${exchange.requestBody}`);
  print(`< ${exchange.status === null ? 'no answer' : `HTTP ${exchange.status}`}`);
  if (exchange.body !== '') print(`< ${exchange.body}`);
}

function jsonOf({ result, hint, exchanges, adaptations }: ConnectionTest): Record<string, unknown> {
  return {
    ok: result.ok,
    latency_ms: result.ok ? Math.round(result.latencyMs) : null,
    answer: result.ok ? result.answer.text : null,
    error: result.ok ? null : result.failure.message,
    advice: hint,
    adaptations,
    exchanges: exchanges.map(({ method, url, requestHeaders, requestBody, status, body }) => ({
      ...{ method, url, request_headers: requestHeaders, request_body: requestBody },
      ...{ status, answer_body: body },
    })),
  };
}

async function doctorTarget(flags: Flags & TargetFlags): Promise<void> {
  const settings = settingsOf(flags);
  const { target, secrets, targetField, notes } = targetOf(flags, settings);
  judgeUrl(target.url, egressRuleOf(settings), targetField);
  const openerWith: WrappedOpener = (wrap) => targetOpenerOf(settings, { wrap });
  const tested = await testConnection(openerWith, systemClock, target, secrets);
  const { result, hint, exchanges, adaptations } = tested;
  if (!result.ok) process.exitCode = exitCodes.failed;
  if (flags.json) return printJson({ ...jsonOf(tested), notes });
  for (const line of notes) print(line);
  for (const exchange of exchanges) printExchange(exchange);
  for (const adapted of adaptations) print(`\nAdapted: ${adapted}`);
  if (result.ok) {
    print(
      `\nok    The target answered in ${Math.round(result.latencyMs)} ms. The answer as Redoubt reads it:\n${result.answer.text}`,
    );
    return;
  }
  print(`\nWRONG ${result.failure.message}`);
  if (hint !== null) print(`      ${hint}`);
}

export const doctorCommand: AddCommand = (command) => {
  withSettings(command).option('--json', 'print JSON').action(action(doctor));
  const target: Command = command
    .command('target')
    .description('send one harmless message and show request, raw answer, extracted answer');
  withSettings(withTargetOptions(target))
    .option('--json', 'print JSON')
    .action(action((_flags: unknown, self: Command) => doctorTarget(self.optsWithGlobals())));
};
