// One round of the crash bench: a scan is killed once or more, gone on with to its end, and held against its promises.
import { type CrashEngine, commandLine, dataOf, type Place, prepare, type RunEnd, server } from './crash-engine.ts';
import { type LeanTarget, startLeanTarget } from './lean-target.ts';
import { expectedOutcome, promptOfCase } from './prompts.ts';
import { lostOf, readStored, type Stored } from './stored.ts';

/** When a kill strikes: so many answers after the first start, and some milliseconds more. */
export interface Moment {
  readonly answers: number;
  readonly thenMs: number;
}

export interface RoundOptions {
  readonly mode: 'command line' | 'server';
  readonly folder: string;
  readonly tests: number;
  readonly concurrency: number;
  readonly latencyMs: number;
  /** One kill each, in this order. */
  readonly moments: readonly Moment[];
}

/** What became of one kill. */
export interface Kill {
  readonly storedBefore: number;
  /** After the first stored test and before the last. */
  readonly inside: boolean;
  /** Tries stored before it that are gone or changed at the end. */
  readonly lost: number;
  /** Prompts that the next run asked although they had been asked before. */
  readonly askedAgain: number;
  /** Of the next run. */
  readonly maxInFlight: number;
  /** From the next start to its first call; null where there was nothing left to ask. */
  readonly continueMs: number | null;
}

export interface Round {
  readonly mode: RoundOptions['mode'];
  readonly tests: number;
  readonly concurrency: number;
  readonly kills: readonly Kill[];
  readonly exitCode: number | null;
  readonly storedTwice: number;
  readonly lines: number;
  /** Each broken promise as a sentence. */
  readonly broken: readonly string[];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(isSo: () => boolean, isOver: () => boolean): Promise<void> {
  while (!isSo() && !isOver()) await pause(1);
}

/** What one run asked, from its start to its end or its kill. */
interface Stretch {
  readonly askedAgain: number;
  readonly maxInFlight: number;
  readonly continueMs: number | null;
}

/** Begins to watch a run; the result tells what it asked. */
function watch(target: LeanTarget): (startedAt: number) => Stretch {
  target.mark();
  const before = [...target.calls];
  return (startedAt) => {
    const firstAt = target.firstCallAt();
    return {
      askedAgain: before.filter((calls, prompt) => calls > 0 && (target.calls[prompt] ?? 0) > calls).length,
      maxInFlight: target.maxInFlight(),
      continueMs: firstAt === null ? null : firstAt - startedAt,
    };
  };
}

interface Struck {
  readonly stretch: Stretch;
  readonly stored: Stored;
  /** How the run ended that was faster than its kill; null: it was killed. */
  readonly ended: RunEnd | null;
}

async function strike(engine: CrashEngine, target: LeanTarget, moment: Moment, data: string): Promise<Struck> {
  const watched = watch(target);
  const running = await engine.launch();
  let isOver = false;
  void running.ended.then(() => {
    isOver = true;
  });
  await until(
    () => target.answered() >= moment.answers,
    () => isOver,
  );
  await pause(moment.thenMs);
  const { code, signal, stderr } = await running.kill();
  await until(
    () => target.inFlight() === 0,
    () => false,
  );
  const ended = signal === 'SIGKILL' ? null : { code, words: stderr };
  return { stretch: watched(running.startedAt), stored: readStored(data), ended };
}

function killsOf(struck: readonly Struck[], last: Stretch, after: Stored, tests: number): Kill[] {
  return struck.map(({ stored }, index) => ({
    storedBefore: stored.tests.size,
    inside: stored.tests.size > 0 && stored.tests.size < tests,
    lost: lostOf(stored.tries, after.tries).length + lostOf(stored.tests, after.tests).length,
    ...(struck[index + 1]?.stretch ?? last),
  }));
}

function brokenByResults(lines: readonly string[], tests: number): string[] {
  const results = lines.map((line) => JSON.parse(line) as { case_id: string; plan_key: string; outcome: string });
  const distinct = new Set(results.map((result) => result.plan_key)).size;
  const wrong = results.filter((result) => result.outcome !== expectedOutcome(promptOfCase(result.case_id)));
  return [
    ...(lines.length === tests ? [] : [`results.jsonl has ${lines.length} lines`]),
    ...(distinct === tests ? [] : [`results.jsonl has ${distinct} distinct tests`]),
    ...(wrong.length === 0 ? [] : [`${wrong.length} verdicts are wrong`]),
  ];
}

function brokenByStore(after: Stored, tests: number): string[] {
  return [
    ...(after.status === 'Finished' ? [] : [`the scan is ${after.status}`]),
    ...(after.scans === 1 ? [] : [`there are ${after.scans} scans`]),
    ...(after.tests.size === tests ? [] : [`${after.tests.size} tests are stored`]),
    ...(after.storedTwice === 0 ? [] : [`${after.storedTwice} tests are stored twice`]),
    ...after.wrongCounters.map((difference) => `counters differ from rows: ${difference}`),
  ];
}

function brokenByKills(kills: readonly Kill[], { tests, concurrency }: RoundOptions): string[] {
  return kills.flatMap((kill, index) => {
    const left = tests - kill.storedBefore;
    // Only a run with many tests left has the time to fill all places.
    const isFull = kill.maxInFlight === concurrency || left < 4 * concurrency || index < kills.length - 1;
    return [
      ...(kill.lost === 0 ? [] : [`${kill.lost} stored results are lost or changed`]),
      ...(kill.askedAgain <= concurrency ? [] : [`${kill.askedAgain} prompts were asked again`]),
      ...(isFull && kill.maxInFlight <= concurrency ? [] : [`${kill.maxInFlight} calls in flight afterwards`]),
    ];
  });
}

const brokenByEnd = ({ code, words }: RunEnd): string[] => (code === 0 ? [] : [`it ended with ${code}: ${words}`]);

/** The last run: to its end, unless an earlier one got there before its kill. */
async function goOn(engine: CrashEngine, target: LeanTarget, struck: Struck | undefined): Promise<[Stretch, RunEnd]> {
  const watched = watch(target);
  if (struck?.ended) return [watched(0), struck.ended];
  const running = await engine.launch();
  const end = await engine.end(running);
  return [watched(running.startedAt), end];
}

async function runOn(target: LeanTarget, options: RoundOptions): Promise<Round> {
  const { mode, folder, tests, concurrency, moments } = options;
  const place: Place = { folder, targetUrl: target.url, tests, concurrency };
  prepare(place);
  const engine = mode === 'server' ? server(place) : commandLine(place);
  const struck: Struck[] = [];
  for (const moment of moments) struck.push(await strike(engine, target, moment, dataOf(place)));
  const [last, end] = await goOn(engine, target, struck.at(-1));
  const after = readStored(dataOf(place));
  const lines = after.scanId === null ? [] : await engine.results(after.scanId);
  const kills = killsOf(struck, last, after, tests);
  const broken = [
    ...brokenByEnd(end),
    ...brokenByStore(after, tests),
    ...brokenByResults(lines, tests),
    ...brokenByKills(kills, options),
  ];
  return {
    mode,
    tests,
    concurrency,
    kills,
    exitCode: end.code,
    storedTwice: after.storedTwice,
    lines: lines.length,
    broken,
  };
}

/** Runs one round in `options.folder`, which is emptied first. */
export async function crashRound(options: RoundOptions): Promise<Round> {
  const target = await startLeanTarget({ prompts: options.tests, latencyMs: options.latencyMs });
  try {
    return await runOn(target, options);
  } finally {
    await target.close();
  }
}
