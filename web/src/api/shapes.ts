// The shapes of answers, taken from the schemas of the server's own routes: types only, nothing of the server is built in.
export type { AttackEntry, AttackPreview, SuiteEntry } from '../../../src/api/attacks.ts';
export type { CaseEntry, DatasetEntry, FileReport } from '../../../src/api/datasets.ts';
export type { DetectorEntry } from '../../../src/api/detectors.ts';
export type { DecisionEntry } from '../../../src/api/guard.ts';
export type { GuardAnswer } from '../../../src/api/guard-check.ts';
export type { PolicyEntry } from '../../../src/api/policies.ts';
