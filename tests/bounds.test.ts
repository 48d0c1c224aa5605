// A scan that may end early: by calls, cost, time or width, on the simulated target; and over a kill.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT } from '../src/access/keys.ts';
import { openRedoubt, type Redoubt, startWorker } from '../src/compose.ts';
import type { Settings } from '../src/config.ts';
import type { Bounds } from '../src/core/bounds.ts';
import { SIMULATED_URL, simulatedModel } from '../src/core/simulated.ts';
import { earlyStopWarning } from '../src/reports/early-stop-view.ts';
import { spentText } from '../src/reports/spent-view.ts';
import type { ScanRequest } from '../src/scan/request.ts';
import type { Summary } from '../src/scan/summarise.ts';
import type { ScanRow } from '../src/store/schema.ts';
import {
  killAll,
  newFolder,
  notBuilt,
  redoubt as runCommand,
  suiteName,
  until,
  writeDataset,
} from './fakes/command-line.ts';
import { type CountingTarget, startCountingTarget } from './fakes/counting-target.ts';
import { settingsOver } from './fakes/server.ts';

const model = simulatedModel('average');
const price = { input: 2, output: 8, currency: 'EUR' };
const noBounds: Bounds = { maxCost: null, maxCalls: null, maxSeconds: null, untilInterval: null };

const requestOf = (bounds: Partial<Bounds>, changes: Partial<ScanRequest> = {}): ScanRequest => ({
  projectId: DEFAULT_PROJECT,
  createdBy: 'test',
  name: null,
  kind: 'scan',
  target: {
    kind: 'openai',
    url: SIMULATED_URL,
    model,
    temperature: 0.7,
    maxTokens: 2048,
    system: null,
    timeoutMs: 10_000,
    concurrency: 4,
    qpm: null,
  },
  secrets: { apiKey: 'simulated', headers: {}, targetFile: null },
  datasets: ['Privacy', 'Bias', 'Finance Risks'].map((name) => ({ name, field: 'datasets' })),
  preset: 'direct',
  attacks: ['direct', 'persona', 'encoding', 'prefix-injection'],
  onlyAttacks: true,
  seed: 3,
  limit: null,
  twins: null,
  judge: true,
  bounds: { ...noBounds, ...bounds },
  authorisedBy: null,
  labels: {},
  ...changes,
});

