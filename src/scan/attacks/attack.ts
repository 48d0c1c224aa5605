// The contract of an attack: turns a test case into conversations, and undoes in the answer what it asked for.
import type { z } from 'zod';
import type { ChatMessage } from '../../core/chat.ts';
import { type Expectation, rateFamilyOf } from '../../core/outcome.ts';
import type { Random } from '../../core/random.ts';
import type { TestCase } from '../../core/test-case.ts';

/** How near a form is to the published algorithm: its very steps, its structure, or a fixed form without a helper model. */
export type Fidelity = 'exact' | 'structural' | 'static';

export type AttackParameters = Readonly<Record<string, unknown>>;

/** Everything that is known of an attack; API, command line, dashboard and docs derive from it. */
export interface Attack<Parameters extends AttackParameters = AttackParameters> {
  /** Short name for the command line, kebab-case. */
  readonly id: string;
  /** The name that clients send and reports print. */
  readonly title: string;
  /** One sentence: what it does. */
  readonly summary: string;
  /** Where it was published; null where it is nobody's. */
  readonly paper: string | null;
  readonly fidelity: Fidelity;
  /** Raised whenever the same inputs give other conversations. */
  readonly version: number;
  /** Calls to the target for one test, retries apart. */
  readonly calls: number;
  readonly parameters: z.ZodType<Parameters>;
  readonly appliesTo: (expect: Expectation) => boolean;
  /** Further names, lower case, each with the parameters it stands for, written as on the command line. */
  readonly shortNames?: ReadonlyMap<string, string>;
  /** The request as the attack writes it, without the words around it; left out where it stays as it is. */
  payload?(request: string, parameters: Parameters, random: Random): string;
  /** The conversations of a test, each one try. Randomness comes from `random` alone. */
  conversations(testCase: TestCase, parameters: Parameters, random: Random): readonly (readonly ChatMessage[])[];
  /** Undoes the code that the attack asks the answer to be given in. */
  decode?(answer: string, parameters: Parameters): string;
}

/** Applies to cases that are about harm; an attack on a harmless question would only measure whether it is understood. */
export const harmfulIntent = (expect: Expectation): boolean => rateFamilyOf(expect) === 'attack-success';
