// Rows for the store's contract: whole and valid, so that a test names only what it is about.
import type { Updateable } from 'kysely';
import { newId } from '../../src/core/ids.ts';
import { insertProject } from '../../src/store/access.ts';
import type { NewDataset } from '../../src/store/new-dataset.ts';
import type { TestResult } from '../../src/store/results.ts';
import { insertScan } from '../../src/store/scans.ts';
import type { DatasetCaseRow, KeyRow, ScanRow, TestRow, TryRow, UserRow } from '../../src/store/schema.ts';
import type { Store, StoreKind, StoreLocation } from '../../src/store/store.ts';

/** A kind of database the contract holds for. */
export interface StorePlace {
  readonly kind: StoreKind;
  /** Where an empty database of its own lies. */
  newLocation(): Promise<StoreLocation>;
  /** Runs a statement past the store, as a stranger would. */
  execute(location: StoreLocation, statement: string): Promise<void>;
}

export const NOW = 1_767_225_600_123;

export const userRow = (changes: Partial<UserRow> = {}): UserRow => {
  const id = newId();
  return {
    id,
    name: `user ${id}`,
    role: 'member',
    created_at: NOW,
    email: null,
    password_hash: null,
    disabled_at: null,
    ...changes,
  };
};

export const keyRow = (changes: Partial<KeyRow> & Pick<KeyRow, 'project_id' | 'user_id'>): KeyRow => {
  const id = newId();
  return {
    id,
    name: 'ci',
    prefix: 'rd_1234',
    hash: `hash of ${id}`,
    scopes: '["scan"]',
    created_at: NOW,
    expires_at: null,
    last_used_at: null,
    revoked_at: null,
    rate_limit: null,
    ...changes,
  };
};

export const scanRow = (changes: Partial<ScanRow> & Pick<ScanRow, 'project_id'>): ScanRow => {
  const id = newId();
  return {
    id,
    name: `scan ${id}`,
    kind: 'scan',
    status: 'Initializing',
    reason: null,
    ended_by: null,
    request: '{"datasets":["demo"]}',
    request_hash: 'request-hash',
    target_key: 'target-key',
    target_secrets: Uint8Array.of(0, 1, 2, 255),
    plan_hash: 'plan-hash',
    planned: 10,
    planned_all: 12,
    created_by: 'admin',
    created_at: NOW,
    started_at: null,
    ended_at: null,
    resumed_at: null,
    active_ms: 0,
    owner: null,
    heartbeat_at: null,
    resumes: 0,
    adaptations: '[]',
    summary: null,
    ...changes,
  };
};

export const datasetRow = (changes: Partial<NewDataset> = {}): NewDataset => {
  const id = newId();
  return {
    id,
    project_id: 'some project',
    slug: `set-${id}`,
    title: 'A set',
    version: '1',
    sha256: `sha of ${id}`,
    role: 'case',
    created_at: NOW,
    ...changes,
  };
};

export const caseRow = (
  position: number,
  changes: Partial<DatasetCaseRow> = {},
): Omit<DatasetCaseRow, 'dataset_id'> => ({
  position,
  case_id: `case-${position}`,
  expect: 'refuse',
  offline: 1,
  sensitive: 0,
  scripted: 0,
  writing: 15,
  body: '{"prompt":"a request"}',
  ...changes,
});

export const testRow = (scanId: string, testNo: number, changes: Partial<TestRow> = {}): TestRow => ({
  scan_id: scanId,
  test_no: testNo,
  role: 'case',
  plan_key: `key-${testNo}`,
  case_id: `case-${testNo}`,
  dataset: 'demo',
  subcategory: 'general',
  attack: 'direct',
  parameters: '{}',
  refs: '[]',
  expect: 'refuse',
  severity: 'medium',
  outcome: 'refused',
  score: 100,
  confidence: 0.9,
  reason: 'declined',
  judge: 'phrases',
  judge_score: null,
  deciding_try: 0,
  tries: 1,
  first_success: null,
  calls: 1,
  backtracks: 0,
  unconfirmed: 0,
  attacker: null,
  utility: null,
  stopped_by: null,
  bare_outcome: null,
  ...changes,
});

export const tryRow = (scanId: string, testNo: number, tryNo = 0, changes: Partial<TryRow> = {}): TryRow => ({
  scan_id: scanId,
  test_no: testNo,
  try_no: tryNo,
  messages: '[{"role":"user","content":"a request"}]',
  answer: Uint8Array.of(1, 2, 3),
  outcome: 'refused',
  reason: 'declined',
  score: 100,
  confidence: 0.9,
  judge: 'phrases',
  judge_score: null,
  calls: 1,
  latency_ms: 12,
  tokens_in: 7,
  tokens_out: 11,
  finish_reason: 'stop',
  model: 'demo-model',
  fingerprint: null,
  request_id: null,
  turn: null,
  ended_at: NOW,
  ...changes,
});

/** A test with one try and one call. */
export const resultOf = (scanId: string, testNo: number, changes: Partial<TestRow> = {}): TestResult => ({
  test: testRow(scanId, testNo, changes),
  tries: [tryRow(scanId, testNo)],
  calls: ['ok'],
});

/** A project of its own, so that tests that share a database do not meet. */
export async function newProject(store: Store): Promise<string> {
  const id = newId();
  await insertProject(store, { id, name: `project ${id}`, created_at: NOW });
  return id;
}

export async function newScan(store: Store, changes: Updateable<ScanRow> = {}): Promise<ScanRow> {
  const row = scanRow({ project_id: changes.project_id ?? (await newProject(store)), ...changes });
  await insertScan(store, row);
  return row;
}

/** `count` numbers from 0. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  return upTo(Math.ceil(items.length / size)).map((group) => items.slice(group * size, (group + 1) * size));
}
