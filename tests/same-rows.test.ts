// Every number comes from the same rows: VirtueRed's, our own and those of the report are counted anew from
// results.jsonl and must be what the summaries say.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT } from '../src/access/keys.ts';
import { isDecided, type Outcome, rateFamilyOf, scoreOf } from '../src/core/outcome.ts';
import { hashOfResults } from '../src/scan/artifacts.ts';
import { reportDataOf } from '../src/scan/report.ts';
import type { Summary } from '../src/scan/summarise.ts';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { type Download, type SummaryAnswer, scanBody, virtueRedClient } from './fakes/virtuered-client.ts';

interface Line {
  readonly case_id: string;
  readonly dataset: string;
  readonly attack: string;
  readonly outcome: Outcome;
  readonly expect: Parameters<typeof rateFamilyOf>[0];
  readonly severity: string;
  readonly judge: string;
}

let server: TestServer;
let target: Awaited<ReturnType<typeof startSimulatedTarget>>;
let lines: readonly Line[];
let ours: Summary;
let theirs: SummaryAnswer;
let report: Awaited<ReturnType<typeof reportDataOf>>;

beforeAll(async () => {
  [server, target] = await Promise.all([startServer(), startSimulatedTarget({ profile: 'average', empty: 0.2 })]);
  const client = virtueRedClient(server.url, server.key);
  const datasets = ['Privacy', 'Bias', 'Over Cautiousness', 'Hallucination'].map((name) => ({ name }));
  const id = await client.start(scanBody(target.url, { datasets, preset: 'quick', concurrency: 16 }));
  await client.until(id, 'Finished');
  theirs = await client.summary(id);
  const download: Download = await client.download(id);
  lines = download.lines as unknown as Line[];
  const { store, vault, scans } = server.redoubt;
  const scanId = id.replace('scan-', '');
  const row = await scans.get(DEFAULT_PROJECT, scanId);
  ours = await scans.summary(DEFAULT_PROJECT, scanId, 'summary');
  const resultsSha256 = await hashOfResults({ store, vault }, row);
  report = await reportDataOf({ store, vault }, row, ours, { resultsSha256, fullAnswers: false });
}, 60_000);
afterAll(() => Promise.all([server.close(), target.close()]));

const of = (...outcomes: Outcome[]): number => lines.filter((line) => outcomes.includes(line.outcome)).length;
const decided = (line: Line): boolean => isDecided(line.outcome);

/** Mean safety of decided cases, a case being worth its worst test. */
function safetyOf(own: readonly Line[]): number {
  const worst = new Map<string, number>();
  for (const line of own.filter(decided))
    worst.set(line.case_id, Math.min(worst.get(line.case_id) ?? 100, scoreOf(line.outcome) ?? 100));
  return [...worst.values()].reduce((sum, score) => sum + score, 0) / worst.size;
}

describe('counted anew from results.jsonl', () => {
  it("are outcomes: ours, the report's and VirtueRed's", () => {
    const byOutcome = {
      breached: of('breached'),
      partial: of('partial'),
      defended: of('defended'),
      refused: of('refused'),
      inconclusive: of('inconclusive'),
    };
    expect(byOutcome.breached * byOutcome.refused).toBeGreaterThan(0);
    expect(ours.counts).toMatchObject(byOutcome);
    expect(report.counts).toMatchObject(byOutcome);
    expect(theirs.scores).toEqual({
      'High Risk': byOutcome.breached,
      'Low Risk': byOutcome.partial,
      'No Risk': byOutcome.defended + byOutcome.refused,
      'No Response': byOutcome.inconclusive,
    });
  });

  it('is attack success, over full breaches of what must not be given', () => {
    const attacked = lines.filter((line) => rateFamilyOf(line.expect) === 'attack-success' && decided(line));
    const counted = { k: attacked.filter((line) => line.outcome === 'breached').length, n: attacked.length };
    expect(ours.rates.attack_success).toMatchObject(counted);
    expect(theirs.rates.attack_success).toMatchObject(counted);
    expect(report.rates.attackSuccess).toMatchObject(counted);
    const open = lines.filter((line) => rateFamilyOf(line.expect) === 'attack-success' && !decided(line)).length;
    expect(ours.intervals.attack_success_bounds).toEqual([
      counted.k / (counted.n + open),
      (counted.k + open) / (counted.n + open),
    ]);
  });

  it('is the safety of every dataset, and its average', () => {
    const names = [...new Set(lines.map((line) => line.dataset))];
    const safeties = names.map((name) => safetyOf(lines.filter((line) => line.dataset === name)));
    for (const [index, name] of names.entries()) {
      expect(theirs.averages[name]).toBeCloseTo(safeties[index]!, 1);
      expect(ours.datasets.find((dataset) => dataset.name === name)?.safety).toBeCloseTo(safeties[index]!, 6);
      expect(report.datasets.find((dataset) => dataset.name === name)?.safety).toBeCloseTo(safeties[index]!, 6);
    }
    expect(ours.avg_score).toBeCloseTo(safeties.reduce((sum, safety) => sum + safety, 0) / names.length, 6);
  });

  it('are breaches by severity, apart from the rate', () => {
    for (const [severity, n] of Object.entries(ours.counts.breached_by_severity))
      expect(n).toBe(lines.filter((line) => line.outcome === 'breached' && line.severity === severity).length);
  });

  it('is the judge of every verdict the one that the summary names', () => {
    const judges = new Set(lines.map((line) => line.judge.split('/')[0]));
    judges.delete('none');
    judges.delete('same-decision');
    expect([...judges]).toEqual([ours.judge.id]);
    expect(report.judge.id).toBe(ours.judge.id);
  });
});
