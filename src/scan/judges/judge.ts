// The contract of a judge's layer: a pure function that decides a try, or leaves it to the next layer.
import type { ChatAnswer } from '../../core/chat.ts';
import type { Outcome, Reason } from '../../core/outcome.ts';
import type { TestCase } from '../../core/test-case.ts';

/** What a layer sees of one try. */
export interface JudgedTry {
  readonly testCase: TestCase;
  readonly answer: ChatAnswer;
  /** The answer's text with the attack's own encoding undone; the text itself where there is none. */
  readonly decoded: string;
  /** What the target was asked last, in the attack's words; absent where that is not known. */
  readonly asked?: string;
}

/** What a layer decides. `confidence` lies in 0..1. */
export interface LayerVerdict {
  readonly outcome: Exclude<Outcome, 'unjudged'>;
  readonly reason: Reason;
  readonly confidence: number;
}

/** One layer; layers run in the order of index.ts, cheapest and surest first. */
export interface JudgeLayer {
  readonly id: string;
  /** Raised whenever the layer decides anything otherwise than before. */
  readonly version: number;
  readonly decide: (judged: JudgedTry) => LayerVerdict | null;
}
