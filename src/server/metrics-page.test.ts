import Fastify from 'fastify';
import { expect, test } from 'vitest';
import type { Caller } from '../access/keys.ts';
import { RedoubtError } from '../core/errors.ts';
import type { Finding } from '../guard/finding.ts';
import { createMetrics } from '../guard/metrics.ts';
import { openStore } from '../store/store.ts';
import { addMetricsPage } from './metrics-page.ts';

async function appWith() {
  const metrics = createMetrics();
  const app = Fastify();
  const callerOf = async (key: string): Promise<Caller> => {
    if (key !== 'right') throw new RedoubtError('WRONG_KEY');
    return {} as Caller;
  };
  const store = await openStore({ path: ':memory:' });
  addMetricsPage(app, { guard: { metrics }, callerOf, store });
  app.addHook('onClose', () => store.close());
  return { app, metrics };
}

test('shows what each detector did, times as a histogram in seconds', async () => {
  const { app, metrics } = await appWith();
  const finding = { detector: 'pii', asked: true, detected: true, undecided: null, ms: 0.3 } as Finding;
  metrics.note('default', {
    decision: { findings: [finding, { ...finding, detected: false, undecided: 'late', ms: 7 }] },
  });
  const { body, headers } = await app.inject('/metrics');
  expect(headers['content-type']).toContain('text/plain; version=0.0.4');
  for (const line of [
    '# TYPE redoubt_guard_asked_total counter',
    'redoubt_guard_asked_total{detector="pii"} 2',
    'redoubt_guard_detected_total{detector="pii"} 1',
    'redoubt_guard_undecided_total{detector="pii"} 1',
    '# TYPE redoubt_guard_seconds histogram',
    'redoubt_guard_seconds_bucket{detector="pii",le="0.0001"} 0',
    'redoubt_guard_seconds_bucket{detector="pii",le="0.0005"} 1',
    'redoubt_guard_seconds_bucket{detector="pii",le="0.01"} 2',
    'redoubt_guard_seconds_bucket{detector="pii",le="+Inf"} 2',
    'redoubt_guard_seconds_sum{detector="pii"} 0.0073',
    'redoubt_guard_seconds_count{detector="pii"} 2',
  ])
    expect(body.split('\n')).toContain(line);
});

test('is open on this machine, and with a key elsewhere', async () => {
  const { app } = await appWith();
  const status = async (remoteAddress: string, headers = {}): Promise<number> =>
    (await app.inject({ url: '/metrics', remoteAddress, headers })).statusCode;
  expect(await status('127.0.0.1')).toBe(200);
  expect(await status('::ffff:127.0.0.1')).toBe(200);
  expect(await status('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).toBe(401);
  expect(await status('203.0.113.9')).toBe(401);
  expect(await status('203.0.113.9', { authorization: 'Bearer wrong' })).toBe(401);
  expect(await status('203.0.113.9', { authorization: 'Bearer right' })).toBe(200);
});

test('says elsewhere whether no key was sent, or a wrong one', async () => {
  const { app } = await appWith();
  const message = async (headers = {}): Promise<unknown> =>
    (await app.inject({ url: '/metrics', remoteAddress: '203.0.113.9', headers })).json<{ message: string }>().message;
  expect(await message()).toBe('No API key was sent. Send it in the header Authorization: Bearer.');
  expect(await message({ authorization: 'Bearer ' })).toMatch(/^No API key was sent\./);
  expect(await message({ authorization: 'Bearer wrong' })).toMatch(/not valid/);
});
