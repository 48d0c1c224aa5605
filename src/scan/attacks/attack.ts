// The contract of an attack: turns a test case into conversations, and undoes in the answer what it asked for.
import type { z } from 'zod';
import type { ChatMessage } from '../../core/chat.ts';
import { type Expectation, rateFamilyOf } from '../../core/outcome.ts';
import type { Random } from '../../core/random.ts';
import type { TestCase } from '../../core/test-case.ts';
import type { Writing } from '../../core/text/writing.ts';
import type { Search } from './search.ts';

/** How near a form is to the published algorithm: its very steps, its structure, or a fixed form without a helper model. */
export type Fidelity = 'exact' | 'structural' | 'static';

/** What an attack works by. */
export const attackFamilies = [
  'plain',
  'framing',
  'encoding',
  'language',
  'persuasion',
  'multi-turn',
  'search',
  'extraction',
  'injection',
  'image',
] as const;
export type AttackFamily = (typeof attackFamilies)[number];

/** What an attack uses beside the target: `judge` stands for verdicts while it runs, by which it stops or turns back. */
export type AttackNeed = 'attacker' | 'judge';

export type AttackParameters = Readonly<Record<string, unknown>>;

/** What one test may take at most, retries apart. `turns` in one try; `attackerCalls` to the attacker model. */
export interface Budget {
  readonly tries: number;
  readonly turns: number;
  readonly calls: number;
  readonly attackerCalls: number;
}

interface AttackFacts<Parameters extends AttackParameters> {
  /** Short name for the command line, kebab-case. */
  readonly id: string;
  /** The name that clients send and reports print. */
  readonly title: string;
  /** One sentence: what it does. */
  readonly summary: string;
  /** Where it was published; null where it is nobody's. */
  readonly paper: string | null;
  readonly family: AttackFamily;
  /** Of the form that runs when everything it needs is there. */
  readonly fidelity: Fidelity;
  /** Of the form that runs without an attacker model; left out where none is needed. */
  readonly fidelityWithoutAttacker?: Fidelity;
  readonly needs?: readonly AttackNeed[];
  /** Of the form that runs without an attacker model, where that one is no search; left out: the same. */
  readonly needsWithoutAttacker?: readonly AttackNeed[];
  /** Raised whenever the same inputs give other conversations. */
  readonly version: number;
  /** Calls to the target for one test under the default parameters, retries apart. */
  readonly calls: number;
  /** Where one test takes several tries or turns, or its cost depends on the parameters. */
  budget?(parameters: Parameters, hasAttacker: boolean): Budget;
  /** Tries of one test above which only the setting `search_tries` goes; left out where the parameters bound them. */
  readonly mostTries?: number;
  readonly parameters: z.ZodType<Parameters>;
  readonly appliesTo: (expect: Expectation) => boolean;
  /** Runs on cases whose tools answer by a script too: there the user's own request is harmless. */
  readonly knowsScripts?: boolean;
  /** Further names, lower case, each with the parameters it stands for, written as on the command line. */
  readonly shortNames?: ReadonlyMap<string, string>;
  /** Parameters by further names that papers or other tools give them. */
  readonly parameterAliases?: Readonly<Record<string, string>>;
  /** The request as the attack writes it, without the words around it; left out where it stays as it is. */
  payload?(request: string, parameters: Parameters, random: Random): string;
  /**
   * Whether it changes a request that is written so; left out: any. On one that it would leave as it is the attack is not
   * run: that would be the plain request beside a false instruction.
   */
  alters?(writing: Writing, parameters: Parameters): boolean;
  /** Undoes the code that the attack asks the answer to be given in. */
  decode?(answer: string, parameters: Parameters): string;
}

/** Knows everything it will say before it says anything. */
export interface SingleTurnAttack<Parameters extends AttackParameters = AttackParameters>
  extends AttackFacts<Parameters> {
  /** The conversations of a test, each one try; all are asked. Randomness comes from `random` alone. */
  conversations(testCase: TestCase, parameters: Parameters, random: Random): readonly (readonly ChatMessage[])[];
  readonly search?: never;
}

/** Says the next thing by what the target answered: several turns, or several tries until one succeeds. */
export interface SearchingAttack<Parameters extends AttackParameters = AttackParameters>
  extends AttackFacts<Parameters> {
  /**
   * Runs the whole test over `search`, and returns when it is at its end. It must do the same again for the same
   * answers: after a crash it is run from the start over the answers that were stored.
   */
  search(search: Search, parameters: Parameters): Promise<void>;
  readonly conversations?: never;
}

/** Everything that is known of an attack; API, command line, dashboard and docs derive from it. */
export type Attack<Parameters extends AttackParameters = AttackParameters> =
  | SingleTurnAttack<Parameters>
  | SearchingAttack<Parameters>;

/** Applies to cases that are about harm; an attack on a harmless question would only measure whether it is understood. */
export const harmfulIntent = (expect: Expectation): boolean => rateFamilyOf(expect) === 'attack-success';

/** What a test under these parameters may take at most. */
export const budgetOf = (attack: Attack, parameters: AttackParameters, hasAttacker: boolean): Budget =>
  attack.budget?.(parameters, hasAttacker) ?? { tries: attack.calls, turns: 1, calls: attack.calls, attackerCalls: 0 };

/** The fidelity of the form that runs with or without an attacker model. */
export const fidelityOf = (attack: Attack, hasAttacker: boolean): Fidelity =>
  hasAttacker ? attack.fidelity : (attack.fidelityWithoutAttacker ?? attack.fidelity);

const needsOf = ({ needs = [], needsWithoutAttacker = needs }: Attack, hasAttacker: boolean): readonly AttackNeed[] =>
  hasAttacker ? needs : needsWithoutAttacker;

/** Whether the form that runs stops at its first success, so that a success counts only once it is confirmed. */
export const stopsAtSuccess = (attack: Attack, hasAttacker: boolean): boolean =>
  needsOf(attack, hasAttacker).includes('judge');

/** Whether the form that runs leaves out child safety and CBRN (semantics.md "Content"): it looks for words that work. */
export const isSearching = (attack: Attack, hasAttacker: boolean): boolean =>
  stopsAtSuccess(attack, hasAttacker) || needsOf(attack, hasAttacker).includes('attacker');
