// From what a scan found to policies that are proven to stop it: drafted, proven, promoted, watched, rolled back.
import { RedoubtError } from '../../core/errors.ts';
import type { HardenSource, HardenTest } from '../../core/hardening.ts';
import type { HardeningRow } from '../../store/finding-rows.ts';
import { hardeningsOf } from '../../store/hardenings.ts';
import type { Policy } from '../policy.ts';
import { type Candidate, candidatesFor, everything, ownCandidate, whyNoCandidate } from './candidates.ts';
import { doubtOf, type HardeningContext, harmlessTexts, harmTests } from './context.ts';
import { type Described, describeCandidate } from './describe.ts';
import { holdsAlready, type InForce, inForceOf, underFreeIds } from './in-force.ts';
import { keep, objections, type Proven, promote, type Standing, standing, takeBack } from './promotion.ts';
import { adjustedPs, type HeldOut, objectionTo, type Proof, type ProofLimits, prove } from './proof.ts';
import { type Part, type Split, splitByCase } from './texts.ts';
import { type Watched, watchPromoted } from './watch.ts';

/** What share of harmless texts a policy may stop at most, by the upper end of the interval. */
export const DEFAULT_FALSE_POSITIVES = 0.005;

export interface HardenOptions extends ProofLimits {
  readonly by: string;
  /** File of the user's own harmless texts; null for none. */
  readonly benign: string | null;
  /** Put to the proof in place of drafts; null: candidates are drafted. */
  readonly own: Policy | null;
  /** False: everything stays a draft. */
  readonly promote: boolean;
  readonly split?: Split;
  /** `all`: candidates are proven on all held-out tests, not only on those of their group. */
  readonly population?: 'group' | 'all';
}

export interface Hardened {
  readonly scan_id: string;
  readonly simulated: boolean;
  readonly doubts: readonly string[];
  readonly harmless_n: number;
  /** Why there is no candidate; null where there is one. */
  readonly why_none: string | null;
  readonly candidates: readonly Described[];
}

export interface Hardening {
  /** Drafts and proves; promotes what stands. Nothing is promoted where there are doubts. */
  harden(source: HardenSource, options: HardenOptions): Promise<Hardened>;
  /** All candidates of the project, the latest first. */
  list(projectId: string): Promise<HardeningRow[]>;
  /** Makes what held before hold again. Throws NOT_FOUND where no promotion of this policy stands. */
  rollBack(projectId: string, policyId: string, reason: string, by: string): Promise<void>;
  /** Proves what was promoted anew over a scan of the same target; rolls back what no longer holds. */
  watch(source: HardenSource, limits: ProofLimits, by: string): Promise<Watched[]>;
}

function partsOf(tests: readonly HardenTest[], split: Split): Map<HardenTest, Part> {
  const parts = new Map<HardenTest, Part>();
  for (const test of tests) {
    const part = split(test);
    if (part !== null) parts.set(test, part);
  }
  return parts;
}

/** Whatever its file says of requests that name no policy: what is promoted holds for them. */
const ownDraft = (policy: Policy) => ({
  kind: 'own' as const,
  group: everything,
  change: policy.definition ?? 'A policy written by hand.',
  policy: { ...policy, byDefault: true },
});

/** What was promoted before and holds, but for what a candidate is or is to replace. */
async function standingProofs(
  { store, clock }: HardeningContext,
  projectId: string,
  candidates: readonly Candidate[],
  inForce: InForce,
  held: HeldOut,
): Promise<Standing[]> {
  const own = new Set(candidates.map(({ policy }) => policy.id));
  const proofs: Standing[] = [];
  for (const { policy_id: id } of await standing(store, projectId)) {
    const open = inForce.get(id);
    if (open === undefined || own.has(id)) continue;
    proofs.push({ id, proof: await prove(open, { ...held, draftedFrom: new Set(), clock }) });
  }
  return proofs;
}

async function proveAll(
  { clock }: HardeningContext,
  candidates: readonly Candidate[],
  inForce: InForce,
  { tests, harmless }: HeldOut,
  options: HardenOptions,
): Promise<Proven[]> {
  const proofs: Proof[] = [];
  for (const { open, group, draftedFrom } of candidates) {
    const own = options.population === 'all' ? tests : tests.filter(group.has);
    proofs.push(await prove(open, { tests: own, harmless, draftedFrom, clock }));
  }
  const adjusted = adjustedPs(proofs);
  return candidates.map((candidate, index) => {
    const [proof, p] = [proofs[index]!, adjusted[index]!];
    const holds = holdsAlready(candidate.policy, inForce);
    return { candidate, proof, adjusted: p, objection: objectionTo(proof, p, options), holds };
  });
}

/** Promotes what nothing stands against, and keeps all of them with their figures. */
async function settle(
  context: HardeningContext,
  source: HardenSource,
  proven: readonly Proven[],
  before: readonly Standing[],
  options: HardenOptions,
): Promise<Described[]> {
  const against = objections(proven, before, options);
  const doubt = doubtOf(source);
  const described: Described[] = [];
  for (const { candidate, proof, adjusted } of proven) {
    const objection = doubt ?? against.get(candidate) ?? null;
    const stands = objection === null && options.promote;
    const as = stands ? await promote(context, source.projectId, candidate, options.by) : null;
    const reason = objection ?? (stands ? null : 'proven, and kept as a draft as was asked');
    const each = describeCandidate(candidate, proof, adjusted, { promoted: stands, reason });
    await keep(context, source, { ...each, proven_over: proof.over }, as, options.by);
    described.push(each);
  }
  return described;
}

async function harden(context: HardeningContext, source: HardenSource, options: HardenOptions): Promise<Hardened> {
  const { projectId } = source;
  const tests = await harmTests(source, false);
  const parts = partsOf(tests, options.split ?? splitByCase);
  const harmless = await harmlessTexts(context, projectId, options.benign);
  const drafting = { services: context.services, clock: context.clock, budget: options.falsePositives };
  const inForce = inForceOf(await context.policies.all(projectId));
  const candidates =
    options.own === null
      ? underFreeIds(await candidatesFor(tests, parts, harmless, drafting), inForce)
      : [await ownCandidate(ownDraft(options.own), drafting)];
  const held: HeldOut = {
    tests: tests.filter((test) => parts.get(test) === 'proof'),
    harmless: harmless.filter(({ part }) => part === 'proof'),
  };
  const proven = await proveAll(context, candidates, inForce, held, options);
  const before = proven.length === 0 ? [] : await standingProofs(context, projectId, candidates, inForce, held);
  return {
    scan_id: source.scanId,
    simulated: source.simulated,
    doubts: source.doubts,
    harmless_n: held.harmless.length,
    why_none: candidates.length === 0 ? whyNoCandidate(tests, parts) : null,
    candidates: await settle(context, source, proven, before, options),
  };
}

export const createHardening = (context: HardeningContext): Hardening => ({
  harden: (source, options) => harden(context, source, options),
  list: (projectId) => hardeningsOf(context.store, projectId),
  async rollBack(projectId, policyId, reason, by) {
    const row = (await standing(context.store, projectId)).find(({ policy_id }) => policy_id === policyId);
    if (row === undefined) throw new RedoubtError('NOT_FOUND', { field: 'Promotion of the policy', value: policyId });
    await takeBack(context, row, reason, by);
  },
  watch: (source, limits, by) => watchPromoted(context, source, limits, by),
});
