// What golden exchanges are filled in with: scans in the statuses they speak of, made on a running server as they are needed.
import { newId } from '../../src/core/ids.ts';
import { attacks } from '../../src/scan/attacks/index.ts';
import { ordinaryDatasets } from '../../src/scan/datasets/index.ts';
import { startSimulatedTarget } from '../../src/simulated/start-simulated-target.ts';
import { type Exchange, placeholdersOf } from './contract.ts';
import { scanBody, virtueRedClient } from './virtuered-client.ts';

export interface ContractValues {
  /** Placeholders that can be filled in. */
  readonly known: ReadonlySet<string>;
  /** A value for each placeholder of the exchange, whose files lie in `folder`. */
  valuesFor(exchange: Exchange, folder: string): Promise<Record<string, string>>;
  /** Pauses what an exchange has started: running scans would take the worker's places. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** On a machine that does much else. */
const LONGEST_SCAN_MS = 90_000;

/** Over a server that listens at `url` and has a worker. */
export async function contractValues(url: string, key: string): Promise<ContractValues> {
  const [fast, slow] = await Promise.all([
    startSimulatedTarget({ profile: 'naive' }),
    startSimulatedTarget({ latencyMs: 60_000 }),
  ]);
  const client = virtueRedClient(url, key);
  const finishedName = 'a finished scan';
  const finished = await client.start(scanBody(fast.url, { scan_name: finishedName }));
  const failed = await client.start(scanBody(`${fast.url}/nowhere`));
  await client.until(finished, 'Finished', LONGEST_SCAN_MS);
  await client.until(failed, 'Failed', LONGEST_SCAN_MS);

  async function running(): Promise<string> {
    const id = await client.start(scanBody(slow.url));
    await client.until(id, 'Scanning');
    return id;
  }
  async function paused(): Promise<string> {
    const id = await running();
    await client.post('/v1/scan/pause', { scan_id: id });
    return id;
  }
  const makers: Readonly<Record<string, () => string | Promise<string>>> = {
    key: () => key,
    target: () => fast.url,
    model_key: () => 'sk-model-key',
    'scan.finished': () => finished,
    'scan.failed': () => failed,
    'scan.running': running,
    'scan.paused': paused,
    'scan.unknown': () => `scan-${newId()}`,
    'name.finished': () => finishedName,
    'known.datasets': () =>
      ordinaryDatasets()
        .map(({ title }) => title)
        .join(', '),
    'known.algorithms': () => attacks.map((attack) => attack.title).join(', '),
  };
  return {
    known: new Set(Object.keys(makers)),
    async valuesFor(exchange, folder) {
      const values: Record<string, string> = {};
      for (const name of placeholdersOf(exchange, folder)) values[name] = await makers[name]!();
      return values;
    },
    async settle() {
      const { body } = await client.post('/v1/scan/progress', {});
      const active = (body as unknown as { scan_id: string; status: string }[]).filter(({ status }) =>
        ['Initializing', 'Scanning'].includes(status),
      );
      for (const { scan_id } of active) await client.post('/v1/scan/pause', { scan_id });
    },
    async close() {
      await Promise.all([fast.close(), slow.close()]);
    },
  };
}
