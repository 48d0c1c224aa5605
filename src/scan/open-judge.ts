// The judge that a scan would have now, opened by itself: for measuring it, and for judging what is there already.
import type { Clock } from '../core/ports.ts';
import { seededRandom } from '../core/random.ts';
import { type ConfiguredHelper, patientHelpers } from '../models/helper-models.ts';
import type { OpenJudge } from './calibrate.ts';
import { createRunJudge, judgeIdOf } from './judging.ts';
import { DEFAULT_SEED } from './spec.ts';

/** `helper` null: the layers alone. */
export function openJudge(helper: ConfiguredHelper | null, clock: Clock): OpenJudge {
  const opened = helper?.open() ?? null;
  const asking = { clock, jitter: seededRandom('judge', clock.now()), stopAsking: new AbortController().signal };
  const { models } = patientHelpers({ attacker: null, judge: opened }, asking);
  const spec = {
    judge: 'layers',
    helpers: { attacker: null, judge: helper?.name ?? null },
    seed: DEFAULT_SEED,
  } as const;
  const { judging } = createRunJudge(spec, models.judge, { sampled: false });
  return { id: judgeIdOf(spec) ?? '', judging, close: async () => opened?.close() };
}
