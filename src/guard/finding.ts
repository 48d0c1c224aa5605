// What came of asking the checks, and what is decided from it: the words between detectors, service and dialects.
import { type LabelScore, SAFE_LABEL, type Span } from './detectors/detector.ts';
import type { Action, OnFailure } from './policy.ts';

/** A message in which a detector fired. */
export interface Hit {
  /** Which of the messages. */
  readonly index: number;
  readonly score: number;
  /** Places in the message as sent; empty where the message as a whole is meant. */
  readonly spans: readonly Span[];
}

/** What one rule of a policy found over all messages. */
export interface Finding {
  readonly policyId: string;
  readonly policyVersion: number;
  readonly onFailure: OnFailure;
  readonly overrideResponse: string | null;
  readonly detector: string;
  readonly action: Action;
  /** Null where no message has a role of the policy, or nothing could be decided. */
  readonly score: number | null;
  /** The threshold in force for the message with that score. */
  readonly threshold: number;
  readonly detected: boolean;
  readonly labels: readonly LabelScore[];
  readonly hits: readonly Hit[];
  /** Why it could not decide; null where it could. */
  readonly undecided: string | null;
  /** Whether any message has a role of the policy. */
  readonly asked: boolean;
  readonly ms: number;
}

/** What fired: the strongest label but SAFE, which may be stronger under a low threshold; null where no label says it. */
export const firedLabel = ({ labels }: Finding): string | null =>
  labels.find(({ label }) => label !== SAFE_LABEL)?.label ?? null;

/** What may happen now. The four words stand beside one another in every answer. */
export interface Decision {
  readonly flagged: boolean;
  readonly denied: boolean;
  /** A correction without what was found is there. */
  readonly redacted: boolean;
  /** Some check could not decide. */
  readonly undecided: boolean;
  /** In the order of policies, then rules; with fail_fast only those that ran. */
  readonly findings: readonly Finding[];
  /** Said in place of an answer: of the request, else of the first policy that fired. */
  readonly override: string | null;
}
