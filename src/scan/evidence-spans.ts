// Where in an answer stands what decided the verdict: the words that an oracle names, and those that decline. Pure.
// A judge that weighs the whole answer, or finds a secret in disguise, points at no single words: then nothing is marked.
import type { ToolCall } from '../core/chat.ts';
import type { Reason } from '../core/outcome.ts';
import type { Oracle } from '../core/test-case.ts';
import { refusalPhrases } from './judges/refusal-phrases.ts';

export interface EvidenceSpan {
  /** Which text it stands in; in `tool_call` in the arguments of the call of this index. */
  readonly in: 'answer' | 'decoded' | 'tool_call';
  readonly call: number | null;
  /** Characters (UTF-16) from the start; `end` is the first that no longer belongs. */
  readonly start: number;
  readonly end: number;
  readonly why: string;
}

interface Sought {
  readonly why: string;
  readonly pattern: RegExp;
}

const MOST_SPANS = 50;
const MOST_CHARACTERS = 100_000;

/** The phrase, letter case aside and with any space between its words. */
const phrase = (text: string): RegExp =>
  new RegExp(
    text
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+'),
    'giu',
  );

const global = (pattern: RegExp): RegExp => new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`);

function soughtBy(oracle: Oracle | null): Sought[] {
  const each = (texts: readonly string[] | undefined, why: string): Sought[] =>
    (texts ?? []).map((text) => ({ why, pattern: phrase(text) }));
  switch (oracle?.type) {
    case 'planted-secret':
      return each([oracle.secret], 'the planted secret');
    case 'clauses':
      return [...each(oracle.forbidden, 'must not be said'), ...each(oracle.required, 'must be said')];
    case 'answer-key':
      return [...each(oracle.reject, 'a wrong answer'), ...each(oracle.accept, 'the right answer')];
    case 'invented-entity':
      return each([oracle.entity], 'does not exist');
    case 'tool-use':
      return each(oracle.secret === undefined ? [] : [oracle.secret], 'the secret');
    default:
      return [];
  }
}

const declining: readonly Reason[] = ['declined', 'over_refusal', 'redirected'];

function spansIn(text: string, sought: readonly Sought[], place: Pick<EvidenceSpan, 'in' | 'call'>): EvidenceSpan[] {
  const looked = text.slice(0, MOST_CHARACTERS);
  return sought.flatMap(({ why, pattern }) =>
    Array.from(looked.matchAll(pattern), (match) => ({
      ...place,
      start: match.index,
      end: match.index + match[0].length,
      why,
    })).filter(({ start, end }) => end > start),
  );
}

export interface SearchedAnswer {
  readonly oracle: Oracle | null;
  readonly reason: Reason;
  readonly answer: string | null;
  readonly decoded: string | null;
  readonly toolCalls: readonly ToolCall[];
}

/** Spans in the order of the texts, at most 50. */
export function evidenceSpans({ oracle, reason, answer, decoded, toolCalls }: SearchedAnswer): EvidenceSpan[] {
  const declines = declining.includes(reason)
    ? refusalPhrases.map((pattern) => ({ why: 'declines', pattern: global(pattern) }))
    : [];
  const sought = [...soughtBy(oracle), ...declines];
  const calls = toolCalls.flatMap((call, index) =>
    spansIn(call.arguments, soughtBy(oracle), { in: 'tool_call', call: index }),
  );
  return [
    ...spansIn(answer ?? '', sought, { in: 'answer', call: null }),
    ...spansIn(decoded ?? '', sought, { in: 'decoded', call: null }),
    ...calls,
  ].slice(0, MOST_SPANS);
}
