// A target with the guard beside it: each call is also put to the guard, what it says goes with the answer.
import { type ChatModel, plainAnswer } from '../core/chat.ts';
import type { Guarded, GuardMode } from '../core/guarding.ts';
import type { ScanGuard } from '../core/ports.ts';

/** `only`: the model is never called. `both`: it is always called, also where the guard would have stopped the request. */
export function guardedModel(model: ChatModel, guard: ScanGuard, mode: Exclude<GuardMode, 'none'>): ChatModel {
  const alone = mode === 'only';
  return {
    async call(request) {
      const on = await guard.check(request.messages, null);
      const guardedIn: Guarded = { at: on.stopped ? 'in' : null, policies: on.policies, alone };
      if (alone) return { ok: true, answer: plainAnswer('', { guard: guardedIn }), latencyMs: 0 };
      const result = await model.call(request);
      if (!result.ok) return result;
      if (on.stopped) return { ...result, answer: { ...result.answer, guard: guardedIn } };
      const out = await guard.check(request.messages, result.answer);
      const guarded: Guarded = { at: out.stopped ? 'out' : null, policies: out.policies, alone };
      return { ...result, answer: { ...result.answer, guard: guarded } };
    },
    adaptations: () => model.adaptations(),
    close: () => model.close(),
  };
}
