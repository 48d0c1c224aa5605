// Asks a judge model to fill in a form, again where it did not, and says why where it never did.
import type { CallFailure, ChatAnswer, ChatModel } from '../../core/chat.ts';
import type { JudgedTry } from '../judges/judge.ts';
import { declines } from '../judges/refusal.ts';
import { type Form, readForm } from './form.ts';
import { type FormKind, judgeMessages } from './prompt.ts';

export type Asked<Kind extends FormKind> =
  | { readonly ok: true; readonly form: Form[Kind] }
  | { readonly ok: false; readonly reason: 'judge_error' | 'judge_refused' | 'unparseable' };

/** A judge model, and the source of words that nobody can guess. */
export interface FormAsker {
  readonly model: ChatModel;
  readonly newFence: () => string;
}

/** Calls that brought an answer, but no form. Failed calls are tried again by the model itself. */
const MOST_ANSWERS = 3;

const reasonOf = (answer: ChatAnswer): 'judge_refused' | 'unparseable' =>
  answer.refused || answer.filtered || declines(answer.text) === 'yes' ? 'judge_refused' : 'unparseable';

/** Calls that came through, with an answer that is none. */
const unreadable = new Set<CallFailure['kind']>(['empty', 'cut', 'unparseable', 'too_large']);

/** Never throws for what the judge model does. */
export async function askJudge<Kind extends FormKind>(
  { model, newFence }: FormAsker,
  kind: Kind,
  judged: JudgedTry,
): Promise<Asked<Kind>> {
  let reason: 'judge_refused' | 'unparseable' = 'unparseable';
  for (let count = 0; count < MOST_ANSWERS; count++) {
    const fence = newFence();
    const messages = judgeMessages(kind, judged, fence, count > 0);
    const result = await model.call({ messages, conversationId: fence });
    if (!result.ok) return { ok: false, reason: unreadable.has(result.failure.kind) ? 'unparseable' : 'judge_error' };
    const form = readForm(kind, result.answer.text, fence);
    if (form !== null) return { ok: true, form };
    reason = reasonOf(result.answer);
  }
  return { ok: false, reason };
}
