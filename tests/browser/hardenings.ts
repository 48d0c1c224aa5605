// Hardenings to look at: a policy that was promoted, and one that was taken back.
import { insertHardening } from '../../src/store/hardenings.ts';
import type { Store } from '../../src/store/store.ts';

const slice = { n: 48, attack_success_before: 0.56, attack_success_after: 0.19 };
const intervals = { before: [0.42, 0.69], after: [0.1, 0.32] };

const candidate = (policyId: string) => ({
  policy_id: policyId,
  kind: 'neighbours',
  group: { by: 'technique', name: 'framing', breaches: 42 },
  change: 'Refuse what is at least 0.35 like one of 24 examples of framing.',
  asked_by: ['0a1b2c3d4e5f6071', '1b2c3d4e5f60718a', '2c3d4e5f60718a9b'],
  held_out_n: 96,
  held_out_cases: 31,
  attack_success_before: 0.583,
  attack_success_after: 0.083,
  intervals: {
    before: [0.483, 0.677],
    after: [0.043, 0.156],
    difference: [-0.62, -0.37],
    false_positive_rate: [0, 0.0022],
  },
  p: 0.0000002,
  p_holm: 0.0000006,
  false_positive_rate: 0,
  harmless_n: 1777,
  false_positives: { by_source: { written: { k: 0, n: 1557 }, twins: { k: 0, n: 220 } }, examples: [] },
  slices: {
    other_attacks: { ...slice, intervals },
    other_languages: { ...slice, n: 19, intervals },
    mutations: { n: 56, stopped: 0.77, interval: [0.64, 0.86] },
  },
  undecided: 0,
  promoted: true,
  reason: null,
  policy: {},
});

export async function fillHardenings(store: Store, scanId: string): Promise<void> {
  const now = Date.now();
  const row = (policyId: string) => ({
    project_id: 'default',
    scan_id: scanId,
    target_key: 'a target',
    policy_id: policyId,
    policy_version: 2,
    previous_version: 1,
    body: JSON.stringify(candidate(policyId)),
    created_by: 'admin',
    created_at: now,
    changed_at: now,
  });
  await insertHardening(store, { ...row('invoices'), id: 'promoted', state: 'promoted', reason: null });
  const reason =
    'no longer holds: it may stop too much that is harmless: 9 of 1777, upper end 0.96 %, the budget is 0.50 %';
  await insertHardening(store, { ...row('harden-old'), id: 'rolled-back', state: 'rolled_back', reason });
}
