// The only wiring: opens what the settings name and hands each part what it needs.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Access, createAccess } from './access/access.ts';
import { createKeyring } from './access/keyring.ts';
import { ADMIN_USER, acceptEnvironmentKey, DEFAULT_PROJECT } from './access/keys.ts';
import { limiterOver } from './access/limiter.ts';
import { createOidc, type Oidc } from './access/oidc.ts';
import { serverFacts } from './api/server-facts.ts';
import type { Settings } from './config.ts';
import { systemClock } from './core/clock.ts';
import { closeAll } from './core/close-all.ts';
import { RedoubtError } from './core/errors.ts';
import { createObserver, type StretchListener } from './core/seen/create-observer.ts';
import type { Observer } from './core/seen/observer.ts';
import { SIMULATED_URL } from './core/simulated.ts';
import { dialectOptionsOf } from './dialects/dialect.ts';
import { createUpstreams, type Upstreams } from './gateway/upstream.ts';
import type { Guard } from './guard/guard.ts';
import { isOnnxInstalled } from './inference/onnx-runtime.ts';
import { startChunkWorker } from './jobs/chunk-worker.ts';
import { type Jobs, startJobs } from './jobs/in-process.ts';
import { createOwner } from './jobs/owner.ts';
import { type EgressRule, judgeUrl, ruleWhileListening } from './models/egress.ts';
import {
  type ByHelper,
  byHelper,
  type ConfiguredHelper,
  configuredHelper,
  type HelperName,
} from './models/helper-models.ts';
import { namedModels } from './models/named-models.ts';
import {
  createTargetOpener,
  openDispatcher,
  type TargetOpener,
  type TargetOpenerOptions,
} from './models/open-target.ts';
import { priceList } from './models/prices.ts';
import { openTraceCollector } from './models/trace-collector.ts';
import type { TraceExporter } from './models/trace-exporter.ts';
import type { OpenJudge } from './scan/calibrate.ts';
import type { WrappedOpener } from './scan/connection-test.ts';
import { createErrandQueue, type Errand, type ErrandContext } from './scan/errands.ts';
import type { SoftwareVersion } from './scan/manifest.ts';
import { openJudge } from './scan/open-judge.ts';
import { openPart } from './scan/part-in-scan.ts';
import { createScanService, type ScanService } from './scan/service.ts';
import { type SharedWork, shareWork } from './scan/shared-work.ts';
import type { TargetSpec } from './scan/spec.ts';
import type { WebhookParts } from './scan/webhooks.ts';
import { type WorkerContext, workOnScan } from './scan/worker.ts';
import type { WorkerAppOptions } from './server/worker-app.ts';
import { withSimulatedTarget } from './simulated/simulated-opener.ts';
import { ensureProjectAndUser } from './store/access.ts';
import { inDataFolder, makeDataFolder } from './store/data-folder.ts';
import { readKeyFile } from './store/key-file.ts';
import { openVault } from './store/open-vault.ts';
import { leavePaces } from './store/paces.ts';
import { whyNotReadySoon } from './store/ready.ts';
import type { Durability } from './store/sqlite.ts';
import { openStore, type Store } from './store/store.ts';
import type { Vault } from './store/vault.ts';

/** To one upstream, at once. */
const GATEWAY_CONNECTIONS = 256;

const root = fileURLToPath(new URL('../', import.meta.url));

/** Version of the package, and the commit it was built from where a build noted it. */
export function softwareVersion(): SoftwareVersion {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const commitFile = join(root, 'dist', 'commit');
  return { version, commit: existsSync(commitFile) ? readFileSync(commitFile, 'utf8').trim() : null };
}

/** `isNew`: nothing was encrypted yet, so that a key may still be made. */
function secretKeyOf(settings: Settings, isNew: boolean): Uint8Array {
  if (settings.secret_key !== null) return Buffer.from(settings.secret_key, 'base64');
  if (settings.database_url !== null) throw new RedoubtError('SECRET_KEY_MISSING');
  return readKeyFile(join(settings.data, 'secret.key'), isNew);
}

const vaultOf = (settings: Settings, store: Store): Promise<Vault> =>
  openVault(store, (isNew) => inDataFolder(settings.data, () => secretKeyOf(settings, isNew)));

