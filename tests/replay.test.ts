// `redoubt replay` as a user meets it: what it says of the two scans in the end.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../src/simulated/target-options.ts';
import { killAll, newFolder, notBuilt, redoubt, suiteName } from './fakes/command-line.ts';
import { openWorkplace } from './fakes/scan-here.ts';

const data = newFolder('replay');
let target: SimulatedTarget;

beforeAll(async () => {
  target = await startSimulatedTarget({ seed: 1 });
});
afterAll(async () => {
  killAll();
  await target.close();
  rmSync(data, { recursive: true, force: true });
});

describe.skipIf(notBuilt !== null)(suiteName('redoubt replay', notBuilt), () => {
  async function replayed(isFinished: boolean): Promise<{ id: string; code: number | null; stderr: string }> {
    const place = await openWorkplace(data);
    const worker = isFinished ? await place.startWorker() : null;
    const { id } = await place.start(target.url, 3);
    if (isFinished) await place.end(id);
    await worker?.stop();
    await place.redoubt.close();
    return { id, ...(await redoubt(['replay', id, '--data', data]).ended) };
  }

  it('says how to hold the two against one another', async () => {
    const { id, code, stderr } = await replayed(true);
    expect(code).toBe(0);
    expect(stderr).toMatch(new RegExp(`^Hold the two against one another with: redoubt compare ${id} `, 'm'));
  });

  it('says that a scan which has not finished is not to be compared yet', async () => {
    const { id, code, stderr } = await replayed(false);
    expect(code).toBe(0);
    expect(stderr).toMatch(new RegExp(`^The scan ${id} is \\w+\\. Once it has finished, hold`, 'm'));
  });
});
