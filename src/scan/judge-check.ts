// Before the first call of a scan its judge is put to the test: known answers, whose verdicts are stored beside it.
import type { ChatModel } from '../core/chat.ts';
import { sentinelsOf, storeSentinels } from '../store/judge-health.ts';
import type { Store } from '../store/store.ts';
import { createRunJudge } from './judging.ts';
import { judgeSentinels } from './sentinels.ts';
import type { ScanSpec } from './spec.ts';

export interface CheckedJudge {
  readonly scanId: string;
  readonly spec: ScanSpec;
  readonly store: Store;
}

/**
 * Has the judge of a scan judge the sentinels, once. Gives the reason where its model answers nothing at all
 * (`neverAnswered`): then no call to the target would be worth its price.
 */
export async function checkJudge(
  { scanId, spec, store }: CheckedJudge,
  model: ChatModel | null,
  neverAnswered: () => string | null,
): Promise<string | null> {
  if (spec.judge === 'none' || (await sentinelsOf(store, scanId)).length > 0) return null;
  const rows = await judgeSentinels(scanId, createRunJudge(spec, model, { sampled: false }).judging);
  const reason = neverAnswered();
  if (reason === null) await storeSentinels(store, scanId, rows);
  return reason;
}
