// Why the target gave no answer: the sentence of the last test without one, for whoever reads the figures alone.
import { lastTestsWith } from '../store/results.ts';
import type { Store } from '../store/store.ts';
import { openTest } from '../store/stored-test.ts';
import type { Vault } from '../store/vault.ts';
import { failureReasons } from './try-record.ts';

/** A target's error and a judge's may share a reason; among so many there is one of the target, if there is any. */
const MOST_LOOKED_AT = 20;

/** The sentence of the last ordinary test of the scan that the target did not answer; null where there is none. */
export async function lastFailureOf(store: Store, vault: Vault, scanId: string): Promise<string | null> {
  for (const row of await lastTestsWith(store, scanId, failureReasons, MOST_LOOKED_AT)) {
    const { failure } = openTest(vault, row).answer;
    if (failure !== undefined) return failure;
  }
  return null;
}
