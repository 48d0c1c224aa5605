// The tables of what is counted while a scan runs, as types; schema.ts names them among the others.
import type { Outcome, TestRole } from '../core/outcome.ts';

/** Running numbers of a scan: progress is read from here, never from the rows. */
export interface CounterRow {
  scan_id: string;
  role: TestRole;
  dataset: string;
  attack: string;
  outcome: Outcome;
  n: number;
}

/**
 * Calls to the target by what came of them: `ok`, or the kind of failure with its HTTP status; with their tokens, and how
 * many of the calls had theirs estimated from their length, as the endpoint told none.
 */
export interface CallCounterRow {
  scan_id: string;
  result: string;
  n: number;
  tokens_in: number;
  tokens_out: number;
  estimated: number;
}

/** Calls to a helper model, counted likewise. */
export interface HelperCallRow extends CallCounterRow {
  role: 'attacker' | 'judge';
}

/** How often a second judge was heard beside the first, by what each said. */
export interface OpinionRow {
  scan_id: string;
  /** Why it was heard: drawn into the sample of what layers or model decided, or the model's verdict was close. */
  occasion: 'layers-sample' | 'model-sample' | 'threshold';
  first: Outcome;
  second: Outcome;
  n: number;
}
