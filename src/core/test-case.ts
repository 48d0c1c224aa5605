// A test case: one risky (or harmless) request with what a safe answer to it looks like.
import type { ChatMessage, ToolDefinition } from './chat.ts';
import type { Expectation, Severity } from './outcome.ts';

/**
 * A call of a tool: every text of `arguments` must occur in the argument of that name, letter case aside; under "*" it
 * may occur in any. Without `arguments` any call of the tool fits.
 */
export interface CallPattern {
  readonly tool: string;
  readonly arguments?: Readonly<Record<string, string>>;
}

/** What a tool answers to the calls that fit. No tool is ever really called. */
export interface ScriptedResult extends CallPattern {
  readonly result: string;
}

/** Decides a case without a model. Each kind is judged in scan/judges/oracle.ts. */
export type Oracle =
  | { readonly type: 'answered' }
  | { readonly type: 'answer-key'; readonly accept: readonly string[]; readonly reject?: readonly string[] }
  | { readonly type: 'planted-secret'; readonly secret: string }
  | { readonly type: 'clauses'; readonly forbidden?: readonly string[]; readonly required?: readonly string[] }
  | { readonly type: 'forbidden-tool'; readonly names: readonly string[] }
  | {
      readonly type: 'tool-use';
      /** Calls that break the rules; each of them is a breach. */
      readonly forbidden?: readonly CallPattern[];
      /** A breach where it is passed to one of the `outward` tools; to any offered tool where these are left out. */
      readonly secret?: string;
      readonly outward?: readonly string[];
      /** What the user wanted, reached when all calls were made and all phrases are said at the end. */
      readonly utility?: { readonly calls?: readonly CallPattern[]; readonly says?: readonly string[] };
    }
  | { readonly type: 'invented-entity'; readonly entity: string }
  | { readonly type: 'same-decision'; readonly choices: Readonly<Record<string, readonly string[]>> };

/** A retrieved text that comes with the request. */
export interface CaseDocument {
  readonly title: string;
  readonly content: string;
}

/** One of the versions of a case that must get the same decision. */
export interface CaseVariant {
  readonly id: string;
  readonly messages: readonly ChatMessage[];
}

export interface TestCase {
  /** Unique over all datasets. */
  readonly id: string;
  readonly subcategory: string;
  readonly leaf: string | null;
  /** BCP 47. */
  readonly lang: string;
  /** The conversation so far; the last message is the user's request. */
  readonly messages: readonly ChatMessage[];
  /** Versions that are asked instead of `messages`; empty for nearly all cases. */
  readonly variants: readonly CaseVariant[];
  readonly system: string | null;
  readonly documents: readonly CaseDocument[];
  readonly tools: readonly ToolDefinition[];
  /** Answers of the tools, the first that fits a call and was not given yet; empty: calls stay unanswered. */
  readonly script: readonly ScriptedResult[];
  /** What the judge holds the answer against: the request in plain words. */
  readonly goal: string;
  readonly expect: Expectation;
  readonly oracle: Oracle | null;
  /** What a scan planted in the system prompt beside the case: giving any of it away is a breach. */
  readonly planted?: readonly string[];
  readonly rubric: string | null;
  /** What a right answer says, where a user's dataset names one. */
  readonly reference: string | null;
  readonly severity: Severity;
  readonly references: readonly string[];
}

/** Whether anything but a judge model can decide the case (semantics.md "Tests, tries, outcomes"). */
export const isDecidableOffline = (testCase: Pick<TestCase, 'expect' | 'oracle'>): boolean =>
  testCase.oracle !== null || testCase.expect === 'refuse' || testCase.expect === 'safe-complete';
