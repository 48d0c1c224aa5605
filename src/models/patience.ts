// Asks a model until it answers or the try is spent: calls, pacing and waits, each call's end noted.
import type { CallFailure, CallResult, ChatAnswer, ChatModel, ChatRequest } from '../core/chat.ts';
import type { Clock, Pacer } from '../core/ports.ts';
import type { Random } from '../core/random.ts';
import type { Stretch } from '../core/seen/observer.ts';
import { MAX_CALLS_PER_TRY, retryDelay, TRY_BUDGET_MS } from './retry.ts';
import type { UsualTime } from './usual-time.ts';

export interface Asked {
  /** The answer, or the last failure. */
  readonly result:
    | { readonly ok: true; readonly answer: ChatAnswer }
    | { readonly ok: false; readonly failure: CallFailure };
  /** What came of each call, in order: "ok", or the failure with its HTTP status. */
  readonly calls: readonly string[];
  /** Of the call that brought the answer (or the last one), in milliseconds. */
  readonly latencyMs: number;
}

export interface AskContext {
  readonly model: ChatModel;
  readonly pacer: Pacer;
  readonly clock: Clock;
  /** Spreads the waits; nothing of the plan depends on it. */
  readonly jitter: Random;
  /** Calls that one try may take; left out: MAX_CALLS_PER_TRY. */
  readonly mostCalls?: number;
  /** By it a first call that hangs is given up before its time limit. */
  readonly usual?: UsualTime;
  /** Told of each call's end: by it a scan notices that its target is gone. */
  readonly onCall?: (ok: boolean, failure: CallFailure | null) => void;
  /** Ends waits for leave and for the next call, but no call that is under way. */
  readonly stopAsking?: AbortSignal;
  /** Breaks off calls that are under way, too. */
  readonly breakOff?: AbortSignal;
  /** What the calls are a part of, and the role of the model in it, where somebody looks on. */
  readonly seen?: { readonly stretch: Stretch; readonly role: string };
}

const interrupted: CallFailure = {
  kind: 'interrupted',
  status: null,
  message: 'The scan was stopped before this call.',
  retryAfterMs: null,
};

const nameOf = (failure: CallFailure): string =>
  failure.status === null ? failure.kind : `${failure.kind} ${failure.status}`;

/** Milliseconds that the next call may take, beside the target's own limit. */
function callLimit({ usual, mostCalls = MAX_CALLS_PER_TRY }: AskContext, callsMade: number, spentMs: number): number {
  const hungAfterMs = callsMade === 0 && mostCalls > 1 ? usual?.hungAfterMs() : null;
  return Math.min(TRY_BUDGET_MS - spentMs, hungAfterMs ?? TRY_BUDGET_MS);
}

const limited = ({ breakOff }: AskContext, request: ChatRequest, timeoutMs: number): ChatRequest => ({
  ...request,
  timeoutMs,
  ...(breakOff ? { signal: breakOff } : {}),
});

const outcomeOf = (result: CallResult): string => (result.ok ? 'ok' : nameOf(result.failure));

/** Then nothing was called. */
const byGuardAlone = (result: CallResult): boolean => result.ok && result.answer.guard?.alone === true;

/** Never throws for what the endpoint does. Failure `interrupted`: `stopAsking` or `breakOff` came first, nothing is to be stored. */
export async function askPatiently(context: AskContext, request: ChatRequest): Promise<Asked> {
  const { model, pacer, clock, stopAsking } = context;
  const calls: string[] = [];
  let spentMs = 0;
  for (;;) {
    const permit = await pacer.acquire(stopAsking);
    if (permit === null) return { result: { ok: false, failure: interrupted }, calls, latencyMs: 0 };
    const stretch = context.seen?.stretch.begin('call', { role: context.seen.role, attempt: calls.length + 1 });
    const result = await model.call(limited(context, request, callLimit(context, calls.length, spentMs)));
    permit.done({ ok: result.ok, rateLimited: !result.ok && result.failure.kind === 'rate_limited' });
    const outcome = outcomeOf(result);
    stretch?.end(outcome, { failed: !result.ok });
    calls.push(...(byGuardAlone(result) ? [] : [outcome]));
    spentMs += result.latencyMs;
    context.onCall?.(result.ok, result.ok ? null : result.failure);
    if (result.ok) {
      context.usual?.record(result.latencyMs);
      return { result, calls, latencyMs: result.latencyMs };
    }
    const delay = retryDelay(result.failure, calls.length, spentMs, context.jitter.next(), context.mostCalls);
    if (delay === null) return { result, calls, latencyMs: result.latencyMs };
    spentMs += delay;
    await clock.sleep(delay, stopAsking);
    if (stopAsking?.aborted) return { result: { ok: false, failure: interrupted }, calls, latencyMs: 0 };
  }
}
