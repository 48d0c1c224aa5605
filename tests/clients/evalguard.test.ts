// The vendor's published client (PyPI evalguardai 2.2.3), unpatched, against the server.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/access/keys.ts';
import { systemClock } from '../../src/core/clock.ts';
import { startSimulatedTarget } from '../../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../../src/simulated/target-options.ts';
import { projectByName } from '../../src/store/access.ts';
import { pythonEnvironment, withReason } from '../fakes/python-packages.ts';
import { startServer, type TestServer } from '../fakes/server.ts';
import { projectRoot } from '../source-files.ts';

const run = promisify(execFile);
const environment = pythonEnvironment('evalguard', [['requests==2.34.2'], ['--no-deps', 'evalguardai==2.2.3']]);

interface Outcome {
  readonly result?: Record<string, unknown> & unknown[];
  readonly error?: string;
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  readonly message?: string;
  readonly seconds?: number;
}

/** So many requests the limited key may make at once, and then one every two seconds. */
const LIMIT_A_MINUTE = 30;

describe.skipIf(environment.missing !== null)(withReason('evalguardai 2.2.3', environment.missing), () => {
  let server: TestServer;
  let target: SimulatedTarget;
  let seen: Record<string, Outcome>;

  beforeAll(async () => {
    target = await startSimulatedTarget({ profile: 'naive' });
    server = await startServer({ settings: { openai: { base_url: target.url, api_key: 'sk-of-the-model' } } });
    await server.keyOf('elsewhere');
    const { store } = server.redoubt;
    const limited = await createKey(store, systemClock, 'limited', 'default', { rateLimit: LIMIT_A_MINUTE });
    const other = (await projectByName(store, 'elsewhere'))!.id;
    const script = join(projectRoot, 'tests', 'clients', 'evalguard_client.py');
    const { stdout } = await run(environment.python, [script, server.url, server.key, limited.key, other], {
      env: { PATH: '/usr/bin:/bin' },
    });
    seen = JSON.parse(stdout) as Record<string, Outcome>;
  }, 180_000);
  afterAll(async () => {
    await server.close();
    await target.close();
  });

  it.each(['scan', 'security_scan', 'bare origin'])('runs a scan: %s', (name) => {
    expect(seen[name]!.result, JSON.stringify(seen[name])).toMatchObject({
      status: expect.stringMatching(/^(passed|failed|error)$/),
      score: expect.any(Number),
      totalTests: 30,
      severityCounts: { critical: expect.any(Number) },
    });
  });

  it.each(['get_scan', 'versioned'])('reads the scan with its findings: %s', (name) => {
    const { result } = seen[name]!;
    expect(result).toMatchObject({ ...seen.scan!.result, model: 'gpt-4o' });
    expect(result!.findings).toHaveLength(Number(seen.scan!.result!.findingsCount));
  });

  it('lists plugins and scorers', () => {
    expect(seen.plugins!.result!.map((plugin) => (plugin as { readonly id: string }).id)).toContain('pii-leak');
    expect(seen.scorers!.result!.length).toBeGreaterThan(0);
  });

  it('reads compliance and exports', () => {
    expect(seen.compliance!.result).toMatchObject({
      framework: 'owasp',
      totalControls: 10,
      findings: expect.any(Array),
    });
    expect(String(seen.burp!.result)).toMatch(/^<\?xml .*<issue>.*<\/issues>\n$/s);
    const [first] = String(seen.dpo!.result).split('\n');
    expect(Object.keys(JSON.parse(first!))).toEqual(['prompt', 'chosen', 'rejected', 'metadata']);
  });

  it('asks the guard, and whether its version may be used', () => {
    expect(seen.firewall!.result).toMatchObject({ blocked: true, category: 'modern-guard' });
    expect(seen.guardrails!.result).toMatchObject({ action: 'allow', reasons: [] });
    expect(seen['version policy']!.result).toMatchObject({ allowed: true });
  });

  it.each<[string, number, string]>([
    ['wrong key', 401, 'UNAUTHORIZED'],
    ['unknown attack type', 400, 'VALIDATION_ERROR'],
    ['long model', 400, 'VALIDATION_ERROR'],
    ['other project', 404, 'NOT_FOUND'],
    ['unknown scan', 404, 'NOT_FOUND'],
    ['unknown framework', 400, 'VALIDATION_ERROR'],
  ])('raises its own error: %s', (name, status, code) => {
    expect(seen[name]).toMatchObject({
      error: 'EvalGuardError',
      status,
      code,
      requestId: expect.stringMatching(/.{8}/),
    });
  });

  it('waits as long as it is told after 429, then gets its answer', () => {
    expect(seen.limit!.result).toMatchObject({
      body: { success: false, error: { code: 'RATE_LIMITED', requestId: seen.limit!.result!.requestId } },
    });
    const { result, seconds } = seen['over the limit']!;
    expect(result!.length).toBeGreaterThan(0);
    expect(seconds).toBeGreaterThan(1.9);
  });
});
