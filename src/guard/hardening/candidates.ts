// Drafts candidates for each group of breaches and chooses among them, all on tests and texts kept for drafting.
import type { HardenTest } from '../../core/hardening.ts';
import type { Clock } from '../../core/ports.ts';
import { wilson } from '../../core/score/interval.ts';
import { createSlices } from '../../core/slices.ts';
import type { DetectorServices } from '../detectors/detector.ts';
import { evaluate } from '../evaluate.ts';
import type { GuardMessage } from '../message.ts';
import { type OpenPolicy, openPolicy, ownWords } from '../open-policy.ts';
import { type Draft, draftsOf } from './drafts.ts';
import { FEWEST_BREACHES, type Group, groupsOf } from './groups.ts';
import type { Harmless } from './harmless.ts';
import { stops } from './proof.ts';
import { isBreach, messagesOf, type Part, textOf } from './texts.ts';

export interface Candidate extends Draft {
  readonly open: OpenPolicy;
  /** Keys of the tests that asked for it. */
  readonly askedBy: readonly string[];
  /** Attacks of those tests. */
  readonly draftedFrom: ReadonlySet<string>;
  /** On the part kept for choosing: how much of the group's breaches it stops, and of harmless texts. */
  readonly chosenBy: {
    readonly stopped: number;
    readonly breaches: number;
    readonly harmless: number;
    readonly of: number;
  };
}

export interface CandidateContext {
  readonly services: DetectorServices;
  readonly clock: Clock;
  readonly budget: number;
}

type PartOf = ReadonlyMap<HardenTest, Part>;

const textsOf = (harmless: readonly Harmless[], part: Part): string[] =>
  harmless
    .filter((each) => each.part === part)
    .map(({ messages }) => messages.map(({ content }) => content).join('\n'));

/** What the injection detector says of the texts; empty where it cannot decide on one of them. */
async function injectionScores(texts: readonly string[], { services, clock }: CandidateContext): Promise<number[]> {
  const rules = [{ detector: 'modern-guard', action: 'flag', threshold: 0 }] as const;
  const policy = { id: 'scores', version: 1, definition: null, targets: ['user'], rules, onFailure: 'open' } as const;
  const rest = { timeLimitMs: 10_000, overrideResponse: null, byDefault: false };
  const open = await openPolicy({ ...policy, ...rest }, services, ownWords(''));
  const scores: number[] = [];
  const slices = createSlices();
  for (const content of texts) {
    if (slices.isOver()) await slices.next();
    const [finding] = await evaluate(open.checks, [{ role: 'user', content }], {
      clock,
      session: null,
      failFast: false,
    });
    if (finding === undefined || finding.undecided !== null) return [];
    scores.push(finding.score ?? 0);
  }
  return scores;
}

interface ChoosingMaterial {
  /** Breaches of the group that drafts were made from, and others to choose by. */
  readonly fit: readonly HardenTest[];
  readonly breaches: readonly HardenTest[];
  readonly harmless: readonly Harmless[];
}

async function countStopped(
  open: OpenPolicy,
  list: readonly { readonly messages: readonly GuardMessage[] }[],
  clock: Clock,
): Promise<number> {
  let stopped = 0;
  for (const { messages } of list) if ((await stops(open, messages, clock)) === true) stopped += 1;
  return stopped;
}

async function tried(
  draft: Draft,
  { fit, breaches, harmless }: ChoosingMaterial,
  { services, clock }: CandidateContext,
): Promise<Candidate> {
  const open = await openPolicy(draft.policy, services, ownWords('draft'));
  const asked = breaches.map((test) => ({ messages: messagesOf(test) }));
  return {
    ...draft,
    open,
    askedBy: fit.map(({ planKey }) => planKey),
    draftedFrom: new Set(fit.map(({ attack }) => attack)),
    chosenBy: {
      stopped: await countStopped(open, asked, clock),
      breaches: breaches.length,
      harmless: await countStopped(open, harmless, clock),
      of: harmless.length,
    },
  };
}

const ALLOWANCE = 2;

const readsInjection = ({ policy }: Draft): boolean => policy.rules.some(({ detector }) => detector === 'modern-guard');

/**
 * The one that stops most within the budget; of equals the earlier, which is the simpler change. Where that is the injection
 * detector, the best of what was drafted for the group as well: what it stops elsewhere few texts show, and many prove.
 */
async function choose(
  drafts: readonly Draft[],
  material: ChoosingMaterial,
  context: CandidateContext,
): Promise<Candidate[]> {
  // Few texts choose, and many others prove: the upper end may not lie far above the budget.
  const worth = ({ chosenBy: { stopped, harmless: falsely, of } }: Candidate): number =>
    (wilson(falsely, of).high ?? 0) <= ALLOWANCE * context.budget ? stopped : -falsely;
  const all: Candidate[] = [];
  for (const draft of drafts) all.push(await tried(draft, material, context));
  const bestFirst = all.toSorted((a, b) => worth(b) - worth(a));
  const [best] = bestFirst;
  const other = best && readsInjection(best) ? bestFirst.find((each) => !readsInjection(each)) : undefined;
  return [best, other].flatMap((each) => (each !== undefined && each.chosenBy.stopped > 0 ? [each] : []));
}

/** One candidate a group, or two, the broadest group first. */
export async function candidatesFor(
  tests: readonly HardenTest[],
  parts: PartOf,
  harmless: readonly Harmless[],
  context: CandidateContext,
): Promise<Candidate[]> {
  const breaches = tests.filter(isBreach);
  const fit = breaches.filter((test) => parts.get(test) === 'fit');
  const chosen = breaches.filter((test) => parts.get(test) === 'choose');
  const fitTexts = textsOf(harmless, 'fit');
  const scores = await injectionScores(fitTexts, context);
  const choosing = harmless.filter(({ part }) => part === 'choose');
  const candidates: Candidate[] = [];
  for (const group of groupsOf(fit)) {
    const own = fit.filter(group.has);
    const breached = [...new Set(own.map(textOf))];
    const drafts = draftsOf({ group, breached, harmless: fitTexts, injectionScores: scores, budget: context.budget });
    const material = { fit: own, breaches: chosen.filter(group.has), harmless: choosing };
    candidates.push(...(await choose(drafts, material, context)));
  }
  return candidates;
}

/** Why candidatesFor gives none, in a sentence with the numbers that it hangs on. */
export function whyNoCandidate(tests: readonly HardenTest[], parts: PartOf): string {
  const breaches = tests.filter(isBreach);
  const inPart = (part: Part): HardenTest[] => breaches.filter((test) => parts.get(test) === part);
  const fit = inPart('fit');
  const groups = groupsOf(fit).length;
  return groups === 0
    ? `drafts are made from at least ${FEWEST_BREACHES} breaches, and of the scan's ${breaches.length} there were ${fit.length} among the tests kept for that.`
    : `no draft for any of the ${groups} groups of breaches stopped one of the ${inPart('choose').length} breaches kept to choose by.`;
}

/** A policy that somebody wrote by hand, put to the same proof over all tests. */
export async function ownCandidate(draft: Draft, context: CandidateContext): Promise<Candidate> {
  const open = await openPolicy(draft.policy, context.services, ownWords('policy'));
  const chosenBy = { stopped: 0, breaches: 0, harmless: 0, of: 0 };
  return { ...draft, open, askedBy: [], draftedFrom: new Set(), chosenBy };
}

export const everything: Group = { by: 'all', name: 'all breaches', has: () => true, breaches: 0 };
