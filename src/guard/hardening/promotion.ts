// Which proven candidates become policies, and how one is kept, promoted and taken back.
import { RedoubtError } from '../../core/errors.ts';
import type { HardenSource } from '../../core/hardening.ts';
import { newId } from '../../core/ids.ts';
import { wilson } from '../../core/score/interval.ts';
import type { HardeningRow } from '../../store/finding-rows.ts';
import { policyVersions } from '../../store/guard.ts';
import { hardeningsOf, insertHardening, updatePromotions } from '../../store/hardenings.ts';
import type { Store } from '../../store/store.ts';
import { ownWords } from '../open-policy.ts';
import { type Policy, policySchema, saysTheSame } from '../policy.ts';
import type { Candidate } from './candidates.ts';
import type { HardeningContext } from './context.ts';
import type { Described } from './describe.ts';
import type { Objection, Proof, ProofLimits, ProvenOver } from './proof.ts';

/** So many breaches must fall that chance alone does not explain them (0.5^5 < 0.05). */
export const FEWEST_FALLS = 5;

export interface Proven {
  readonly candidate: Candidate;
  readonly proof: Proof;
  readonly adjusted: number;
  readonly objection: Objection | null;
  /** It was promoted before, and holds. */
  readonly holds: boolean;
}

/** What was promoted before and holds, with what it does to the same tests and texts. */
export interface Standing {
  readonly id: string;
  readonly proof: Proof;
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
    if (this.ids.length > 0 && more < FEWEST_FALLS)
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
 * Why each of the proven is not promoted; null: it is. The strongest first, after what holds already; each next one only
 * where it adds significantly to those before it, and where all together keep to the budget. Pure.
 */
export function objections(
  proven: readonly Proven[],
  before: readonly Standing[],
  limits: ProofLimits,
): Map<Candidate, string | null> {
  const decided = new Map<Candidate, string | null>();
  const chosen = new Chosen();
  for (const { id, proof } of before) chosen.take(id, proof);
  const inOrder = [...proven].sort(
    (a, b) => Number(b.holds) - Number(a.holds) || b.proof.fixed.size - a.proof.fixed.size,
  );
  for (const { candidate, proof, objection, holds } of inOrder) {
    const against = objection?.sentence ?? (holds ? null : chosen.objectionTo(proof, limits));
    decided.set(candidate, against);
    if (against === null) chosen.take(candidate.policy.id, proof);
  }
  return decided;
}

export interface PromotedAs {
  readonly version: number;
  readonly previous: number | null;
}

/** Of what holds now: its stored version. A policy of a file or of the settings is stored first, else nothing holds it. */
async function storedVersion(
  { store, policies }: HardeningContext,
  projectId: string,
  held: Policy,
  by: string,
): Promise<number> {
  const stored = await policyVersions(store, projectId, held.id);
  if (stored.length > 0) return held.version;
  return (await policies.save(projectId, held, by, ownWords('policy'))).policy.version;
}

/** Stores the candidate's policy: it holds for the project from now on. What was promoted before and says the same stays. */
export async function promote(
  context: HardeningContext,
  projectId: string,
  { policy }: Candidate,
  by: string,
): Promise<PromotedAs> {
  const { policies, store } = context;
  const held = await policies.find(projectId, policy.id);
  if (held !== undefined && saysTheSame(held.policy, policy)) {
    const before = (await standing(store, projectId)).find(({ policy_id }) => policy_id === policy.id);
    if (before !== undefined) return { version: before.policy_version!, previous: before.previous_version };
  }
  const previous = held === undefined ? null : await storedVersion(context, projectId, held.policy, by);
  const saved = await policies.save(projectId, policy, by, ownWords('policy'));
  return { version: saved.policy.version, previous };
}

/** What a row holds of a candidate; rows of older versions do not say over what it was proven. */
export type KeptCandidate = Described & { readonly proven_over?: ProvenOver };

/** Keeps the candidate with its figures. */
export async function keep(
  { store, clock }: HardeningContext,
  source: HardenSource,
  kept: KeptCandidate,
  as: PromotedAs | null,
  by: string,
): Promise<void> {
  const now = clock.now();
  await insertHardening(store, {
    id: newId(),
    project_id: source.projectId,
    scan_id: source.scanId,
    target_key: source.targetKey,
    policy_id: kept.policy_id,
    policy_version: as?.version ?? null,
    previous_version: as?.previous ?? null,
    state: as === null ? 'draft' : 'promoted',
    reason: kept.reason,
    body: JSON.stringify(kept),
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
  await updatePromotions(store, row, { state: 'rolled_back', reason, changed_at: clock.now() });
}
