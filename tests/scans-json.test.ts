// `redoubt scans ... --json`: every command of the group that has the option prints JSON, and nothing else, to its output.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../src/simulated/target-options.ts';
import { killAll, newFolder, notBuilt, redoubt, suiteName } from './fakes/command-line.ts';
import { openWorkplace } from './fakes/scan-here.ts';

const data = newFolder('scans-json');
let target: SimulatedTarget;
let [finished, waiting] = ['', ''];
let planKey: string;

beforeAll(async () => {
  target = await startSimulatedTarget({ seed: 1 });
  const place = await openWorkplace(data);
  const worker = await place.startWorker();
  finished = (await place.start(target.url, 3)).id;
  await place.end(finished);
  planKey = String((await place.results(finished))[0]?.plan_key);
  await worker.stop();
  waiting = (await place.start(target.url, 3)).id;
  await place.redoubt.close();
});
afterAll(async () => {
  killAll();
  await target.close();
  rmSync(data, { recursive: true, force: true });
});

describe.skipIf(notBuilt !== null)(suiteName('redoubt scans ... --json', notBuilt), () => {
  const printed = async (...args: string[]): Promise<unknown> => {
    const { code, stdout } = await redoubt([...args, '--json', '--data', data]).ended;
    expect(code).toBe(0);
    return JSON.parse(stdout);
  };
  const scans = (...args: string[]) => printed('scans', ...args);

  it('says what was marked, in the words of the list, and what was taken back', async () => {
    const marked = await scans('mark', finished, planKey, '--as', 'breached', '--reason', 'It is one.', '--by', 'Ana');
    expect(marked).toMatchObject({ plan_key: planKey, outcome: 'breached', by: 'Ana' });
    expect(await scans('marks', finished)).toEqual([marked]);
    expect(await scans('unmark', finished, planKey)).toEqual({ scan_id: finished, plan_key: planKey, marked: false });
  });

  it('says what came of judging anew', async () => {
    expect(await scans('rejudge', finished)).toMatchObject({
      judge_before: expect.any(String),
      judge: expect.any(String),
      tests: 3,
      summary: { scan_id: finished },
    });
  });

  it('says what was written', async () => {
    const file = join(data, 'lines.jsonl');
    expect(await scans('export', finished, '--format', 'jsonl', '--out', file)).toEqual({
      scan_id: finished,
      format: 'jsonl',
      file,
    });
  });

  it('says how a scan stands that was paused, gone on with, deleted', async () => {
    expect(await scans('pause', waiting)).toMatchObject({ scan_id: waiting, status: 'Paused' });
    expect(await scans('resume', waiting)).toMatchObject({ scan_id: waiting, status: 'Finished', done: 3 });
    expect(await scans('delete', waiting)).toEqual({ scan_id: waiting, deleted: true });
  });

  it('is kept by redoubt keys revoke as well', async () => {
    const { id } = (await printed('keys', 'create', 'ci')) as { id: string };
    expect(await printed('keys', 'revoke', id)).toEqual({ id, name: 'ci', revoked: true });
  });
});
