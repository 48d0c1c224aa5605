// Which proven candidates become policies, and how one is kept, promoted and taken back.
import { RedoubtError } from '../../core/errors.ts';
import type { HardenSource } from '../../core/hardening.ts';
import { newId } from '../../core/ids.ts';
import { wilson } from '../../core/score/interval.ts';
import type { HardeningRow } from '../../store/finding-rows.ts';
import { policyVersions } from '../../store/guard.ts';
import { hardeningsOf, insertHardening, updateHardening } from '../../store/hardenings.ts';
import type { Store } from '../../store/store.ts';
import { ownWords } from '../open-policy.ts';
import { policySchema } from '../policy.ts';
import type { Candidate } from './candidates.ts';
import type { HardeningContext } from './context.ts';
import type { Described } from './describe.ts';
import type { Objection, Proof, ProofLimits } from './proof.ts';

/** So many more breaches must fall that chance alone does not explain them (0.5^5 < 0.05). */
const FEWEST_MORE = 5;

export interface Proven {
  readonly candidate: Candidate;
  readonly proof: Proof;
  readonly adjusted: number;
  readonly objection: Objection | null;
}

/** What was chosen so far: the breaches and the harmless texts that it stops. */
class Chosen {
  readonly ids: string[] = [];
  readonly #fixed = new Set<string>();
  readonly #falsely = new Set<number>();

  /** Why the next one is not taken beside those; null where it may be. */
  objectionTo({ fixed, harmless }: Proof, { falsePositives }: ProofLimits): string | null {
    const more = [...fixed].filter((key) => !this.#fixed.has(key)).length;
    const together = new Set([...this.#falsely, ...harmless.places]);
    if (this.ids.length > 0 && more < FEWEST_MORE)
      return `it adds too little to ${this.ids.join(', ')}: ${more} more breaches stopped`;
    if ((wilson(together.size, harmless.rate.n).high ?? 1) > falsePositives)
      return `together with ${this.ids.join(', ')} it may stop too much that is harmless`;
    return null;
  }

  take(id: string, { fixed, harmless }: Proof): void {
    this.ids.push(id);
    for (const key of fixed) this.#fixed.add(key);
    for (const place of harmless.places) this.#falsely.add(place);
  }
}

/**
 * Why each of the proven is not promoted; null: it is. The strongest first, each next one only where it adds
 * significantly to those before it, and where all together keep to the budget. Pure.
 */
export function objections(proven: readonly Proven[], limits: ProofLimits): Map<Candidate, string | null> {
  const decided = new Map<Candidate, string | null>();
  const chosen = new Chosen();
  const byStrength = [...proven].sort((a, b) => b.proof.fixed.size - a.proof.fixed.size);
  for (const { candidate, proof, objection } of byStrength) {
    const against = objection?.sentence ?? chosen.objectionTo(proof, limits);
    decided.set(candidate, against);
    if (against === null) chosen.take(candidate.policy.id, proof);
  }
  return decided;
}

export interface PromotedAs {
  readonly version: number;
  readonly previous: number | null;
}

/** Stores the candidate's policy: it holds for the project from now on. */
export async function promote(
  { policies }: HardeningContext,
  projectId: string,
  { policy }: Candidate,
  by: string,
): Promise<PromotedAs> {
  const held = await policies.find(projectId, policy.id);
  const saved = await policies.save(projectId, policy, by, ownWords('policy'));
  return { version: saved.policy.version, previous: held === undefined ? null : held.policy.version };
}

/** Keeps the candidate with its figures. */
export async function keep(
  { store, clock }: HardeningContext,
  source: HardenSource,
  described: Described,
  as: PromotedAs | null,
  by: string,
): Promise<void> {
  const now = clock.now();
  await insertHardening(store, {
    id: newId(),
    project_id: source.projectId,
    scan_id: source.scanId,
    target_key: source.targetKey,
    policy_id: described.policy_id,
    policy_version: as?.version ?? null,
    previous_version: as?.previous ?? null,
    state: as === null ? 'draft' : 'promoted',
    reason: described.reason,
    body: JSON.stringify(described),
    created_by: by,
    created_at: now,
    changed_at: now,
  });
}

/** Promotions of the project that stand, the latest of each policy. */
export async function standing(store: Store, projectId: string): Promise<HardeningRow[]> {
  const rows = (await hardeningsOf(store, projectId)).filter(({ state }) => state === 'promoted');
  return [...new Map(rows.reverse().map((row) => [row.policy_id, row])).values()];
}

/** Makes the version before hold again, as a new version; where there was none, the policy no longer holds by default. */
export async function takeBack(
  { store, clock, policies }: HardeningContext,
  row: HardeningRow,
  reason: string,
  by: string,
): Promise<void> {
  const bodyOf = async (version: number | null) =>
    (await policyVersions(store, row.project_id, row.policy_id)).find((each) => Number(each.version) === version);
  const before = await bodyOf(row.previous_version);
  const promoted = await bodyOf(row.policy_version);
  if (promoted === undefined) throw new RedoubtError('NOT_FOUND', { field: 'Policy', value: row.policy_id });
  const policy = policySchema.parse(JSON.parse((before ?? promoted).body));
  const holds = before === undefined ? { ...policy, byDefault: false } : policy;
  await policies.save(row.project_id, holds, by, ownWords('policy'));
  await updateHardening(store, row.id, { state: 'rolled_back', reason, changed_at: clock.now() });
}