/** `patienceMs`: how long an outage of PostgreSQL is sat out. */
const storeOf = (settings: Settings, durability: Durability, patienceMs?: number): Promise<Store> =>
  settings.database_url === null
    ? openStore({ path: join(settings.data, 'redoubt.db') }, durability)
    : openStore({ url: settings.database_url, ...(patienceMs === undefined ? {} : { patienceMs }) });

/** Where targets may be under these settings. */
export const egressRuleOf = ({ host, targets }: Settings): EgressRule => ruleWhileListening(host, targets.allow);

/** The helper models that the settings name. To name one there is leave to call it, wherever it is. */
function helpersOf(settings: Settings, pacerOf?: SharedWork['pacerOf']): ByHelper<ConfiguredHelper> {
  return byHelper((role) => {
    const named = settings[role];
    if (named === null) return null;
    const { base_url: url, api_key: apiKey, model, concurrency, qpm } = named;
    const rule = { ...egressRuleOf(settings), allow: [new URL(url).host] };
    const paced = pacerOf ? { pacerOf } : {};
    const open = createTargetOpener({ rule, proxy: settings.proxy, clock: systemClock, ...paced });
    return configuredHelper(open, role, { url, apiKey, model, concurrency, qpm });
  });
}

function helperNamesOf(settings: Settings): ByHelper<HelperName> {
  const configured = helpersOf(settings);
  return byHelper((role) => configured[role]?.name ?? null);
}

/** The judge that a scan would have under these settings; whoever opens it closes it. */
export const openConfiguredJudge = (settings: Settings): OpenJudge => openJudge(helpersOf(settings).judge, systemClock);

/** Which judge model stands behind the layers under these settings; null for none. */
export const judgeModelOf = (settings: Settings): HelperName | null => helperNamesOf(settings).judge;

/** An open Redoubt: its database and what can be done with it. */
export interface Redoubt {
  readonly settings: Settings;
  readonly store: Store;
  readonly vault: Vault;
  readonly software: SoftwareVersion;
  readonly scans: ScanService;
  close(): Promise<void>;
}

