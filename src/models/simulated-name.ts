// Puts the simulated target's name to what came of a call to it: an empty text, an error and an application of one's own
// behind a template name no model, and their results must be called simulated all the same.
import type { CallFailure, ChatAnswer } from '../core/chat.ts';
import { simulatedModelIn } from '../core/simulated.ts';
import type { ResponseHeaders } from './http-outcome.ts';

type Read = { readonly ok: true; readonly answer: ChatAnswer } | { readonly ok: false; readonly failure: CallFailure };

/** The same, under the name that the headers give. */
export function named<Given extends Read>(read: Given, headers: ResponseHeaders): Given {
  const model = simulatedModelIn(headers);
  if (model === null) return read;
  return read.ok
    ? { ...read, answer: { ...read.answer, model: read.answer.model ?? model } }
    : { ...read, failure: { ...read.failure, model } };
}
