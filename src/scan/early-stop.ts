// What a scan that ended before its last test knows of each category: how many of its tests ran, and how wide its interval is.
import type { EndedBy } from '../core/bounds.ts';
import type { TestRole } from '../core/outcome.ts';
import { type ClusteredRate, clusteredRate } from '../core/score/clustered.ts';
import { earlyStopSentences } from '../reports/early-stop-view.ts';
import { datasetShapes } from '../store/aggregates.ts';
import { countersOf } from '../store/results.ts';
import type { ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { ScanSpec } from './spec.ts';

/** One category, which is a dataset of the plan. Tests that did not run are in no number but `planned`. */
export interface StoppedCategory {
  readonly name: string;
  readonly slug: string;
  readonly role: TestRole;
  readonly planned: number;
  readonly run: number;
  /** Breached among its decided tests, over all attacks; the interval over cases. */
  readonly breached: ClusteredRate;
}

export interface EarlyStop {
  readonly by: EndedBy;
  readonly reason: string;
  readonly planned: number;
  readonly run: number;
  readonly categories: readonly StoppedCategory[];
  /** How well the categories are known by then, and how the intervals are to be read, in sentences. */
  readonly meaning: readonly string[];
}

/** Null where the scan ran to its end. */
export async function earlyStopOf(store: Store, row: ScanRow, spec: ScanSpec): Promise<EarlyStop | null> {
  if (row.ended_by === null) return null;
  const counters = await countersOf(store, [row.id]);
  const shapes = await datasetShapes(store, row.id);
  const categories = spec.datasets.map(({ title, slug, role, tests }): StoppedCategory => {
    const isOwn = (each: { readonly role: TestRole; readonly dataset: string }): boolean =>
      each.role === role && each.dataset === slug;
    return {
      name: title,
      slug,
      role,
      planned: tests,
      run: counters.filter(isOwn).reduce((sum, { n }) => sum + n, 0),
      breached: clusteredRate(shapes.filter(isOwn), spec.seed),
    };
  });
  const sum = (of: (category: StoppedCategory) => number): number =>
    categories.reduce((total, category) => total + of(category), 0);
  const stop = {
    by: row.ended_by,
    reason: row.reason ?? '',
    planned: sum(({ planned }) => planned),
    run: sum(({ run }) => run),
    categories,
  };
  return { ...stop, meaning: earlyStopSentences(stop) };
}