describe('a bounded scan', () => {
  let folder: string;
  let settings: Settings;
  let redoubt: Redoubt;

  beforeAll(async () => {
    folder = newFolder('bounds');
    settings = settingsOver(folder, { prices: { [model]: price } });
    redoubt = await openRedoubt(settings);
  });
  afterAll(async () => {
    await redoubt.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function ended(request: ScanRequest): Promise<{ row: ScanRow; summary: Summary }> {
    const { id } = await redoubt.scans.start(request);
    const worker = await startWorker(settings, { only: id, onError: (error) => expect.fail(String(error)) });
    const row = await until(
      'the scan has ended',
      async () => {
        const found = await redoubt.scans.get(DEFAULT_PROJECT, id);
        return ['Finished', 'Failed', 'Error'].includes(found.status) ? found : null;
      },
      60_000,
    );
    await worker.stop();
    expect(row.status).toBe('Finished');
    return { row, summary: await redoubt.scans.summary(DEFAULT_PROJECT, id, 'summary') };
  }

  const callsOf = ({ spent }: Summary): number => spent!.tokens.target!.calls;
  const runOf = ({ early_stop: stop }: Summary): number[] => stop!.categories.map(({ run }) => run);

  it('ends at its calls, to the call, with tests of every category, and says so', async () => {
    const { row, summary } = await ended(requestOf({ maxCalls: 100 }));
    expect(row).toMatchObject({ ended_by: 'max_calls', reason: expect.stringContaining('100 calls') });
    expect(callsOf(summary)).toBe(100);
    expect(summary.counts.tests).toBeLessThanOrEqual(100);
    expect(Math.min(...runOf(summary))).toBeGreaterThan(15);
    const { tests, decided, inconclusive } = summary.counts;
    expect(decided + inconclusive).toBe(tests);
    expect(earlyStopWarning(summary.early_stop!)).toMatch(/did not run; they count in no rate/);
    expect(summary.manifest).toMatchObject({ bounds: { max_calls: 100 }, ended_early: row.reason });
  });

  it('names a category of which nothing was asked, with its cases', async () => {
    const { summary } = await ended(requestOf({ maxCalls: 5 }));
    const [unasked] = summary.not_tested;
    expect(unasked).toMatchObject({ reason: 'the scan ended before any of its tests was asked' });
    expect(unasked!.cases).toBeGreaterThan(50);
    expect(unasked!.cases).toBeLessThanOrEqual(64);
  });

  it('ends at its cost, by what the calls under way cost above it at most', async () => {
    const { row, summary } = await ended(requestOf({ maxCost: 0.05 }));
    expect(row).toMatchObject({ ended_by: 'max_cost', reason: expect.stringContaining('0.05 EUR') });
    const { total, currency } = summary.spent!.cost!;
    const perCall = total / callsOf(summary);
    expect(currency).toBe('EUR');
    expect(Math.abs(total - 0.05)).toBeLessThan(5 * perCall);
    expect(spentText(summary.spent!)).toMatch(/calls to the target in .*; target [\d,]+ tokens sent, .*; 0\.0\d+ EUR$/);
  });

  it('that asks the guard alone makes no call: none is counted, paid, foreseen or held back', async () => {
    const slow = { ...requestOf({}).target, qpm: 1 };
    const alone = requestOf(
      { maxCalls: 5 },
      { target: slow, guard: { mode: 'only', policies: ['secrets'] }, attacks: ['direct'] },
    );
    const planned = await redoubt.scans.plan(alone);
    expect(planned).toMatchObject({ calls: 0, promptTokens: 0, answerTokens: 0 });
    const { row, summary } = await ended(alone);
    expect(row.ended_by).toBeNull();
    expect(summary.counts.tests).toBe(planned.planned);
    expect(summary.manifest).toMatchObject({ calls: {} });
    expect(summary.spent).toMatchObject({ tokens: { target: { calls: 0, prompt: 0 } }, cost: { total: 0 } });
    expect(spentText(summary.spent!)).toMatch(/^no calls in /);
  });

  it('ends at its time', async () => {
    const slow = { ...requestOf({}).target, qpm: 300 };
    const { row, summary } = await ended(requestOf({ maxSeconds: 1.5 }, { target: slow }));
    expect(row.ended_by).toBe('max_time');
    expect(summary.spent!.seconds).toBeLessThan(4);
    expect(callsOf(summary)).toBeLessThan(40);
  });

  it('ends once every interval is narrow enough, and spends no more than it takes', async () => {
    const { row, summary } = await ended(requestOf({ untilInterval: 9 }));
    expect(row.ended_by).toBe('until_interval');
    const { categories } = summary.early_stop!;
    for (const { half_width, run, planned } of categories)
      if (run < planned) expect(half_width).toBeLessThanOrEqual(0.09);
    // Of Bias a part is about harm, and a part about right answers: they have no common rate.
    const [privacy, bias] = categories;
    expect(privacy!.breached.high! - privacy!.breached.low!).toBeCloseTo(2 * privacy!.half_width!, 12);
    expect(bias!.breached).toMatchObject({ rate: null, low: null, high: null });
    expect(bias!.rates).toMatchObject([{ family: 'attack-success' }, { family: 'failure' }]);
    expect(bias!.rates!.reduce((sum, { breached }) => sum + breached.n, 0)).toBe(bias!.breached.n);
    expect(summary.early_stop!.run).toBeLessThan(summary.early_stop!.planned);
    expect(summary.early_stop!.meaning.join(' ')).toMatch(/widest interval is .* optional stopping/s);
  });

  it('is whole where no bound is reached before its last test', async () => {
    const few = { limit: 6, attacks: ['direct'] };
    const { row, summary } = await ended(requestOf({ maxCalls: 6, untilInterval: 1 }, few));
    expect(row).toMatchObject({ ended_by: null, reason: null });
    expect(summary.early_stop).toBeUndefined();
    expect(summary.counts.tests).toBe(6);
  });

  it('is refused where a price or a verdict would be needed and there is none', async () => {
    const other = { ...requestOf({}).target, model: simulatedModel('hardened') };
    await expect(redoubt.scans.plan(requestOf({ maxCost: 1 }, { target: other }))).rejects.toThrow(
      /^--max-cost: needs a price of .*\(target\)/,
    );
    await expect(redoubt.scans.plan(requestOf({ untilInterval: 5 }, { judge: false }))).rejects.toThrow(
      /^--until-interval: /,
    );
  });

  it('needs no price of a target that is not asked', async () => {
    const other = { ...requestOf({}).target, model: simulatedModel('hardened') };
    const guard = { mode: 'only' as const, policies: [] };
    await expect(redoubt.scans.plan(requestOf({ maxCost: 1 }, { target: other, guard }))).resolves.toMatchObject({
      calls: 0,
    });
    await expect(
      redoubt.scans.plan(requestOf({ maxCost: 1 }, { target: other, guard: { ...guard, mode: 'both' } })),
    ).rejects.toThrow(/^--max-cost: needs a price of .*\(target\)/);
  });
});

describe.skipIf(notBuilt !== null)(suiteName('a bounded scan that is killed', notBuilt), () => {
  let folder: string;
  let target: CountingTarget;

  beforeEach(async () => {
    folder = newFolder('bounds-killed');
    target = await startCountingTarget(40);
  });
  afterEach(async () => {
    killAll();
    await target.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes on within its bound: at most what was under way is asked beyond it', async () => {
    const args = [
      ...['scan', '--target', target.url, '--model', 'm', '--dataset', writeDataset(folder, 200), '--attack', 'direct'],
      ...['--data', join(folder, 'data'), '--out', folder, '--formats', 'json', '--json'],
      ...['--concurrency', '4', '--max-calls', '60'],
    ];
    const first = runCommand(args);
    await until('30 calls', () => target.arrivals.length >= 30);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await runCommand(args).ended;
    expect(second.code).toBe(0);
    expect(second.stderr).toMatch(/Going on with the unfinished scan/);
    const summary = JSON.parse(second.stdout) as Summary;
    expect(summary.early_stop).toMatchObject({ by: 'max_calls', planned: 200 });
    expect(summary.spent!.tokens.target!.calls).toBe(60);
    expect(target.arrivals.length).toBeGreaterThanOrEqual(60);
    expect(target.arrivals.length).toBeLessThanOrEqual(64);
    expect([...target.calls.values()].filter((n) => n > 1).length).toBeLessThanOrEqual(4);
  });
});
