// What hardening needs of a scan: its tests as they stood, and why nothing may be concluded from them.
import type { ChatMessage } from './chat.ts';
import type { Expectation, Outcome, TestRole } from './outcome.ts';

/** A stored test: what was asked, and how the target as it stands answered. */
export interface HardenTest {
  readonly planKey: string;
  readonly caseId: string;
  readonly dataset: string;
  readonly subcategory: string;
  readonly attack: string;
  readonly family: string;
  /** BCP 47. */
  readonly lang: string;
  readonly role: TestRole;
  readonly expect: Expectation;
  readonly messages: readonly ChatMessage[];
  /** As the application stood, a guard that was in play with it; and without that guard. */
  readonly outcome: Outcome;
  readonly bareOutcome: Outcome;
}

export interface HardenSource {
  readonly scanId: string;
  readonly projectId: string;
  /** By it scans of one target find one another. */
  readonly targetKey: string;
  readonly simulated: boolean;
  /** Why nothing may be concluded; empty where nothing forbids it. */
  readonly doubts: readonly string[];
  tests(): AsyncIterable<HardenTest>;
}
