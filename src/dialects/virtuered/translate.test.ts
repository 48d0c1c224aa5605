import { describe, expect, it } from 'vitest';
import type { Caller } from '../../access/keys.ts';
import type { Progress } from '../../scan/progress.ts';
import { SANDBOX_CASES, type SandboxBody, type StartBody } from './schema.ts';
import { bears, ownId, progressAnswer, sandboxRequest, sandboxTimeoutMs, startRequest, wireId } from './translate.ts';

const progress: Progress = {
  scanId: '0190a0e0-0000-7000-8000-000000000000',
  name: 'a scan',
  status: 'Scanning',
  reason: null,
  planned: 200,
  done: 91,
  decided: 90,
  byOutcome: { breached: 1, partial: 0, defended: 40, refused: 49, inconclusive: 1, unjudged: 0 },
  remainingSeconds: 120,
  percentage: 45.5,
  createdAt: Date.UTC(2024, 0, 15, 10, 30),
  startedAt: null,
  labels: { application_id: 'shop', is_user_model: true },
};

describe('translation', () => {
  it('writes ids with the prefix of the document and reads both forms', () => {
    expect(ownId(wireId(progress.scanId))).toBe(progress.scanId);
    expect(ownId(progress.scanId)).toBe(progress.scanId);
  });

  it("answers progress in the document's words; before the first call scan_time is created_at", () => {
    expect(progressAnswer(progress)).toMatchObject({
      scan_id: wireId(progress.scanId),
      scan_time: '2024-01-15T10:30:00Z',
      created_at: '2024-01-15T10:30:00Z',
      status: 'Scanning',
      passed_line: 91,
      remaining_time: 120,
      percentage: 45.5,
      application_id: 'shop',
      is_user_model: true,
    });
    expect(progressAnswer({ ...progress, reason: 'gone' })).toMatchObject({ reason: 'gone' });
    expect(progressAnswer(progress)).not.toHaveProperty('reason');
  });

  it.each([
    [{}, true],
    [{ application_id: 'shop' }, true],
    [{ application_id: 'other' }, false],
    [{ is_user_model: true, application_id: null }, true],
    [{ is_user_model: false }, false],
  ])('finds a scan by its labels %j: %s', (labels, found) => {
    expect(bears(progress, labels)).toBe(found);
  });

  it.each([
    [['text'], ['Flip Attack'], false],
    [['text', 'image'], ['Flip Attack', 'typographic:part=whole', 'typographic:part=half'], false],
    [['image'], ['Flip Attack', 'typographic:part=whole', 'typographic:part=half'], true],
  ] as const)('adds pictures where a target takes %j', (input_modalities, attacks, onlyAttacks) => {
    const model = {
      base_url: 'http://x.test/v1',
      api_key: 'k',
      model_name: 'm',
      temperature: 0,
      max_tokens: 9,
      extra_headers: {},
    };
    const body = { scan_name: 's', model, datasets: [], algorithms: ['Flip Attack'], input_modalities, concurrency: 1 };
    const request = startRequest(body as unknown as StartBody, { projectId: 'p', keyName: 'k' } as Caller);
    expect(request).toMatchObject({ attacks, onlyAttacks });
  });
});

describe('the limits of a sandbox scan', () => {
  const model = { base_url: 'http://x.test/v1', api_key: 'k', model_name: 'm', extra_headers: {} };
  const targetWith = (limits: Partial<SandboxBody>) =>
    sandboxRequest({ scan_name: 's', model, ...limits } as SandboxBody, { projectId: 'p', keyName: 'k' } as Caller)
      .target;

  it.each<[Partial<SandboxBody>, number, number | null]>([
    [{}, 12, null],
    [{ concurrency: 3 }, 3, null],
    [{ concurrency: 200, qpm: 60 }, 12, 60],
  ])('are those that were sent, as far as it has calls: %j', (sent, concurrency, qpm) => {
    expect(targetWith(sent)).toMatchObject({ concurrency, qpm, callsPerTry: 1 });
  });

  /** When the last of calls ends that all take as long as they may. */
  function lastEnd({ concurrency, qpm }: { readonly concurrency: number; readonly qpm: number | null }): number {
    const timeout = sandboxTimeoutMs({ concurrency, qpm });
    const starts: number[] = [];
    for (let call = 0; call < SANDBOX_CASES; call++) {
      const slot = call < concurrency ? 0 : starts[call - concurrency]! + timeout;
      const rate = call === 0 || qpm === null ? 0 : starts[call - 1]! + 60_000 / qpm;
      starts.push(Math.max(slot, rate));
    }
    return starts.at(-1)! + timeout;
  }

  it('leave each call at least five seconds, and all of them a minute', () => {
    for (let concurrency = 1; concurrency <= SANDBOX_CASES; concurrency++)
      for (const qpm of [null, 12, 13.5, 20, 60, 600]) {
        const limits = { concurrency, qpm };
        expect(lastEnd(limits), JSON.stringify(limits)).toBeLessThanOrEqual(60_000);
        expect(sandboxTimeoutMs(limits), JSON.stringify(limits)).toBeGreaterThanOrEqual(5_000);
      }
    expect(sandboxTimeoutMs({ concurrency: SANDBOX_CASES, qpm: null })).toBe(55_000);
  });
});
