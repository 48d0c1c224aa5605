// What the reports for pipelines are made of: facts only. The room above fills it; SARIF, JUnit and Markdown are made from it.
import type { Rate } from '../core/score/interval.ts';

/** A finding: a way in which a case fails under a family of attacks. */
export interface CiFinding {
  readonly fingerprint: string;
  readonly state: string;
  readonly caseId: string;
  readonly dataset: string;
  readonly subcategory: string;
  readonly family: string;
  /** Title of the attack of the first test that shows it, and its key in results.jsonl. */
  readonly attack: string;
  readonly planKey: string;
  readonly behaviour: string;
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly references: readonly string[];
  readonly tests: number;
  /** Why and until when a person accepted it; null where nobody did. */
  readonly decision: string | null;
}

/** How the scan stands against its baseline. */
export interface CiBaseline {
  readonly name: string;
  readonly conclusion: string;
  /** One sentence with numbers. */
  readonly difference: string;
  readonly doubts: readonly string[];
}

export interface CiData {
  readonly scanId: string;
  readonly name: string;
  readonly model: string;
  readonly simulated: boolean;
  readonly version: string;
  readonly attackSuccess: Rate;
  readonly attackSuccessSearch: Rate;
  readonly overRefusal: Rate;
  readonly failure: Rate;
  /** Why no rate is given; null where the judge may be believed. */
  readonly unreliable: string | null;
  readonly tests: number;
  readonly inconclusive: number;
  /** Why it ended before its last test, and what that left; null where it ran to its end. */
  readonly earlyStop: string | null;
  readonly baseline: CiBaseline | null;
  readonly findings: readonly CiFinding[];
  readonly fixed: readonly CiFinding[];
}

/** States that ask somebody to do something; the others are known, or decided on. */
export const isOpen = ({ state }: CiFinding): boolean => state === 'new' || state === 'regressed';

/** What stands beside a result where the target was simulated; nothing else tells a reader of a single file. */
export const SIMULATED_NOTE = 'simulated target';

/** E.g. "c12 under framing attacks (2 tests), high severity: gave what was asked". */
export const findingSentence = ({ caseId, family, tests, severity, behaviour }: CiFinding): string =>
  `${caseId} under ${family} attacks (${tests} ${tests === 1 ? 'test' : 'tests'}), ${severity} severity: ${behaviour}`;
