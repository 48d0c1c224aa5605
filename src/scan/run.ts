// Runs a scan from wherever it stands: walks the plan past what is stored, keeps `concurrency` tests going, and
// says how it ended. It changes no status: that is the worker's business.
import type { Clock } from '../core/ports.ts';
import type { Random } from '../core/random.ts';
import { type ByHelper, type HelperCall, type Helpers, patientHelpers } from '../models/helper-models.ts';
import type { OpenTarget } from '../models/open-target.ts';
import type { AskContext } from '../models/patience.ts';
import { createUsualTime } from '../models/usual-time.ts';
import type { CountedHelperCalls } from '../store/helper-calls.ts';
import {
  callCountersOf,
  createResultWriter,
  forgetSteps,
  stepsOf,
  storeBeside,
  storedTestNumbers,
  triesOf,
} from '../store/results.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../store/vault.ts';
import { checkJudge } from './judge-check.ts';
import { createRunJudge } from './judging.ts';
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
  /** Milliseconds until the run has finished with what is stored then; what is under way is broken off. */
  readonly timeLeftMs?: number;
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

/** Ends the asking of a run: told from outside, or because one of its models is gone. The first reason stands. */
interface Ending {
  readonly stopAsking: AbortSignal;
  /** Aborted when the time of the run is up. */
  readonly timeUp: AbortSignal;
  /** The run is over: nothing waits for its time any longer. */
  close(): void;
  end(reason: string | null): void;
  abort(): void;
  reason(): string | null;
}

function createEnding({ stop, timeLeftMs, clock }: ScanRun): Ending {
  const own = new AbortController();
  const time = new AbortController();
  const over = new AbortController();
  if (timeLeftMs !== undefined) {
    if (timeLeftMs <= 0) time.abort();
    else void clock.sleep(timeLeftMs, over.signal).then(() => time.abort());
  }
  let first: string | null = null;
  return {
    stopAsking: AbortSignal.any([stop, own.signal, time.signal]),
    timeUp: time.signal,
    close: () => over.abort(),
    end(reason) {
      if (reason === null || first !== null) return;
      first = reason;
      own.abort();
    },
    abort: () => own.abort(),
    reason: () => first,
  };
}

/** The helper models of a run; a judge model that is gone ends it. */
function helpersOf(run: ScanRun, ending: Ending): { helpers: Helpers; judgeOutage: OutageWatch } {
  const judgeOutage = createOutageWatch('judge model');
  const helpers = patientHelpers(run.helpers, {
    clock: run.clock,
    jitter: run.jitter,
    stopAsking: ending.stopAsking,
    breakOff: ending.timeUp,
    onCall(role, ok, failure) {
      if (role === 'judge') ending.end(judgeOutage.record(ok, failure, run.clock.monotonic()));
    },
  });
  return { helpers, judgeOutage };
}

function askContextOf(run: ScanRun, ending: Ending, outage: OutageWatch): AskContext {
  return {
    ...run.target,
    clock: run.clock,
    jitter: run.jitter,
    usual: createUsualTime(),
    onCall(ok, failure) {
      if (failure?.kind !== 'interrupted') ending.end(outage.record(ok, failure, run.clock.monotonic()));
    },
    stopAsking: ending.stopAsking,
    breakOff: ending.timeUp,
    ...(run.spec.target.callsPerTry === undefined ? {} : { mostCalls: run.spec.target.callsPerTry }),
  };
}

/** Runs until all tests are stored, the run is stopped, or the target is gone. Throws what the store throws. */
export async function runScan(run: ScanRun): Promise<RunEnd> {
  const { scanId, spec, store, vault } = run;
  const sink = createResultSink(createResultWriter(store));
  const outage = createOutageWatch();
  const ending = createEnding(run);
  const { helpers, judgeOutage } = helpersOf(run, ending);
  const judge = createRunJudge(spec, helpers.models.judge);
  const beside = () => ({ helperCalls: counted(helpers.takeCalls()), opinions: judge.takeOpinions() });
  const context: TestRunContext = {
    scanId,
    spec,
    vault,
    store: (result) => sink.store({ ...result, ...beside() }),
    helpers: helpers.models,
    judging: judge.judging,
    triesStored: (testNo) => triesOf(store, scanId, testNo),
    stepsStored: (testNo) => stepsOf(store, scanId, testNo),
    forgetSteps: (testNo, from) => forgetSteps(store, scanId, testNo, from),
    ask: askContextOf(run, ending, outage),
  };
  const take = sharedQueue(openTests(run));

  async function work(): Promise<void> {
    while (!ending.stopAsking.aborted) {
      const next = await take();
      if (next.done) return;
      if (!(await runTest(context, next.value))) return;
    }
  }

  try {
    // Where the time is short a judge model is not put to the test first.
    const isChecked = run.timeLeftMs === undefined || helpers.models.judge === null;
    if (isChecked && !ending.stopAsking.aborted)
      ending.end(await checkJudge(run, helpers.models.judge, judgeOutage.neverAnswered));
    await Promise.all(Array.from({ length: spec.target.concurrency }, work));
  } catch (error) {
    ending.abort();
    throw error;
  } finally {
    ending.close();
  }
  await storeBeside(store, scanId, beside());
  const reason = ending.reason() ?? (run.stop.aborted ? null : await neverAnswered(run, outage));
  if (reason !== null) return { kind: 'failed', reason };
  return { kind: run.stop.aborted ? 'stopped' : 'finished' };
}
