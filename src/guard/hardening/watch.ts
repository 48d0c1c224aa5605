// Proves what was promoted anew over a scan of the same target, and takes back what no longer holds.
import type { HardenSource } from '../../core/hardening.ts';
import { openPolicy, ownWords } from '../open-policy.ts';
import type { Policy } from '../policy.ts';
import { doubtOf, type HardeningContext, harmlessTexts, harmTests } from './context.ts';
import { belongsTo } from './groups.ts';
import { FEWEST_FALLS, type KeptCandidate, standing, takeBack } from './promotion.ts';
import {
  type HeldOut,
  type Objection,
  objectionTo,
  type Proof,
  type ProofLimits,
  type ProvenOver,
  prove,
  stopsTooMuch,
} from './proof.ts';
import { splitByCase } from './texts.ts';

/** `holds` null: it could not be concluded, and nothing was changed. */
export interface Watched {
  readonly policy_id: string;
  readonly holds: boolean | null;
  readonly reason: string | null;
}

const MOST_NAMED = 3;

const named = (names: readonly string[]): string =>
  names.length <= MOST_NAMED
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;

const missing = (now: readonly string[], then: readonly string[] = []): string[] =>
  then.filter((name) => !now.includes(name));

/** Why the scan cannot say whether the policy still stops attacks; null where it can. */
function silenceOf({ over, n, before }: Proof, promised: ProvenOver | undefined): string | null {
  const unasked = [...missing(over.datasets, promised?.datasets), ...missing(over.attacks, promised?.attacks)];
  if (unasked.length > 0)
    return `cannot conclude: it was proven over ${named(unasked)}, of which the scan decided no test`;
  if (before.k < FEWEST_FALLS)
    return `cannot conclude: ${before.k} of ${n} tests broke the target without it, ${FEWEST_FALLS} are needed`;
  return null;
}

async function objectionNow(
  { services, clock }: HardeningContext,
  policy: Policy,
  { group, proven_over: promised }: KeptCandidate,
  { tests, harmless }: HeldOut,
  limits: ProofLimits,
): Promise<Objection | null> {
  const open = await openPolicy(policy, services, ownWords('policy'));
  const own = tests.filter(belongsTo(group));
  const proof = await prove(open, { tests: own, harmless, draftedFrom: new Set(), clock });
  const objection = objectionTo(proof, proof.p, limits);
  if (objection?.kind !== 'against' || stopsTooMuch(proof, limits)) return objection;
  const silence = silenceOf(proof, promised);
  return silence === null ? objection : { kind: 'open', sentence: silence };
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
        : await objectionNow(context, stored.policy, JSON.parse(row.body), { tests, harmless }, limits);
    if (objection?.kind === 'against') await takeBack(context, row, `no longer holds: ${objection.sentence}`, by);
    const holds = objection === null ? true : objection.kind === 'open' ? null : false;
    watched.push({ policy_id: row.policy_id, holds, reason: objection?.sentence ?? null });
  }
  return watched;
}
