// What a run of a scan works with: its models made patient, its judge, its writer, and the watch over what ends it.

import type { Clock } from '../core/ports.ts';
import type { Random } from '../core/random.ts';
import type { Stretch } from '../core/seen/observer.ts';
import { type ByHelper, type HelperCall, type Helpers, patientHelpers } from '../models/helper-models.ts';
import type { OpenTarget } from '../models/open-target.ts';
import type { AskContext } from '../models/patience.ts';
import { createUsualTime } from '../models/usual-time.ts';
import { type CountedCalls, callCountersOf, tokenColumns } from '../store/call-counters.ts';
import type { CountedHelperCalls } from '../store/helper-calls.ts';
import { patientWriter } from '../store/patient-writer.ts';
import {
  createResultWriter,
  forgetSteps,
  type Result,
  type ResultWriter,
  stepsOf,
  storeBeside,
  triesOf,
} from '../store/results.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../store/vault.ts';
import { checkJudge } from './judge-check.ts';
import { createRunJudge } from './judging.ts';
import { createOutageWatch, type OutageWatch } from './outage.ts';
import { createResultSink } from './result-sink.ts';
import type { ScanSpec } from './spec.ts';
import type { TestRunContext } from './test-context.ts';

/** How long answers are kept in hand while PostgreSQL is away. */
const STORE_PATIENCE_MS = 10 * 60_000;

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
  /** Told of each result once it is stored. */
  readonly onStored?: (result: Result) => void;
  /** Milliseconds until the run has finished with what is stored then; what is under way is broken off. */
  readonly timeLeftMs?: number;
  /** The scan's stretch, where somebody looks on. */
  readonly stretch?: Stretch | undefined;
}

const counted = (calls: readonly HelperCall[]): CountedHelperCalls[] =>
  calls.map(({ role, result, tokens }) => ({ role, result, n: 1, ...tokenColumns(tokens) }));

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
  /** Breaks off what is under way when the time of the run is up; empty where it has no end. */
  readonly timeUp: { readonly breakOff?: AbortSignal };
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
    timeUp: timeLeftMs === undefined ? {} : { breakOff: time.signal },
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
    ...ending.timeUp,
    stretch: run.stretch,
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
    ...ending.timeUp,
    ...(run.spec.target.callsPerTry === undefined ? {} : { mostCalls: run.spec.target.callsPerTry }),
  };
}

const writerOf = ({ store, clock }: ScanRun): ResultWriter => {
  const writer = createResultWriter(store);
  return store.kind === 'sqlite' ? writer : patientWriter(writer, { store, clock, patienceMs: STORE_PATIENCE_MS });
};

/** A run made ready; nothing is asked before `checkJudge` or a test. */
export interface OpenRun {
  /** What each test runs with. */
  readonly context: TestRunContext;
  /** Aborted once nothing more is to be asked. */
  readonly stopAsking: AbortSignal;
  /** Ends the asking, for an error of ours. */
  abort(): void;
  /** The run is over: nothing waits for its time any longer. */
  close(): void;
  /** Puts the judge to the test, once a scan; what it finds may end the run. */
  checkJudge(): Promise<void>;
  /** Stores what came after the last result. */
  flush(): Promise<void>;
  /** Why the run ended before its time: one of its models is gone. */
  goneReason(): string | null;
  /** Why it never got an answer, in any run of the scan. */
  unansweredReason(): Promise<string | null>;
}

export function openRun(run: ScanRun): OpenRun {
  const { scanId, spec, store, vault } = run;
  const sink = createResultSink(writerOf(run));
  const outage = createOutageWatch();
  const ending = createEnding(run);
  const { helpers, judgeOutage } = helpersOf(run, ending);
  const judge = createRunJudge(spec, helpers.models.judge);
  const unstored: CountedCalls[] = [];
  const beside = () => ({ helperCalls: counted(helpers.takeCalls()), opinions: judge.takeOpinions() });
  const context: TestRunContext = {
    scanId,
    spec,
    vault,
    async store(result) {
      const whole = { ...result, ...beside() };
      await sink.store(whole);
      run.onStored?.(whole);
    },
    noteUnstored: (calls) => void unstored.push(calls),
    helpers: helpers.models,
    judging: judge.judging,
    triesStored: (testNo) => triesOf(store, scanId, testNo),
    stepsStored: (testNo) => stepsOf(store, scanId, testNo),
    forgetSteps: (testNo, from) => forgetSteps(store, scanId, testNo, from),
    ask: askContextOf(run, ending, outage),
    stretch: run.stretch,
  };
  return {
    context,
    stopAsking: ending.stopAsking,
    abort: ending.abort,
    close: ending.close,
    async checkJudge() {
      ending.end(await checkJudge(run, helpers.models.judge, judgeOutage.neverAnswered));
    },
    flush: () => storeBeside(store, scanId, beside(), unstored.splice(0)),
    goneReason: ending.reason,
    unansweredReason: () => neverAnswered(run, outage),
  };
}
