// What the golden exchanges of EvalGuard's API are filled in with, made over HTTP on a running server.
import { newId } from '../../src/core/ids.ts';
import { ordinaryDatasets } from '../../src/scan/datasets/index.ts';
import { suites } from '../../src/scan/suites/catalogue.ts';
import { type Exchange, placeholdersOf } from './contract.ts';
import type { ContractValues } from './contract-values.ts';
import { evalGuardClient } from './evalguard-client.ts';

/** Over a server with a worker and a model for every name; `otherKey` belongs to another project than `key`. */
export async function evalGuardValues(url: string, key: string, otherKey: string): Promise<ContractValues> {
  const scanOf = async (whose: string, changes = {}): Promise<string> =>
    (await evalGuardClient(url, whose).scan(changes)).body.data.id;
  const finished = await scanOf(key);
  const other = await scanOf(otherKey, { attackTypes: ['jailbreak'] });
  const makers: Readonly<Record<string, () => string | Promise<string>>> = {
    key: () => key,
    'scan.finished': () => finished,
    'scan.other': () => other,
    'scan.spare': () => scanOf(key, { attackTypes: ['jailbreak'] }),
    'scan.unknown': newId,
    'project.other': async () => {
      const answer = await fetch(`${url}/api/v1/project/current`, { headers: { authorization: `Bearer ${otherKey}` } });
      return ((await answer.json()) as { readonly projectId: string }).projectId;
    },
    'known.types': () =>
      [...suites().map(({ id }) => id), ...ordinaryDatasets().map(({ slug }) => `dataset:${slug}`)].join(', '),
  };
  return {
    known: new Set(Object.keys(makers)),
    async valuesFor(exchange: Exchange, folder: string) {
      const values: Record<string, string> = {};
      for (const name of placeholdersOf(exchange, folder)) values[name] = await makers[name]!();
      return values;
    },
    settle: async () => undefined,
    close: async () => undefined,
  };
}
