// Proves what was promoted anew over a scan of the same target, and takes back what no longer holds.
import type { HardenSource, HardenTest } from '../../core/hardening.ts';
import { openPolicy, ownWords } from '../open-policy.ts';
import type { Policy } from '../policy.ts';
import { doubtOf, type HardeningContext, harmlessTexts, harmTests } from './context.ts';
import type { Harmless } from './harmless.ts';
import { standing, takeBack } from './promotion.ts';
import { type Objection, objectionTo, type ProofLimits, prove } from './proof.ts';
import { splitByCase } from './texts.ts';

/** `holds` null: it could not be concluded, and nothing was changed. */
export interface Watched {
  readonly policy_id: string;
  readonly holds: boolean | null;
  readonly reason: string | null;
}

async function objectionNow(
  { services, clock }: HardeningContext,
  policy: Policy,
  tests: readonly HardenTest[],
  harmless: readonly Harmless[],
  limits: ProofLimits,
): Promise<Objection | null> {
  const open = await openPolicy(policy, services, ownWords('policy'));
  const proof = await prove(open, { tests, harmless, draftedFrom: new Set(), clock });
  return objectionTo(proof, proof.p, limits);
}

export async function watchPromoted(
  context: HardeningContext,
  source: HardenSource,
  limits: ProofLimits,
  by: string,
): Promise<Watched[]> {
  const rows = await standing(context.store, source.projectId);
  const own = rows.filter(({ target_key }) => target_key === source.targetKey);
  const doubt = doubtOf(source);
  if (own.length === 0 || doubt !== null)
    return own.map(({ policy_id }) => ({ policy_id, holds: null, reason: doubt }));
  const tests = (await harmTests(source, true)).filter((test) => splitByCase(test) === 'proof');
  const harmless = (await harmlessTexts(context, source.projectId, null)).filter(({ part }) => part === 'proof');
  const watched: Watched[] = [];
  for (const row of own) {
    const stored = await context.policies.find(source.projectId, row.policy_id);
    const objection: Objection | null =
      stored === undefined
        ? { kind: 'open', sentence: 'cannot conclude: the policy is lost' }
        : await objectionNow(context, stored.policy, tests, harmless, limits);
    if (objection?.kind === 'against') await takeBack(context, row, `no longer holds: ${objection.sentence}`, by);
    const holds = objection === null ? true : objection.kind === 'open' ? null : false;
    watched.push({ policy_id: row.policy_id, holds, reason: objection?.sentence ?? null });
  }
  return watched;
}
