// Judges an answer: the pure layers first; what they leave open may be put to a judge model.
import type { ChatModel } from '../core/chat.ts';
import type { Verdict } from '../core/outcome.ts';
import { judgeTry } from './judges/index.ts';
import type { JudgedTry } from './judges/judge.ts';
import type { ScanSpec } from './spec.ts';

/** Gives the verdict on one try. Never throws for what a judge model does. */
export type Judging = (judged: JudgedTry) => Promise<Verdict>;

export const unjudged: Verdict = { outcome: 'unjudged', score: null, confidence: 0, reason: 'no_judge', judge: 'none' };

/** The judging that a scan was planned with. `_model` null: no judge model is configured. */
export const createJudging =
  (spec: Pick<ScanSpec, 'judge'>, _model: ChatModel | null): Judging =>
  async (judged) =>
    spec.judge === 'none' ? unjudged : judgeTry(judged);
