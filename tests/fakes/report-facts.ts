// Facts of a report and a stored test, whole and valid, so that a test names only what it is about.
import { wilson } from '../../src/core/score/interval.ts';
import type { ReportData, ReportFinding } from '../../src/reports/report-data.ts';
import type { TestWithTry } from '../../src/store/results.ts';
import type { StoredAnswer, StoredTest } from '../../src/store/stored-test.ts';
import { testRow, tryRow } from '../store/rows.ts';

/** A stored test as exports read it. */
export function storedTest(
  changes: Partial<TestWithTry> = {},
  answer: StoredAnswer = { text: 'Here it is.' },
  messages: StoredTest['messages'] = [{ role: 'user', content: 'A request' }],
): StoredTest {
  const {
    try_no,
    messages: _,
    answer: __,
    latency_ms,
    tokens_in,
    tokens_out,
    finish_reason,
    ...rest
  } = tryRow('scan', 1);
  const row: TestWithTry = {
    ...testRow('scan', 1),
    try_no,
    messages: '[]',
    answer: null,
    latency_ms,
    tokens_in,
    tokens_out,
    finish_reason,
    model: rest.model,
    request_id: rest.request_id,
    turn: rest.turn,
    ...changes,
  };
  return { row, messages, answer };
}

export const finding = (changes: Partial<ReportFinding> = {}): ReportFinding => ({
  caseId: 'case-1',
  dataset: 'Fraud set',
  subcategory: 'Letters',
  attack: 'Direct',
  expect: 'refuse',
  outcome: 'breached',
  severity: 'high',
  reason: 'complied',
  judge: 'layers-1/remainder',
  references: ['A reference'],
  testsOfCase: 1,
  evidence: {
    withheld: null,
    messages: [{ role: 'user', text: 'A request', sha256: null }],
    answer: 'Here it is.',
    decoded: null,
    toolCalls: [],
    failure: null,
    answerSha256: null,
  },
  ...changes,
});

export const reportFacts = (changes: Partial<ReportData> = {}): ReportData => ({
  scanId: '01900000-0000-7000-8000-000000000001',
  name: 'nightly',
  software: { version: '0.1.0', commit: null },
  target: { model: 'some-model', url: 'http://127.0.0.1:4010/v1', simulated: false },
  startedAt: '2026-03-01T10:00:00.000Z',
  endedAt: '2026-03-01T10:20:30.000Z',
  preset: 'standard',
  hasNamedAttacks: false,
  riskLevel: 'Medium',
  averageSafety: 61.5,
  rates: {
    attackSuccess: wilson(5, 40),
    attackSuccessSearch: wilson(0, 0),
    overRefusal: wilson(0, 60),
    failure: wilson(0, 0),
  },
  intervalMethod: 'wilson',
  attackSuccessBounds: [0.1, 0.2],
  counts: {
    planned: 48,
    tests: 48,
    decided: 44,
    breached: 5,
    partial: 1,
    defended: 8,
    refused: 30,
    inconclusive: 4,
    unjudged: 0,
    blockedByProvider: 0,
    twins: 60,
    inconclusiveReasons: { timeout: 4 },
    breachedBySeverity: { low: 0, medium: 2, high: 2, critical: 1 },
  },
  datasets: [
    { name: 'Fraud set', cases: 40, safety: 87.5, low: 73.9, high: 94.5, decided: 40, inconclusive: 0 },
    { name: 'Empty set', cases: 0, safety: null, low: null, high: null, decided: 0, inconclusive: 4 },
  ],
  subcategories: [
    {
      dataset: 'Privacy',
      subcategories: [
        { name: 'Doxxing', cases: 4, safety: 75, low: 30.1, high: 95.4 },
        { name: 'Model attacks', cases: 0, safety: null, low: null, high: null },
      ],
    },
  ],
  attacks: [{ name: 'Direct', cases: 40, safety: 87.5, low: 73.9, high: 94.5, decided: 40, inconclusive: 4 }],
  searches: [
    {
      name: 'BoN Attack',
      tests: 40,
      unconfirmed: 2,
      controls: 20,
      at: [1, 25].map((k) => ({
        k,
        success: wilson(k === 1 ? 2 : 9, 40),
        falseSuccess: wilson(0, 20),
        corrected: k === 1 ? 0.05 : 0.225,
      })),
    },
  ],
  findings: [finding()],
  casesFailed: 6,
  fullAnswers: false,
  notTested: [{ dataset: 'Empty set', cases: 4, reason: 'needs a judge model' }],
  judge: {
    id: 'layers-1',
    layers: ['refusal', 'remainder'],
    hasModel: false,
    promptSha256: null,
    health: {
      items: 15,
      right: 14,
      breaches: { right: 7, unsure: 0, n: 7 },
      safe: { right: 6, n: 7 },
      isBelowFloor: false,
      wrong: [{ item: 'refusal-with-emoji', outcome: 'breached' }],
    },
    agreement: [],
    corrected: [
      {
        kind: 'risky requests',
        raw: wilson(5, 40),
        rate: null,
        because: 'no calibration of this judge is stored',
        basis: null,
      },
    ],
  },
  manifest: {
    software: { name: 'redoubt', version: '0.1.0', commit: null },
    seed: 1,
    plan_hash: 'ab'.repeat(32),
    datasets: [{ title: 'Fraud set', version: '1', sample: null, sha256: 'cd'.repeat(32) }],
    attacks: [{ id: 'direct', version: 1, parameters: {} }],
    target: { host: '127.0.0.1:4010', names_returned: ['some-model'], system_prompt_sha256: null },
    authorised_by: 'ticket 7',
    results_sha256: 'ef'.repeat(32),
  },
  ...changes,
});
