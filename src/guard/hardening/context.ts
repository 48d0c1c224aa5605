// What hardening is given, and what its runs have in common.
import type { HardenSource, HardenTest } from '../../core/hardening.ts';
import type { Clock } from '../../core/ports.ts';
import type { Store } from '../../store/store.ts';
import type { DecisionLog } from '../decision-log.ts';
import type { DetectorServices } from '../detectors/detector.ts';
import type { PolicySource } from '../policies.ts';
import { type Harmless, ownTexts, recordedTexts, twinTexts, writtenTexts } from './harmless.ts';
import { isDecidedHarm } from './texts.ts';

const MOST_RECORDED = 5_000;

export interface HardeningContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly services: DetectorServices;
  readonly policies: Pick<PolicySource, 'all' | 'save' | 'find'>;
  readonly log: Pick<DecisionLog, 'latest'>;
}

/** All harmless texts that are at hand; `benign` is a file of the user's own. */
export async function harmlessTexts(
  { log }: HardeningContext,
  projectId: string,
  benign: string | null,
): Promise<Harmless[]> {
  const recorded = recordedTexts(await log.latest(projectId, MOST_RECORDED));
  return [...writtenTexts(), ...twinTexts(), ...(benign === null ? [] : ownTexts(benign)), ...recorded];
}

/** Decided tests about harm; of what held, its words are not needed. `bare`: as they stood without any guard. */
export async function harmTests(source: HardenSource, bare: boolean): Promise<HardenTest[]> {
  const tests: HardenTest[] = [];
  for await (const each of source.tests()) {
    const test = bare ? { ...each, outcome: each.bareOutcome } : each;
    if (isDecidedHarm(test)) tests.push(test.outcome === 'breached' ? test : { ...test, messages: [] });
  }
  return tests;
}

/** The one reason that forbids every conclusion; null where nothing does. */
export const doubtOf = ({ doubts }: HardenSource): string | null =>
  doubts.length > 0 ? `cannot conclude: ${doubts[0]}` : null;