/** Opens the database of the settings, makes what a first start makes. `onChange` hears of scans that want a worker. */
export async function openRedoubt(
  settings: Settings,
  onChange: (scanId: string) => void = () => undefined,
  onErrand?: (errand: Errand) => void,
): Promise<Redoubt> {
  if (settings.database_url === null) makeDataFolder(settings.data);
  const store = await storeOf(settings, 'full');
  const now = systemClock.now();
  try {
    const vault = await vaultOf(settings, store);
    await ensureProjectAndUser(
      store,
      { id: DEFAULT_PROJECT, name: DEFAULT_PROJECT, created_at: now },
      { id: ADMIN_USER, name: ADMIN_USER, role: 'admin', created_at: now },
    );
    if (settings.api_key !== null)
      await acceptEnvironmentKey(store, systemClock, settings.api_key, settings.limits.api_key);
    const rule = egressRuleOf(settings);
    const checkTarget = ({ url }: TargetSpec, field?: string): void => {
      if (url !== SIMULATED_URL) judgeUrl(url, rule, field);
    };
    const helpers = helperNamesOf(settings);
    const scans = createScanService({
      store,
      vault,
      clock: systemClock,
      helpers,
      priceOf: priceList(settings),
      ...(settings.search_tries === null ? {} : { searchTries: settings.search_tries }),
      checkTarget,
      onChange,
      ...(onErrand ? { onErrand } : {}),
    });
    return { settings, store, vault, software: softwareVersion(), scans, close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** To name a provider there is leave to call it, wherever it is. */
function oidcOf({ settings, store, vault }: Redoubt, named: NonNullable<Settings['oidc']>): Oidc {
  const rule = { ...egressRuleOf(settings), allow: [...settings.targets.allow, new URL(named.issuer).host] };
  const dispatcher = openDispatcher({ rule, proxy: settings.proxy }, { url: named.issuer, concurrency: 4 });
  return createOidc({ store, vault, clock: systemClock, dispatcher }, named);
}

/** Who may do what, over an open Redoubt. */
export const openAccess = (redoubt: Redoubt): Access => {
  const { store, settings } = redoubt;
  return createAccess({
    oidc: settings.oidc === null ? null : oidcOf(redoubt, settings.oidc),
    store,
    clock: systemClock,
    publicUrl: settings.public_url,
    perAddress: settings.limits.per_address,
    checkAddress: (url, field) => void judgeUrl(url, egressRuleOf(settings), field),
  });
};

/** Where the settings name a collector. */
const openTraces = (settings: Settings, onError: (error: unknown) => void): TraceExporter | null =>
  settings.traces &&
  openTraceCollector(settings.traces, {
    ...{ rule: egressRuleOf(settings), proxy: settings.proxy },
    ...{ clock: systemClock, version: softwareVersion().version, onError },
  });

const observerOver = (listeners: readonly StretchListener[]): Observer | undefined =>
  listeners.length === 0 ? undefined : createObserver(systemClock, listeners);

interface GuardParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly vault: Vault;
}

/** `recording`: whether decisions go into the log. */
async function guardOver(
  { settings, store, vault }: GuardParts,
  recording: boolean,
  onError: (error: unknown) => void,
  observer?: Observer,
): Promise<Guard> {
  const folders = [join(root, 'data', 'policies'), join(settings.data, 'policies')];
  const judge = helpersOf(settings).judge?.open().model ?? null;
  const { log_sample: sample, log_days: days, log_messages: messages } = settings.guard;
  const logging = { sample, days, messages, recording };
  const { createGuard } = await import('./guard/guard.ts');
  const policies = { folders, inSettings: settings.policies, onProblem: onError };
  return createGuard({ store, vault, clock: systemClock, ...policies, judge, logging, observer, onError });
}

/** Opens the guard over an open Redoubt, with all its policies. Throws FILE_INVALID or SETTING_INVALID for a wrong one. */
export async function openGuard(redoubt: Redoubt, onError: (error: unknown) => void): Promise<Guard> {
  const traces = openTraces(redoubt.settings, onError);
  const guard = await guardOver(redoubt, true, onError, observerOver(traces ? [traces] : []));
  return { ...guard, close: () => guard.close().finally(() => traces?.close()) };
}

/** The models behind the gateway; opens no connection by itself. */
const upstreamsOf = (settings: Settings): Upstreams =>
  createUpstreams(settings, (url) =>
    openDispatcher({ rule: egressRuleOf(settings), proxy: settings.proxy }, { url, concurrency: GATEWAY_CONNECTIONS }),
  );

type OpenerChoices = Pick<TargetOpenerOptions, 'wrap' | 'pacerOf'>;

/** Opens targets under the rules of these settings; `more` may put something before the dispatcher, or pace otherwise. */
export const targetOpenerOf = (settings: Settings, more: OpenerChoices = {}): TargetOpener =>
  createTargetOpener({ rule: egressRuleOf(settings), proxy: settings.proxy, clock: systemClock, ...more });

/** Tells webhooks of ended scans, under the rules that hold for targets. */
export const webhookPartsOf = ({ settings, store, vault }: Redoubt): WebhookParts => ({
  store,
  vault,
  clock: systemClock,
  dispatcherTo: (url) =>
    openDispatcher({ rule: egressRuleOf(settings), proxy: settings.proxy }, { url, concurrency: 1 }),
});

/** What the server needs of the settings beside an open Redoubt and its guard. */
export function serverPartsOf(redoubt: Redoubt) {
  const { settings, store, vault, software, scans } = redoubt;
  const access = openAccess(redoubt);
  const judge = openConfiguredJudge(settings);
  const openerWith: WrappedOpener = (wrap) => simulatedOpenerOf(settings, { wrap });
  return {
    scans,
    store,
    vault,
    software,
    clock: systemClock,
    models: namedModels(settings),
    options: dialectOptionsOf(settings),
    openerWith,
    upstreams: upstreamsOf(settings),
    judging: judge.judging,
    access,
    judge: { id: judge.id, model: judgeModelOf(settings) },
    facts: serverFacts(settings, helperNamesOf(settings), egressRuleOf(settings).privateAllowed, isOnnxInstalled()),
    callerOf: access.keyring.callerOf,
    trustedProxies: settings.trusted_proxies,
  };
}

export interface Worker extends Jobs {
  /** Does something beside the scans; errors are told to `onError`. */
  run(errand: Errand): void;
  /** What it shows to probes, and to whom it shows more. */
  readonly face: Pick<WorkerAppOptions, 'version' | 'checkReady' | 'callerOf'>;
  /** Stops asking, waits for what is under way, closes its connections to the database. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  /** Only this scan is worked on. */
  readonly only?: string;
  /** Finished scans are made ready to be searched: for a server, whose pages are. */
  readonly searchable?: boolean;
  /** Hear of each stretch of the work that has ended. */
  readonly listeners?: readonly StretchListener[];
  /** Told of each scan that was worked on and is let go: how it ended, where it did, is written down. */
  readonly onLeft?: (scanId: string) => void;
  /** `scanId`: in which it happened, where it did in one. */
  readonly onError: (error: unknown, scanId?: string) => void;
}

/** The guard for scans, opened with the first one that wants it. Their decisions stand in the scan, not in the log. */
function scanGuardOpener(
  parts: GuardParts,
  onError: (error: unknown) => void,
): NonNullable<WorkerContext['openGuard']> {
  let opened: Promise<Guard> | null = null;
  return async (choice) => {
    opened ??= guardOver(parts, false, onError);
    return (await import('./guard/scan-guard.ts')).createScanGuard(await opened, choice);
  };
}

function simulatedOpenerOf(settings: Settings, more: OpenerChoices = {}): TargetOpener {
  const rule = { ...egressRuleOf(settings), loopbackAllowed: true };
  const options = { rule, proxy: null, clock: systemClock, ...more };
  return withSimulatedTarget(targetOpenerOf(settings, more), createTargetOpener(options), systemClock);
}

const judgeOpenerOf =
  (settings: Settings): ErrandContext['openJudge'] =>
  () => {
    const { id, judging, close } = openConfiguredJudge(settings);
    return { judge: { id, model: judgeModelOf(settings) }, judging, close };
  };

/** How long a worker sits out an outage of PostgreSQL. */
export const WORKER_PATIENCE_MS = 10 * 60_000;

/** Starts a worker of this process, with database connections of its own. */
export async function startWorker(settings: Settings, options: WorkerOptions): Promise<Worker> {
  const { onError, only, listeners = [] } = options;
  const traces = openTraces(settings, onError);
  const ledger = await storeOf(settings, 'full', WORKER_PATIENCE_MS);
  const store = settings.database_url === null ? await storeOf(settings, 'normal') : ledger;
  const vault = await vaultOf(settings, ledger);
  const lockFolder = settings.database_url === null ? join(settings.data, 'locks') : null;
  const owner = inDataFolder(settings.data, () => createOwner(lockFolder));
  const shared = await shareWork(ledger, systemClock, owner.id, onError);
  const context: WorkerContext = {
    store,
    ledger,
    vault,
    clock: systemClock,
    software: softwareVersion(),
    openTarget: simulatedOpenerOf(settings, { ...(shared ? { pacerOf: shared.pacerOf } : {}) }),
    helpers: helpersOf(settings, shared?.pacerOf),
    openGuard: scanGuardOpener({ settings, store: ledger, vault }, onError),
    observer: observerOver([...listeners, ...(traces ? [traces] : [])]),
    onError,
    ...(shared ? { queue: shared.queue } : {}),
  };
  const named = only === undefined ? {} : { only };
  const errands = createErrandQueue({ ...context, openJudge: judgeOpenerOf(settings) }, onError);
  const jobs = startJobs({
    store: ledger,
    clock: systemClock,
    owner,
    async run(scanId, stop, onBegun) {
      await workOnScan(context, scanId, stop, onBegun);
      if (options.searchable) errands.run({ kind: 'index', scanId });
      options.onLeft?.(scanId);
    },
    onError,
    ...named,
  });
  const chunks = shared
    ? startChunkWorker({
        store: ledger,
        queue: shared.queue,
        clock: systemClock,
        openSession: (scanId, onRoom) => openPart(context, scanId, onRoom),
        onError,
        ...named,
      })
    : null;
  const keyring = createKeyring(ledger, systemClock, limiterOver(ledger, systemClock));
  return {
    wake: jobs.wake,
    run: errands.run,
    face: { ...context.software, ...keyring, checkReady: () => whyNotReadySoon(ledger, systemClock) },
    async stop() {
      await closeAll(
        [
          () => Promise.all([jobs.stop(), chunks?.stop(), errands.stop()]),
          () => shared?.close().then(() => leavePaces(ledger, owner.id)),
          () => Promise.all([keyring.close(), traces?.close()]),
          ...[...new Set([store, ledger])].map((each) => () => each.close()),
        ],
        onError,
      );
    },
  };
}
