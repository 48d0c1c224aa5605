// A target with the guard beside it: each call is also put to the guard, what it says goes with the answer.
import { type ChatModel, plainAnswer } from '../core/chat.ts';
import type { Guarded, GuardMode } from '../core/guarding.ts';
import type { ScanGuard } from '../core/ports.ts';

type Said = Awaited<ReturnType<ScanGuard['check']>>;

const guardedAt = (place: 'in' | 'out', { stopped, policies, undecided }: Said, alone: boolean): Guarded => ({
  at: stopped ? place : null,
  policies,
  alone,
  ...(undecided ? { undecided } : {}),
});

/** `only`: the model is never called. `both`: it is always called, also where the guard would have stopped the request. */
export function guardedModel(model: ChatModel, guard: ScanGuard, mode: Exclude<GuardMode, 'none'>): ChatModel {
  const alone = mode === 'only';
  return {
    async call(request) {
      const on = await guard.check(request.messages, null);
      const guardedIn = guardedAt('in', on, alone);
      if (alone) return { ok: true, answer: plainAnswer('', { guard: guardedIn }), latencyMs: 0 };
      const result = await model.call(request);
      if (!result.ok) return result;
      if (on.stopped) return { ...result, answer: { ...result.answer, guard: guardedIn } };
      const out = await guard.check(request.messages, result.answer);
      const undecided = out.undecided || (on.undecided && !out.stopped);
      return { ...result, answer: { ...result.answer, guard: guardedAt('out', { ...out, undecided }, alone) } };
    },
    adaptations: () => model.adaptations(),
    close: () => model.close(),
  };
}
