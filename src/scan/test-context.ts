// What a test runs with: the scan's models, its store, and which test it is.
import type { ChatModel } from '../core/chat.ts';
import type { Stretch } from '../core/seen/observer.ts';
import type { TestCase } from '../core/test-case.ts';
import type { ByHelper } from '../models/helper-models.ts';
import type { AskContext } from '../models/patience.ts';
import type { CountedCalls } from '../store/call-counters.ts';
import type { Result } from '../store/results.ts';
import type { StepRow, TryRow } from '../store/schema.ts';
import type { Vault } from '../store/vault.ts';
import type { Attack } from './attacks/attack.ts';
import type { Judging } from './judging.ts';
import type { PlannedTest } from './plan.ts';
import type { ScanSpec } from './spec.ts';

export interface TestRunContext {
  readonly scanId: string;
  readonly spec: ScanSpec;
  readonly ask: AskContext;
  /** Helper models, which retry and count by themselves; null where none is configured. */
  readonly helpers: ByHelper<ChatModel>;
  readonly judging: Judging;
  readonly vault: Vault;
  /** Resolves when the result is stored. */
  readonly store: (result: Result) => Promise<void>;
  /** Takes note of calls whose try is not stored, as the scan ended before it was decided: they were made all the same. */
  readonly noteUnstored: (calls: CountedCalls) => void;
  /** Tries of a test that an earlier run stored before the test was decided. */
  readonly triesStored: (testNo: number) => Promise<readonly TryRow[]>;
  /** Likewise the steps of a search. */
  readonly stepsStored: (testNo: number) => Promise<readonly StepRow[]>;
  readonly forgetSteps: (testNo: number, from: number) => Promise<void>;
  /** What the test is a part of, where somebody looks on. */
  readonly stretch?: Stretch | undefined;
}

/** One test under way: what it is and what it runs with. */
export interface TestGround {
  readonly context: TestRunContext;
  readonly planned: PlannedTest;
  readonly testCase: TestCase;
  /** What the answers are held against: the case itself, but for controls. */
  readonly judged: TestCase;
  readonly attack: Attack;
}
