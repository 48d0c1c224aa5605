// The contract of a detector: scores one text, or one conversation; a policy decides what follows from the score.
import type { z } from 'zod';
import type { ChatModel } from '../../core/chat.ts';
import type { GuardMessage } from '../message.ts';

/** What a detector costs, cheapest first: the order in which detectors are asked. */
export const costClasses = ['rules', 'linear', 'encoder', 'remote'] as const;
export type CostClass = (typeof costClasses)[number];

/** A place in the text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Upper case; the first half of a redaction token, e.g. CONTACT. */
  readonly label: string;
  /** In 0..1. */
  readonly score: number;
  /** What exactly was found, where the label is a group: e.g. EMAIL. */
  readonly kind?: string;
  /** Lies in several parts of a message: counts where nothing is found in one of them alone. */
  readonly across?: true;
}

export interface LabelScore {
  /** Upper case, e.g. INJECTION. */
  readonly label: string;
  /** In 0..1. */
  readonly score: number;
}

/** The label of not having found what is looked for, with the score of that. */
export const SAFE_LABEL = 'SAFE';

/** What a detector says of one text. */
export interface Detection {
  /** In 0..1; a policy compares it with its threshold (at or above fires). */
  readonly score: number;
  /** The strongest first; may hold labels below any threshold. */
  readonly labels: readonly LabelScore[];
  /** Empty for a detector that judges the text as a whole; where `windows` is given, every window with its score. */
  readonly spans: readonly Span[];
  /** Overlapping windows that the text was scored in, however low they score; 1 where it is left out. */
  readonly windows?: number;
  /** How many of them stand behind the score, 1..windows; 1 where it is left out. */
  readonly backing?: number;
}

export const nothingDetected: Detection = { score: 0, labels: [], spans: [] };

/** The detection behind these spans: the strongest decides. */
export function detectionOf(spans: readonly Span[]): Detection {
  if (spans.length === 0) return nothingDetected;
  const best = new Map<string, number>();
  for (const { label, score } of spans) best.set(label, Math.max(score, best.get(label) ?? 0));
  const labels = [...best].map(([label, score]) => ({ label, score })).sort((a, b) => b.score - a.score);
  return { score: labels[0]!.score, labels, spans };
}

/** What a session remembers, for the one detector that asks. */
export interface SessionRisk {
  /** Takes in the messages that were not seen before; gives the risk of the session, 0..1. */
  weigh(messages: readonly GuardMessage[]): Promise<number>;
}

/** What a detector sees beside the text. */
export interface DetectContext {
  readonly messages: readonly GuardMessage[];
  /** Which of the messages the text is, or was read from. */
  readonly index: number;
  /** Null where the request names no session. */
  readonly session: SessionRisk | null;
  /** Aborted when the time limit of the policy has passed: whoever waits should stop. */
  readonly signal: AbortSignal;
}

/** What a detector may use; wired in compose.ts. */
export interface DetectorServices {
  /** The judge model; null where none is configured. */
  readonly judge: ChatModel | null;
}

/** A detector with its reference read and checked, ready to be asked many times. */
export interface OpenDetector {
  /**
   * Scores one text. A rule answers at once, a model with a promise. Throwing or rejecting means "could not decide":
   * the policy's failure setting then decides, never the detector.
   */
  detect(text: string, context: DetectContext): Detection | Promise<Detection>;
  /** What whoever writes the policy should know, e.g. how well examples were learnt. */
  readonly remark?: string;
  /** Longest match in characters, for streams: only so much text must be held back. Left out by whoever judges wholes. */
  readonly longestSpan?: number;
  /**
   * For streams: where in the text so far a match may have begun that is not whole yet; `text.length` where none has.
   * Left out: the last `longestSpan` characters are held back, which is safe and slower.
   */
  holdFrom?(text: string): number;
}

/** Everything that is known of a detector; API, command line and docs derive from it. */
export interface Detector {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it finds. */
  readonly summary: string;
  /** Raised whenever the same text gives another score. */
  readonly version: number;
  readonly cost: CostClass;
  /** No accuracy was measured: off unless a policy names it. */
  readonly experimental: boolean;
  /** `forms`: is asked about every form in which the text can be read (forms.ts); `raw`: only as it was sent. */
  readonly reads: 'forms' | 'raw';
  /** `conversation`: is asked once, about the last message of the policy's roles. */
  readonly asks: 'message' | 'conversation';
  /** Holds where a policy names none. In 0..1. */
  readonly threshold: number;
  /** What `reference` must hold; null where it takes none. */
  readonly reference: z.ZodType | null;
  /** Makes it ready. Throws INVALID_FIELD where the reference cannot be used. */
  open(reference: unknown, services: DetectorServices): OpenDetector | Promise<OpenDetector>;
  /** The threshold in force for a text that was scored in windows; the threshold itself where it is left out. */
  thresholdFor?(threshold: number, detection: Detection): number;
}
