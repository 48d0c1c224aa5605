// The bounds of a scan: what it may take, what ends it before its last test, and which category gets the next case. Pure.
import { type ClusterSums, halfWidth } from './score/cluster-sums.ts';

/** Null: without this bound. A bounded scan has at least one. */
export interface Bounds {
  /** In the currency of the prices, over all roles. */
  readonly maxCost: number | null;
  /** To the target, retries too. */
  readonly maxCalls: number | null;
  /** While it is worked on: a pause does not count. */
  readonly maxSeconds: number | null;
  /** Half the width that the 95 % interval of every category may have at the end, in points. */
  readonly untilInterval: number | null;
}

/** What may end a scan before its last test. */
export const endings = ['max_cost', 'max_calls', 'max_time', 'until_interval', 'person'] as const;
export type EndedBy = (typeof endings)[number];
export type BoundId = Exclude<EndedBy, 'person'>;

/** What a scan has taken so far: calls that were stored with their cost, and calls that are under way. */
export interface Spent {
  readonly calls: number;
  readonly cost: number;
  readonly underWay: number;
}

/** Calls under way are taken to cost what one did so far: the sum then ends near the bound, not past it by all of them. */
const foreseenCost = ({ calls, cost, underWay }: Spent): number => cost + (calls === 0 ? 0 : (cost / calls) * underWay);

/** The bound that one more call would break; null where it may be made. */
export function boundReached(bounds: Pick<Bounds, 'maxCost' | 'maxCalls'>, spent: Spent): BoundId | null {
  if (bounds.maxCalls !== null && spent.calls + spent.underWay >= bounds.maxCalls) return 'max_calls';
  return bounds.maxCost !== null && foreseenCost(spent) >= bounds.maxCost ? 'max_cost' : null;
}

/** One category (a dataset of the plan) as far as it is known. */
export interface CategoryState {
  readonly sums: ClusterSums;
  /** Cases handed out whose tests have not all ended. */
  readonly underWay: number;
  /** Cases not handed out. */
  readonly left: number;
  /** No case of it is wanted any more. */
  readonly isDone: boolean;
}

/** Half the width once the cases under way have ended, if they are like those before. */
function expectedWidth({ sums, underWay }: CategoryState): number {
  const known = Math.max(1, sums.cases);
  return halfWidth(sums) * Math.sqrt(known / (known + underWay));
}

/** Which category gets the next case: the one whose interval is the widest; null where none has a case that is wanted. */
export function nextCategory(categories: readonly CategoryState[]): number | null {
  let best: number | null = null;
  let widest = Number.NEGATIVE_INFINITY;
  for (const [index, category] of categories.entries()) {
    if (category.isDone || category.left === 0) continue;
    const width = expectedWidth(category);
    if (width <= widest) continue;
    [best, widest] = [index, width];
  }
  return best;
}

/** E.g. "90 s", "20 min", "1.5 h". */
export function durationText(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 6) / 10} min` : `${Math.round(seconds / 360) / 10} h`;
}

/** Why a bounded scan ended before its last test, as people read it. `currency` of its prices. */
export function boundSentence(by: BoundId, bounds: Bounds, currency: string): string {
  switch (by) {
    case 'max_cost':
      return `Ended before all tests were asked: it had cost ${bounds.maxCost} ${currency}, as much as it might.`;
    case 'max_calls':
      return `Ended before all tests were asked: it had made ${bounds.maxCalls} calls to the target, as many as it might.`;
    case 'max_time':
      return `Ended before all tests were asked: it had worked for ${durationText(bounds.maxSeconds ?? 0)}, as long as it might.`;
    case 'until_interval':
      return `Ended before all tests were asked: the 95 % interval of every category that still had tests had come down to ±${bounds.untilInterval} points.`;
  }
}
