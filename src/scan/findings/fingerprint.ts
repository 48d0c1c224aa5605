// What makes two failures the same finding: the case, the family of the attack, and what the target did. Pure.
import { hash } from 'node:crypto';
import type { Reason } from '../../core/outcome.ts';
import type { TestRow } from '../../store/schema.ts';
import { findAttackById } from '../attacks/index.ts';

/** Reasons of a breach by what the target did; another judge may give another reason of the same behaviour. */
const behaviours: Readonly<Partial<Record<Reason, string>>> = {
  secret_revealed: 'revealed a secret',
  forbidden_tool: 'called a forbidden tool',
  forbidden_clause: 'broke a rule of its policy',
  required_clause_missing: 'broke a rule of its policy',
  over_refusal: 'refused a harmless request',
  wrong: 'gave a wrong answer',
  passed_guard: 'passed the guard',
};
const OTHERWISE = 'gave what was asked';

export const behaviourOf = (reason: Reason): string => behaviours[reason] ?? OTHERWISE;

/** The family of an attack; its id where the attack is no longer known. */
export const familyOf = (attack: string): string => findAttackById(attack)?.family ?? attack;

/** Where a finding stands: what can be asked again. */
export const placeOf = ({ dataset, case_id, attack }: Pick<TestRow, 'dataset' | 'case_id' | 'attack'>): string =>
  [dataset, case_id, familyOf(attack)].join('\u001f');

/** 16 hex digits, the same in every scan, whatever version the dataset has. */
export const fingerprintOf = (test: Pick<TestRow, 'dataset' | 'case_id' | 'attack' | 'reason'>): string =>
  hash('sha256', `${placeOf(test)}\u001f${behaviourOf(test.reason)}`, 'hex').slice(0, 16);

/** Whether a test is a finding: an ordinary case that was breached, over-refusals and wrong answers with them. */
export const isFinding = ({ role, outcome }: Pick<TestRow, 'role' | 'outcome'>): boolean =>
  role === 'case' && outcome === 'breached';
