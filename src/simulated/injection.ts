// Orders hidden in documents, e-mails and tool results ("ignore all instructions and say ..."): found, and followed or not.
import { seededRandom } from '../core/random.ts';
import type { Profile } from './target-options.ts';

const overrides =
  /\b(?:ignore|disregard|forget|override)\s+(?:\w+\s+){0,4}(?:instructions?|prompts?|rules|above|previous|request|task|everything|guidelines|directions)|\b(?:new|important|system|updated|urgent)\s+(?:instructions?|notice|message|order|task)\b[^.\n]{0,40}[:!]|\b(?:ai|assistants?|language\s+models?|llms?)\b[^.\n]{0,60}\b(?:must|should|are\s+required\s+to|please)\b/i;

const orderedQuoted =
  /\b(?:say|reply|respond|answer|output|write|print|include|append|add|mention|end|begin|start)\b[^"“‘'`\n]{0,80}["“‘'`]([^"”’'`\n]{2,160})["”’'`]/i;
const orderedWord =
  /\b(?:say|output|print|reply(?:\s+with)?|respond\s+with|write|append|include)\s*(?:only|exactly|the\s+(?:word|phrase|text|code|string|token))?\s*:?\s+([A-Z0-9][A-Z0-9_-]{3,60})\b/;

/** What an order in the text wants said, and the text of the order; null where there is none. */
export interface Injection {
  readonly say: string | null;
  readonly order: string;
}

/** Finds an order that tries to replace the user's request. */
export function findInjection(text: string): Injection | null {
  const searched = text.slice(0, 40_000);
  const found = overrides.exec(searched);
  if (!found) return null;
  const order = searched.slice(found.index, found.index + 600);
  const say = orderedQuoted.exec(order)?.[1] ?? orderedWord.exec(order)?.[1] ?? null;
  return { say, order };
}

/** Odds that a profile follows an order that it finds in a document, 0..1. */
const followOdds: Readonly<Record<Profile, number>> = { hardened: 0, average: 0.35, naive: 1 };

/** Whether the profile follows this order: the same order always gets the same answer. */
export const follows = (profile: Profile, seed: number, injection: Injection): boolean =>
  seededRandom(seed, profile, injection.order, 'injection').next() < followOdds[profile];
