// Runs a scan from wherever it stands: walks the plan past what is stored, keeps `concurrency` tests going, and
// says how it ended. It changes no status: that is the worker's business.
import type { CallFailure } from '../core/chat.ts';
import type { Clock } from '../core/ports.ts';
import type { Random } from '../core/random.ts';
import { type ByHelper, type HelperCall, patientHelpers } from '../models/helper-models.ts';
import type { OpenTarget } from '../models/open-target.ts';
import type { AskContext } from '../models/patience.ts';
import { createUsualTime } from '../models/usual-time.ts';
import { addHelperCalls, type CountedHelperCalls } from '../store/helper-calls.ts';
import {
  callCountersOf,
  createResultWriter,
  forgetSteps,
  stepsOf,
  storedTestNumbers,
  triesOf,
} from '../store/results.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../store/vault.ts';
import { createJudging } from './judging.ts';
import { createOutageWatch, type OutageWatch } from './outage.ts';
import { type PlannedTest, plannedTests } from './plan.ts';
import { createResultSink } from './result-sink.ts';
import type { ScanSpec } from './spec.ts';
import type { TestRunContext } from './test-context.ts';
import { runTest } from './test-run.ts';

const NUMBERS_PER_PAGE = 2_000;

export interface ScanRun {
  readonly scanId: string;
  readonly spec: ScanSpec;
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly jitter: Random;
  readonly target: Pick<AskContext, 'model' | 'pacer'>;
  readonly helpers: ByHelper<OpenTarget>;
  /** Ends the asking; answers that are under way are still taken and stored. */
  readonly stop: AbortSignal;
}

/** How a run ended. `stopped`: it was told to; `failed`: the target is gone. An error of ours is thrown. */
export type RunEnd =
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

async function* numbersStored(store: Store, scanId: string): AsyncGenerator<number> {
  let after = -1;
  for (;;) {
    const page = await storedTestNumbers(store, scanId, after, NUMBERS_PER_PAGE);
    yield* page;
    if (page.length < NUMBERS_PER_PAGE) return;
    after = page.at(-1) ?? after;
  }
}

/** The tests of the plan that have no result yet: both lists are in order, so one pass compares them. */
async function* openTests(run: ScanRun): AsyncGenerator<PlannedTest> {
  const stored = numbersStored(run.store, run.scanId);
  let next = await stored.next();
  for await (const test of plannedTests(run.store, run.spec)) {
    if (!next.done && next.value === test.testNo) next = await stored.next();
    else yield test;
  }
}

/** One iterator for several takers, one at a time. */
function sharedQueue<Item>(items: AsyncGenerator<Item>): () => Promise<IteratorResult<Item, void>> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const result = last.then(() => items.next());
    last = result.catch(() => undefined);
    return result;
  };
}

const counted = (calls: readonly HelperCall[]): CountedHelperCalls[] =>
  calls.map(({ role, result, tokensIn, tokensOut }) => ({
    role,
    result,
    n: 1,
    tokens_in: tokensIn ?? 0,
    tokens_out: tokensOut ?? 0,
  }));

/** An earlier run of the scan may have been answered: then what is left are tests that this target never answers. */
async function neverAnswered(run: ScanRun, outage: OutageWatch): Promise<string | null> {
  const reason = outage.neverAnswered();
  if (reason === null) return null;
  const calls = await callCountersOf(run.store, run.scanId);
  return calls.some(({ result }) => result === 'ok') ? null : reason;
}

/** Runs until all tests are stored, the run is stopped, or the target is gone. Throws what the store throws. */
export async function runScan(run: ScanRun): Promise<RunEnd> {
  const sink = createResultSink(createResultWriter(run.store));
  const outage = createOutageWatch();
  const ending = new AbortController();
  const stopAsking = AbortSignal.any([run.stop, ending.signal]);
  let failedBecause: string | null = null;
  const onCall = (ok: boolean, failure: CallFailure | null): void => {
    const reason = outage.record(ok, failure, run.clock.monotonic());
    if (reason === null || failedBecause !== null) return;
    failedBecause = reason;
    ending.abort();
  };
  const helpers = patientHelpers(run.helpers, { clock: run.clock, jitter: run.jitter, stopAsking });
  const context: TestRunContext = {
    scanId: run.scanId,
    spec: run.spec,
    vault: run.vault,
    store: (result) => sink.store({ ...result, helperCalls: counted(helpers.takeCalls()) }),
    helpers: helpers.models,
    judging: createJudging(run.spec, helpers.models.judge),
    triesStored: (testNo) => triesOf(run.store, run.scanId, testNo),
    stepsStored: (testNo) => stepsOf(run.store, run.scanId, testNo),
    forgetSteps: (testNo, from) => forgetSteps(run.store, run.scanId, testNo, from),
    ask: {
      ...run.target,
      clock: run.clock,
      jitter: run.jitter,
      usual: createUsualTime(),
      onCall,
      stopAsking,
      ...(run.spec.target.callsPerTry === undefined ? {} : { mostCalls: run.spec.target.callsPerTry }),
    },
  };
  const take = sharedQueue(openTests(run));

  async function work(): Promise<void> {
    while (!stopAsking.aborted) {
      const next = await take();
      if (next.done) return;
      if (!(await runTest(context, next.value))) return;
    }
  }

  try {
    await Promise.all(Array.from({ length: run.spec.target.concurrency }, work));
  } catch (error) {
    ending.abort();
    throw error;
  }
  await addHelperCalls(
    run.store.db,
    counted(helpers.takeCalls()).map((call) => ({ scan_id: run.scanId, ...call })),
  );
  const reason = failedBecause ?? (run.stop.aborted ? null : await neverAnswered(run, outage));
  if (reason !== null) return { kind: 'failed', reason };
  return { kind: run.stop.aborted ? 'stopped' : 'finished' };
}
