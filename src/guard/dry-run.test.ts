// A dry run over many recorded decisions: what it counts, and that the guard goes on meanwhile.
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../core/clock.ts';
import type { RecordedDecision } from './decision-log.ts';
import { dryRun } from './dry-run.ts';
import { policySchema } from './policy.ts';

const recorded: RecordedDecision = {
  id: 'a',
  createdAt: 0,
  session: null,
  findings: [],
  messages: [{ role: 'user', content: 'Good morning' }],
  ms: 1,
  flagged: false,
  denied: true,
  redacted: false,
  undecided: false,
};

it('looks at many decisions in turns with whoever else waits', async () => {
  const policy = policySchema.parse({ id: 'draft', rules: [{ detector: 'contains', reference: 'x' }] });
  const draft = { policy, checks: [] };
  const reader = { riskOf: async () => 0, stepOf: async () => 0 };
  const decisions = Array.from({ length: 50_000 }, () => recorded);
  let isDone = false;
  const running = dryRun(draft, decisions, { clock: systemClock, reader, most: 2 }).finally(() => {
    isDone = true;
  });
  let turns = 0;
  for (; !isDone; turns++) await setImmediate();
  const { n, denies, released } = await running;
  expect([n, denies, released.length]).toEqual([50_000, { before: 50_000, after: 0 }, 2]);
  expect(turns).toBeGreaterThan(5);
});
