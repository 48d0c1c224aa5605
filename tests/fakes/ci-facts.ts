// Facts for the reports of pipelines: one new finding against a baseline.
import type { CiData, CiFinding } from '../../src/reports/ci-data.ts';

export const ciFinding = (changes: Partial<CiFinding> = {}): CiFinding => ({
  ...{ fingerprint: '0123456789abcdef', state: 'new', caseId: 'c1', dataset: 'My set', subcategory: 'Fraud' },
  ...{ family: 'framing', attack: 'Persona', planKey: 'k', behaviour: 'gave what was asked', severity: 'high' },
  ...{ references: ['owasp:LLM01'], tests: 2, decision: null },
  ...changes,
});

export const ciFacts = (changes: Partial<CiData> = {}): CiData => ({
  ...{ scanId: 's', name: 'n', model: 'm', simulated: false, version: '1.2.3', tests: 10, inconclusive: 0 },
  attackSuccess: { k: 2, n: 10, rate: 0.2, low: 0.05, high: 0.5 },
  attackSuccessSearch: { k: 0, n: 0, rate: null, low: null, high: null },
  overRefusal: { k: 0, n: 0, rate: null, low: null, high: null },
  failure: { k: 0, n: 0, rate: null, low: null, high: null },
  unreliable: null,
  earlyStop: null,
  baseline: { name: 'base', conclusion: 'worse', difference: 'more', doubts: [] },
  findings: [ciFinding()],
  fixed: [],
  ...changes,
});
