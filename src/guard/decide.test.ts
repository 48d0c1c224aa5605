import { describe, expect, it } from 'vitest';
import { decide, hangsOnFailure } from './decide.ts';
import type { Finding } from './finding.ts';

const finding = (changes: Partial<Finding>): Finding => ({
  policyId: 'p',
  policyVersion: 1,
  onFailure: 'closed',
  overrideResponse: null,
  detector: 'contains',
  action: 'block',
  score: 0,
  threshold: 0.5,
  detected: false,
  labels: [],
  hits: [],
  undecided: null,
  asked: true,
  ms: 0,
  ...changes,
});

const fired = (action: Finding['action'], more: Partial<Finding> = {}): Finding =>
  finding({ action, detected: true, score: 1, ...more });
const failed = (action: Finding['action'], onFailure: Finding['onFailure']): Finding =>
  finding({ action, onFailure, undecided: 'broken', score: null });

describe('a decision that hangs on a failure', () => {
  it.each<[string, Finding[], boolean]>([
    ['nothing failed', [fired('block')], false],
    ['the door was shut by it', [failed('block', 'closed')], true],
    ['the door was left open by it', [failed('block', 'open')], true],
    ['a detection shuts the door beside it', [failed('block', 'closed'), fired('block')], false],
    ['a redaction that failed shuts the door', [failed('redact', 'closed')], true],
    ['a redaction that failed never would have, open', [failed('redact', 'open')], false],
    ['a flag that failed stops nothing', [failed('flag', 'closed')], false],
  ])('%s', (_what, findings, expected) => {
    expect(hangsOnFailure(findings)).toBe(expected);
  });
});

describe('the decision matrix', () => {
  it.each([
    ['nothing fired', [finding({})], 'safe'],
    ['block', [fired('block')], 'flagged denied'],
    ['redact alone', [fired('redact')], 'redacted'],
    ['flag alone', [fired('flag')], 'flagged'],
    ['strip alone', [fired('strip')], 'redacted'],
    ['redact and block', [fired('redact'), fired('block')], 'flagged denied redacted'],
    ['flag and redact', [fired('flag'), fired('redact')], 'flagged redacted'],
    ['block that failed, closed', [failed('block', 'closed')], 'flagged denied undecided'],
    ['block that failed, open', [failed('block', 'open')], 'undecided'],
    ['flag that failed, closed: never denies', [failed('flag', 'closed')], 'flagged undecided'],
    ['redaction that could not finish sends no correction', [fired('redact'), failed('redact', 'open')], 'undecided'],
    ['and follows the failure setting', [fired('redact'), failed('redact', 'closed')], 'flagged denied undecided'],
  ])('%s', (_what, findings, expected) => {
    const decision = decide(findings, null);
    const words = (['flagged', 'denied', 'redacted', 'undecided'] as const).filter((word) => decision[word]);
    expect(words.join(' ') || 'safe').toBe(expected);
  });

  it.each([
    [
      'the request comes before the policy',
      'of the request',
      fired('block', { overrideResponse: 'of the policy' }),
      'of the request',
    ],
    ['else the policy that fired', null, fired('block', { overrideResponse: 'of the policy' }), 'of the policy'],
    ['nothing fired, nothing said', 'of the request', finding({ overrideResponse: 'of the policy' }), null],
    ['a redaction counts too', 'of the request', fired('redact'), 'of the request'],
  ])('override: %s', (_what, ofRequest, found, expected) => {
    expect(decide([found], ofRequest).override).toBe(expected);
  });
});
