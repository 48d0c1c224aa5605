// Watches what a bounded scan takes, and ends it where a bound is reached. It knows what was spent from what is stored, so
// that a scan which was killed goes on where it stood. One process runs such a scan: the limits of its target hold over
// all workers anyway, and its bounds then hold to the call.
import { type BoundId, type Bounds, boundReached, boundSentence } from '../core/bounds.ts';
import type { Pacer } from '../core/ports.ts';
import { callCountersOf, callRows } from '../store/call-counters.ts';
import { helperCallsOf } from '../store/helper-calls.ts';
import type { Result } from '../store/results.ts';
import { type BoundedPlan, openBoundedPlan } from './bounded-plan.ts';
import type { ScanRun } from './open-run.ts';
import { costOfTokens, currencyOf } from './prices.ts';
import { guardAlone, type PaidRole, type ScanSpec } from './spec.ts';

/** Why a scan ended before its last test. */
export interface EarlyEnd {
  readonly by: BoundId;
  readonly reason: string;
}

export interface BoundedRun {
  /** As it is to be run: paced, watched and stopped by the bounds. */
  readonly run: ScanRun;
  readonly plan: BoundedPlan;
  /** Of a run that has ended and was not stopped from outside; null where all tests have ended. */
  earlyEnd(): EarlyEnd | null;
  close(): void;
}

interface TokenRow {
  readonly tokens_in: number;
  readonly tokens_out: number;
}

const costOfRow = ({ prices }: ScanSpec, role: PaidRole, row: TokenRow): number => {
  const price = prices?.[role] ?? null;
  return price === null ? 0 : costOfTokens({ prompt: row.tokens_in, completion: row.tokens_out }, price);
};

/** Calls and cost of what a result brings. */
function takenBy(spec: ScanSpec, result: Result): { readonly calls: number; readonly cost: number } {
  const own = callRows('', result).reduce((sum, row) => sum + costOfRow(spec, 'target', row), 0);
  const helpers = (result.helperCalls ?? []).reduce((sum, row) => sum + costOfRow(spec, row.role, row), 0);
  return { calls: result.calls.length, cost: own + helpers };
}

/** What is stored of the scan so far. */
async function takenBefore({ store, scanId, spec }: ScanRun): Promise<{ calls: number; cost: number }> {
  const calls = await callCountersOf(store, scanId);
  const helpers = await helperCallsOf(store, scanId);
  const own = calls.reduce((sum, row) => sum + costOfRow(spec, 'target', row), 0);
  return {
    calls: calls.reduce((sum, { n }) => sum + n, 0),
    cost: helpers.reduce((sum, row) => sum + costOfRow(spec, row.role, row), own),
  };
}

/** Gives leave for a call only while `mayCall` says so, and tells it of each. */
function watchedPacer(pacer: Pacer, mayCall: () => boolean, onLeave: () => void): Pacer {
  return {
    limit: () => pacer.limit(),
    async acquire(signal) {
      const permit = await pacer.acquire(signal);
      if (permit === null) return null;
      if (mayCall()) {
        onLeave();
        return permit;
      }
      permit.done({ ok: true, rateLimited: false });
      return null;
    },
  };
}

/** `activeMs`: for how long the scan was worked on before this run. */
export async function openBoundedRun(run: ScanRun, bounds: Bounds, activeMs: number): Promise<BoundedRun> {
  const { spec, clock, target } = run;
  const plan = await openBoundedPlan(run.store, run.scanId, spec);
  const spent = await takenBefore(run);
  const [ending, over] = [new AbortController(), new AbortController()];
  let underWay = 0;
  let by: BoundId | null = null;

  function end(bound: BoundId | null): void {
    if (bound === null || by !== null) return;
    by = bound;
    ending.abort();
  }

  const ofEach = guardAlone(spec) ? 0 : 1;
  function onLeave(): void {
    underWay += ofEach;
  }

  function look(): boolean {
    end(boundReached(bounds, { ...spent, underWay }));
    return by === null;
  }

  if (bounds.maxSeconds !== null) {
    const left = bounds.maxSeconds * 1000 - activeMs;
    if (left <= 0) end('max_time');
    else void clock.sleep(left, over.signal).then(() => over.signal.aborted || end('max_time'));
  }
  look();
  return {
    plan,
    run: {
      ...run,
      target: { ...target, pacer: watchedPacer(target.pacer, look, onLeave) },
      stop: AbortSignal.any([run.stop, ending.signal]),
      onStored(result) {
        const { calls, cost } = takenBy(spec, result);
        spent.calls += calls;
        spent.cost += cost;
        underWay -= calls;
        if ('test' in result) plan.note(result.test.test_no, result.test.outcome);
        look();
      },
    },
    earlyEnd() {
      if (plan.isWhole()) return null;
      const bound = by ?? 'until_interval';
      return { by: bound, reason: boundSentence(bound, bounds, currencyOf(spec) ?? '') };
    },
    close: () => over.abort(),
  };
}
