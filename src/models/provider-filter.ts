// How a provider says that a filter of its own, not the model, stopped a request or ended an answer; and that an answer
// was cut. Pure. Sources: error codes and reasons of ending as documented by OpenAI and Azure (`content_filter`), Anthropic
// (`refusal`), Gemini (FinishReason, BlockedReason), Bedrock (StopReason), Cohere, Zhipu, Alibaba and OpenRouter.
import { z } from 'zod';
import { type ChatAnswer, plainAnswer } from '../core/chat.ts';
import { jsonOrNull } from '../core/json-text.ts';
import { type PathStep, readPath } from './json-path.ts';

const filterEnds = new Set([
  'content_filter',
  'content_filtered',
  'guardrail_intervened',
  'refusal',
  'safety',
  'prohibited_content',
  'blocklist',
  'spii',
  'recitation',
  'error_toxic',
  'sensitive',
]);
const cutEnds = new Set(['length', 'max_tokens', 'model_length']);

/** "content_filter: PROHIBITED_CONTENT" names the kind of filter behind the colon. */
const named = (reason: string): string => reason.toLowerCase().split(':')[0]!.trim();

/** Whether this reason of ending means the provider's filter. */
export const isFilterEnd = (reason: string | null | undefined): boolean => filterEnds.has(named(reason ?? ''));

/** Reasons of ending as they are kept: the many names of an answer that was cut are one. */
export const endOf = (reason: string | null | undefined): string | null =>
  reason != null && cutEnds.has(named(reason)) ? 'length' : (reason ?? null);

const filterCodes = new Set([
  'content_filter',
  'ResponsibleAIPolicyViolation',
  'content_policy_violation',
  'data_inspection_failed',
  'DataInspectionFailed',
]);

/** The codes of one error; a number where some gateways repeat the status. */
const word = z.union([z.string(), z.number()]).nullish().catch(null);
const filterError = z.object({
  error: z.object({
    code: word,
    type: word,
    message: z.string().nullish().catch(null),
    innererror: z.object({ code: word }).nullish().catch(null),
    // OpenRouter: why its moderation, or the provider's, flagged the input.
    metadata: z
      .object({ reasons: z.array(z.unknown()), flagged_input: z.unknown() })
      .nullish()
      .catch(null),
  }),
});
/** Documented sentences of errors whose code says no more than "bad request" (Anthropic, OpenAI's reasoning models). */
const filterSentences = [/^Output blocked by content filtering policy/i, /^Invalid prompt: your prompt was flagged/i];

/** The answer that a 4xx body of a content filter stands for, or null where it is another error. */
export function readFilterError(body: string): ChatAnswer | null {
  const parsed = filterError.safeParse(jsonOrNull(body));
  if (!parsed.success) return null;
  const { code, type, message, innererror, metadata } = parsed.data.error;
  const isCode = [code, type, innererror?.code].some((each) => typeof each === 'string' && filterCodes.has(each));
  const isModeration = metadata != null && metadata.reasons.length > 0 && metadata.flagged_input !== undefined;
  const isSentence = filterSentences.some((sentence) => sentence.test(message ?? ''));
  return isCode || isModeration || isSentence
    ? plainAnswer('', { filtered: true, finishReason: 'content_filter' })
    : null;
}

const endPlaces: readonly (readonly PathStep[])[] = [
  ['stop_reason'],
  ['stopReason'],
  ['candidates', 0, 'finishReason'],
  ['choices', 0, 'finish_reason'],
];

/** The filter that a provider's own body of a 200 names, in the places where its interface has it; null where none does. */
export function filterNamedIn(body: string): string | null {
  const json = jsonOrNull(body);
  const ends = endPlaces.map((place) => readPath(json, place));
  const end = ends.find((reason): reason is string => typeof reason === 'string' && isFilterEnd(reason));
  if (end !== undefined) return end;
  const blocked = readPath(json, ['promptFeedback', 'blockReason']);
  return typeof blocked === 'string' && blocked !== 'BLOCK_REASON_UNSPECIFIED' ? blocked : null;
}
