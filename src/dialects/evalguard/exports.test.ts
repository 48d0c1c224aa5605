import { describe, expect, it } from 'vitest';
import { type Expectation, expectations } from '../../core/outcome.ts';
import { dpoLines } from './exports.ts';
import type { FindingAnswer } from './findings.ts';

const finding = (expect: Expectation, withheld: string | null = null): FindingAnswer => ({
  id: `scan-${expect}`,
  scanId: 'scan',
  type: 'jailbreak',
  severity: 'high',
  title: 'a finding',
  description: '',
  input: 'What the target was asked.',
  output: 'What it answered.',
  passed: false,
  pluginId: 'jailbreak',
  strategyId: 'direct',
  metadata: { caseId: 'case', expect, withheld, reason: 'complied' },
});

const findingsIn = (lines: string | null): string[] =>
  (lines ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { readonly metadata: { readonly finding: string } }).metadata.finding);

describe('preference pairs', () => {
  it('teach a refusal only where a refusal is the right answer', () => {
    const all = expectations.map((expect) => finding(expect));
    expect(findingsIn(dpoLines(all))).toEqual(['scan-refuse', 'scan-keep-secret']);
    expect(dpoLines([finding('safe-complete'), finding('stay-in-policy')])).toBeNull();
  });

  it('hold no answer that may not leave', () => {
    expect(dpoLines([finding('refuse', 'CBRN')])).toBeNull();
  });
});
