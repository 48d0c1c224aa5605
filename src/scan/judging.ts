// Judges an answer: the pure layers first; what they leave open, or are not sure of, goes to the judge model where one
// is configured.
import { randomBytes } from 'node:crypto';
import type { ChatModel } from '../core/chat.ts';
import { isDecided, type Verdict } from '../core/outcome.ts';
import { judgeTry, layersId } from './judges/index.ts';
import type { JudgedTry } from './judges/judge.ts';
import { createLlmJudge, llmJudgeId, type Opinion } from './llm-judge/llm-judge.ts';
import type { ScanSpec } from './spec.ts';

/** Gives the verdict on one try. Never throws for what a judge model does. */
export type Judging = (judged: JudgedTry) => Promise<Verdict>;

/** The judge of a run, and what a second judge said beside it. */
export interface RunJudge {
  readonly judging: Judging;
  /** Opinions since this was last asked: each is handed out once. */
  takeOpinions(): readonly Opinion[];
}

type JudgeSpec = Pick<ScanSpec, 'judge' | 'helpers' | 'seed'>;

const unjudged: Verdict = { outcome: 'unjudged', score: null, confidence: 0, reason: 'no_judge', judge: 'none' };

/** The layers are believed from here on; under it they say themselves that they guess. */
const SURE = 0.7;

/** Whether a verdict of the layers is to be put to a judge model. That there was nothing to judge, nobody can mend. */
const isOpen = ({ outcome, reason, confidence }: Verdict): boolean =>
  outcome === 'inconclusive' ? reason === 'no_judge' || reason === 'unsure' : confidence < SURE;

/** Names everything that judges in a scan, e.g. "layers-11" or "layers-11+llm-3f2a91c0/small"; null where nothing does. */
export function judgeIdOf({ judge, helpers }: Pick<ScanSpec, 'judge' | 'helpers'>): string | null {
  if (judge === 'none') return null;
  return helpers.judge === null ? layersId : `${layersId}+${llmJudgeId(helpers.judge.model)}`;
}

const newFence = (): string => randomBytes(9).toString('hex');

/** A tenth of the answers is judged twice. */
const SAMPLE = 0.1;

/** The judging that a scan was planned with. `model` null: no judge model is configured. `sampled`: some are judged twice. */
export function createRunJudge(
  spec: JudgeSpec,
  model: ChatModel | null,
  { sampled }: { readonly sampled: boolean } = { sampled: true },
): RunJudge {
  if (spec.judge === 'none') return { judging: async () => unjudged, takeOpinions: () => [] };
  if (model === null) return { judging: async (judged) => judgeTry(judged), takeOpinions: () => [] };
  const name = spec.helpers.judge?.model ?? '';
  const llm = createLlmJudge({ model, name, seed: spec.seed, sample: sampled ? SAMPLE : 0, newFence });
  return {
    async judging(judged) {
      const verdict = judgeTry(judged);
      if (isOpen(verdict)) return llm.decide(judged);
      if (isDecided(verdict.outcome) && llm.isSampled(judged)) await llm.compare(judged, verdict.outcome);
      return verdict;
    },
    takeOpinions: llm.takeOpinions,
  };
}
