// What an attack of several turns or tries is handed: the target, the attacker model, draws.
import type { ChatMessage } from '../../core/chat.ts';
import type { Verdict } from '../../core/outcome.ts';
import type { Random } from '../../core/random.ts';
import type { TestCase } from '../../core/test-case.ts';

/** What came of one turn. */
export interface Reply {
  /** What the target said with the attack's own code undone; empty where no answer came. */
  readonly text: string;
  /** The target's turn as it came, to go on from. */
  readonly said: ChatMessage;
  readonly verdict: Verdict;
  /** A confirmed success, where the attack stops at one; else the plain verdict. */
  readonly succeeded: boolean;
  /** It declined, or a filter stopped it. */
  readonly refused: boolean;
  /** False where no answer came after all retries: no verdict on the target. */
  readonly answered: boolean;
}

/** The attacker model. What it declines or garbles is asked again, counted and shown; it says nothing on the target. */
export interface Attacker {
  /**
   * What `read` makes of its words; null where it has not written what was asked for after several attempts. Unless the
   * attack can do without (`isOptional`) it then lacks a step, and a search that lacks many is inconclusive.
   */
  write<Value>(
    messages: readonly ChatMessage[],
    read: (text: string) => Value | null,
    options?: { readonly isOptional: boolean },
  ): Promise<Value | null>;
}

/** One test under way. Throws nothing that an attack needs to catch. */
export interface Search {
  readonly testCase: TestCase;
  /** Null where no attacker model is configured: the static form runs. */
  readonly attacker: Attacker | null;
  /** The draws of one try, numbered from 0. */
  random(tryNo: number): Random;
  /**
   * Asks the target the whole conversation so far. Calls under one `tryNo` are the turns of one try.
   * `decode` undoes a code that only this try asks the answer in, in place of the attack's own.
   */
  ask(tryNo: number, conversation: readonly ChatMessage[], decode?: (answer: string) => string): Promise<Reply>;
  /**
   * Asks a turn that only leads up to the request: what comes of it decides nothing once a later turn was asked, and so
   * no judge is asked about it. Where it is answered the request must follow, or the try is inconclusive. Else as `ask`.
   */
  lead(tryNo: number, conversation: readonly ChatMessage[]): Promise<Reply>;
  /** The last turn of this try is taken back: the conversation goes on without it. It stays a call. */
  backtrack(tryNo: number): void;
}
