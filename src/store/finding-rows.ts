// The tables of findings, and of what hardening makes of them, as types; schema.ts names them among the others.
import type { Severity } from '../core/outcome.ts';

/** A way in which a case fails under a family of attacks: the same in every scan that finds it. Outlives the scans. */
export interface FindingRow {
  project_id: string;
  fingerprint: string;
  dataset: string;
  case_id: string;
  subcategory: string;
  attack_family: string;
  behaviour: string;
  severity: Severity;
  /** The target that showed it last. */
  target_key: string;
  first_scan: string;
  first_at: number;
  last_scan: string;
  last_at: number;
  /** The scan that asked again and found it gone; null while it is there. */
  fixed_scan: string | null;
  fixed_at: number | null;
  /** How often it was fixed and came back. */
  times_back: number;
}

/** What a person decided on a finding; a later decision takes the place of an earlier one. */
export interface FindingDecisionRow {
  project_id: string;
  fingerprint: string;
  kind: 'accepted' | 'false_positive';
  reason: string;
  decided_by: string;
  decided_at: number;
  /** Until when it is accepted; null: for good. */
  until: number | null;
}

/** A finished scan whose findings were taken in. */
export interface FindingScanRow {
  project_id: string;
  scan_id: string;
  read_at: number;
}

/** A candidate that was put to the proof. */
export interface HardeningRow {
  id: string;
  project_id: string;
  scan_id: string;
  target_key: string;
  policy_id: string;
  /** The version it was promoted as; null for a draft. */
  policy_version: number | null;
  /** The version that held before; null where there was none. */
  previous_version: number | null;
  state: 'draft' | 'promoted' | 'rolled_back';
  /** Why it is no more than a draft, or was rolled back. */
  reason: string | null;
  /** The candidate with its figures, as JSON. */
  body: string;
  created_by: string;
  created_at: number;
  changed_at: number;
}
