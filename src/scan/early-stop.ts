// What a scan that ended before its last test knows of each category: how many of its tests ran, and how wide its interval is.
import type { EndedBy } from '../core/bounds.ts';
import { rateFamilies, rateFamilyOf, type TestRole } from '../core/outcome.ts';
import { type CaseShape, type ClusteredRate, clusteredRate } from '../core/score/clustered.ts';
import { earlyStopSentences } from '../reports/early-stop-view.ts';
import { type DatasetShape, datasetShapes, pooledShapes } from '../store/aggregates.ts';
import { countersOf } from '../store/results.ts';
import type { ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type RateKind, searchingIds } from './rate-kinds.ts';
import type { ScanSpec } from './spec.ts';

/** One category, which is a dataset of the plan. Tests that did not run are in no number but `planned`. */
export interface StoppedCategory {
  readonly name: string;
  readonly slug: string;
  readonly role: TestRole;
  readonly planned: number;
  readonly run: number;
  /** Breached among its decided tests, the interval over cases; counts without a rate where they belong to several rates. */
  readonly breached: ClusteredRate;
  /** Half the width of the interval over all its tests, in 0..0.5: by it a category is known well enough, it is no rate. */
  readonly half_width?: number | null;
  /** Breached among its decided tests, for each rate apart. Both are left out in summaries of older versions. */
  readonly rates?: readonly CategoryRate[];
}

export interface CategoryRate extends RateKind {
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

/** For each rate of which something was decided, attacks that ask once first. */
const ratesOf = (shapes: readonly DatasetShape[], seed: number): CategoryRate[] =>
  rateFamilies.flatMap((family) =>
    [false, true].flatMap((search) => {
      const own = shapes.filter(({ expect, isNamed }) => rateFamilyOf(expect) === family && isNamed === search);
      return own.length === 0 ? [] : [{ family, search, breached: clusteredRate(own, seed) }];
    }),
  );

type CategoryFigures = Required<Pick<StoppedCategory, 'breached' | 'half_width' | 'rates'>>;

/** Pure. What belongs to several rates has no rate of its own. */
export function categoryFigures(
  shapes: readonly DatasetShape[],
  pooled: readonly CaseShape[],
  seed: number,
): CategoryFigures {
  const rates = ratesOf(shapes, seed);
  const all = clusteredRate(pooled, seed);
  return {
    breached: rates.length > 1 ? { ...all, rate: null, low: null, high: null } : all,
    half_width: all.low === null || all.high === null ? null : (all.high - all.low) / 2,
    rates,
  };
}

/** Null where the scan ran to its end. */
export async function earlyStopOf(store: Store, row: ScanRow, spec: ScanSpec): Promise<EarlyStop | null> {
  if (row.ended_by === null) return null;
  const counters = await countersOf(store, [row.id]);
  const shapes = await datasetShapes(store, row.id, searchingIds(spec.helpers.attacker !== null));
  const pooled = await pooledShapes(store, row.id);
  const categories = spec.datasets.map(({ title, slug, role, tests }): StoppedCategory => {
    const isOwn = (each: { readonly role: TestRole; readonly dataset: string }): boolean =>
      each.role === role && each.dataset === slug;
    return {
      name: title,
      slug,
      role,
      planned: tests,
      run: counters.filter(isOwn).reduce((sum, { n }) => sum + n, 0),
      ...categoryFigures(shapes.filter(isOwn), pooled.filter(isOwn), spec.seed),
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
