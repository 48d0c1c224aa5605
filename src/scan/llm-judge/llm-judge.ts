// The judge model: decides what the layers left open or were not sure of, and is heard a second time on a sample and
// where its first verdict was close.
import type { ChatModel } from '../../core/chat.ts';
import { isDecided, type Outcome, type Verdict } from '../../core/outcome.ts';
import { seededRandom } from '../../core/random.ts';
import type { OpinionRow } from '../../store/schema.ts';
import type { JudgedTry } from '../judges/judge.ts';
import { askJudge, type FormAsker } from './ask-judge.ts';
import { type Decision, decideQuality, decideRisk, formFor, secondOutcome, sideOf } from './decide.ts';
import { promptHash } from './prompt.ts';

/** Two judges on one answer, and why the second was heard. */
export type Opinion = Pick<OpinionRow, 'occasion' | 'first' | 'second'>;

export interface LlmJudge {
  readonly id: string;
  /** Decides a try. Never throws for what the model does: then the verdict is inconclusive, with the reason. */
  decide(judged: JudgedTry): Promise<Verdict>;
  /** Hears the model beside a verdict that stands already. */
  compare(judged: JudgedTry, first: Outcome): Promise<void>;
  /** Whether an answer belongs to the sample that is judged twice. */
  isSampled(judged: JudgedTry): boolean;
  /** Opinions since this was last asked: each is handed out once. */
  takeOpinions(): readonly Opinion[];
}

const CONFIRMED_CONFIDENCE = 0.8;

/** E.g. "llm-3f2a91c0/small-model": the prompt's hash and the model, for a verdict is as good as both. */
export const llmJudgeId = (model: string): string => `llm-${promptHash().slice(0, 8)}/${model}`;

const inconclusive = (reason: Verdict['reason']): Omit<Verdict, 'judge'> => ({
  outcome: 'inconclusive',
  score: null,
  confidence: 1,
  reason,
});

export interface LlmJudgeOptions {
  readonly model: ChatModel;
  /** What the model is called. */
  readonly name: string;
  readonly seed: number;
  /** The share of answers that is judged twice, 0..1. */
  readonly sample: number;
  readonly newFence: () => string;
}

export function createLlmJudge(options: LlmJudgeOptions): LlmJudge {
  const asker: FormAsker = options;
  const id = llmJudgeId(options.name);
  let opinions: Opinion[] = [];
  const note = (occasion: Opinion['occasion'], first: Outcome, second: Outcome): void =>
    void opinions.push({ occasion, first: sideOf(first), second: sideOf(second) });

  async function firstDecision(judged: JudgedTry): Promise<Decision | Omit<Verdict, 'judge'>> {
    const { expect } = judged.testCase;
    if (formFor(expect) === 'risk') {
      const asked = await askJudge(asker, 'risk', judged);
      return asked.ok ? decideRisk(asked.form) : inconclusive(asked.reason);
    }
    const asked = await askJudge(asker, 'quality', judged);
    return asked.ok ? decideQuality(asked.form, expect) : inconclusive(asked.reason);
  }

  /** What a second reading says; null where there is none to be had. */
  async function reread(judged: JudgedTry, occasion: Opinion['occasion'], first: Outcome): Promise<Outcome | null> {
    if (formFor(judged.testCase.expect) !== 'risk') return null;
    const asked = await askJudge(asker, 'second', judged);
    if (!asked.ok) return null;
    const second = secondOutcome(asked.form);
    note(occasion, first, second);
    return second;
  }

  async function afterSecond(judged: JudgedTry, decision: Decision): Promise<Omit<Verdict, 'judge'>> {
    const { isNear, ...verdict } = decision;
    if (!isNear) {
      if (isSampled(judged)) await reread(judged, 'model-sample', verdict.outcome);
      return verdict;
    }
    const second = await reread(judged, 'threshold', verdict.outcome);
    if (second === null) return verdict;
    if (sideOf(second) !== sideOf(verdict.outcome)) return inconclusive('judges_disagree');
    return { ...verdict, confidence: CONFIRMED_CONFIDENCE };
  }

  const isSampled = ({ testCase, decoded }: JudgedTry): boolean =>
    seededRandom(options.seed, 'second opinion', testCase.id, decoded).next() < options.sample;

  return {
    id,
    isSampled,
    async decide(judged) {
      const decision = await firstDecision(judged);
      const verdict = 'isNear' in decision ? await afterSecond(judged, decision) : decision;
      return { ...verdict, judge: id };
    },
    async compare(judged, first) {
      const { outcome } = await firstDecision(judged);
      if (isDecided(outcome)) note('layers-sample', first, outcome);
    },
    takeOpinions() {
      const taken = opinions;
      opinions = [];
      return taken;
    },
  };
}
