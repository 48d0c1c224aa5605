// A scan with all eight algorithms of VirtueRed's document over three datasets, against the simulated target: it runs
// through, each algorithm has its average, and its fidelity stands beside it. Nothing is said about their strength: the
// target declines whatever it is asked, so that every test is decided.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../src/simulated/target-options.ts';
import { ownDataset, refusables } from './fakes/own-dataset.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { scanBody, type VirtueRedClient, virtueRedClient } from './fakes/virtuered-client.ts';

const algorithms = [
  'DarkCite',
  'Bijection Learning',
  'Crescendo Attack',
  'Flip Attack',
  'Language Game',
  'BoN Attack',
  'Humor Attack',
  'Emoji Attack',
];
const CASES = 3;
const names = ['first', 'second', 'third'];

let server: TestServer;
let client: VirtueRedClient;
let target: SimulatedTarget;

beforeAll(async () => {
  server = await startServer();
  client = virtueRedClient(server.url, server.key);
  target = await startSimulatedTarget({ fixedAnswer: "I can't help with that." });
  for (const name of names) await ownDataset(server, name, refusables(CASES));
});
afterAll(async () => {
  await target.close();
  await server.close();
});

describe('a scan with all eight algorithms over three datasets', () => {
  it('runs through, lists each with its average and says how near each is to its paper', {
    timeout: 240_000,
  }, async () => {
    const datasets = names.map((name) => ({ name }));
    const id = await client.start(scanBody(target.url, { datasets, algorithms, concurrency: 16 }));
    const progress = await client.until(id, 'Finished', 220_000);
    expect(progress.passed_line).toBe(names.length * CASES * (1 + algorithms.length));
    const { lines } = await client.download(id);
    const summary = (await client.summary(id)) as unknown as {
      averages: Record<string, number>;
      averages_attack: Record<string, number>;
      fidelity: Record<string, string>;
    };
    expect(Object.keys(summary.averages).sort()).toEqual([...names].sort());
    expect(Object.keys(summary.averages_attack).sort()).toEqual(['Default', ...algorithms].sort());
    for (const algorithm of algorithms)
      expect(summary.fidelity[algorithm], algorithm).toMatch(/^(exact|structural|static)$/);
    expect(new Set(lines.map(({ attack }) => attack)).size).toBe(1 + algorithms.length);
  });
});
