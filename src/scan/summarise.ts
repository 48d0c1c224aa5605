// Counts a scan's rows once it has ended and makes the summary that every artifact is derived from.
import { caseGroups, casesUnderAttacks, targetFacts, testGroups } from '../store/aggregates.ts';
import { helperCallsOf } from '../store/helper-calls.ts';
import { callCountersOf } from '../store/results.ts';
import type { ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { fidelityOf } from './attacks/attack.ts';
import { requireAttack } from './attacks/index.ts';
import { layersId } from './judges/index.ts';
import { isSimulated, manifestOf, type SoftwareVersion } from './manifest.ts';
import type { MarksSummary } from './marks.ts';
import type { ScanSpec } from './spec.ts';
import { figuresOf, type ScanFigures } from './summary.ts';

/** Our Summary, as summary.json holds it. */
export interface Summary extends ScanFigures {
  readonly scan_id: string;
  readonly name: string;
  readonly target: { readonly url: string; readonly model: string; readonly simulated: boolean };
  readonly judge: { readonly id: string | null };
  readonly fidelity: Readonly<Record<string, string>>;
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Numbers with what people say of the verdicts, beside those as judged; left out where nobody said anything. */
  readonly marks?: MarksSummary;
}

export async function summarise(store: Store, row: ScanRow, software: SoftwareVersion): Promise<Summary> {
  const spec = JSON.parse(row.request) as ScanSpec;
  const curated = spec.attacks
    .slice(0, spec.curated)
    .map(({ id, parameters }) => ({ id, parameters: JSON.stringify(parameters) }));
  const ids = [...new Set(spec.attacks.map((chosen) => chosen.id))];
  const attacks = ids.map((id) => ({
    ...requireAttack(id),
    fidelity: fidelityOf(requireAttack(id), spec.helpers.attacker !== null),
    requested: spec.requested.includes(id),
  }));
  const sums = {
    tests: await testGroups(store, row.id),
    byDataset: await caseGroups(store, row.id, 'dataset'),
    bySubcategory: await caseGroups(store, row.id, 'subcategory'),
    byAttack: await caseGroups(store, row.id, 'attack'),
    curated: await casesUnderAttacks(store, row.id, curated),
  };
  const facts = await targetFacts(store, row.id);
  const calls = await callCountersOf(store, row.id);
  const helperCalls = await helperCallsOf(store, row.id);
  return {
    scan_id: row.id,
    name: row.name,
    target: { url: spec.target.url, model: spec.target.model, simulated: isSimulated(facts) },
    ...figuresOf(spec.datasets, attacks, sums),
    judge: { id: spec.judge === 'none' ? null : layersId },
    fidelity: Object.fromEntries(attacks.map((attack) => [attack.title, attack.fidelity])),
    manifest: manifestOf(row, spec, software, facts, calls, helperCalls),
  };
}
