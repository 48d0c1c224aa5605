// What an endpoint refuses by name, and how the next request does without it: pure.
import type { ChatMessage } from '../core/chat.ts';
import { textOf } from '../core/chat.ts';
import { complaintsOf } from './complaint.ts';

export type Adaptation = 'max_completion_tokens' | 'without_temperature' | 'without_max_tokens' | 'system_in_user_turn';

/** How a report names what was changed. */
export const adaptationTitles: Readonly<Record<Adaptation, string>> = {
  max_completion_tokens: 'max_tokens was sent as max_completion_tokens',
  without_max_tokens: 'the limit of output tokens was left out',
  without_temperature: 'temperature was left out',
  system_in_user_turn: 'the system prompt was put before the first user turn',
};

/** What of a refused request decides whether its body can mean an adaptation. */
export interface RefusedRequest {
  /** The adaptations that would change this request: what was not sent cannot have been refused. */
  readonly open: ReadonlySet<Adaptation>;
  /** The texts that were sent: an endpoint that repeats them says nothing by it. */
  readonly texts: readonly string[];
}

interface Rule {
  readonly adaptation: Adaptation;
  /** The name in `error.param` or in a path to the refused field. */
  readonly param: RegExp;
  /** The whole refusal in words, where no place of the body names the field. */
  readonly words: readonly RegExp[];
}

const unsupported =
  '(?:unsupported|not supported|do(?:es)?(?: not|n.t) (?:support|accept|allow)|unrecogni[sz]ed|unknown|unexpected|extra[ _](?:fields|inputs|forbidden)|not (?:permitted|allowed|accepted|enabled)|only the default|deprecated|may only be|invalid (?:parameter|argument|field|request argument))';
const unsupportedWords = new RegExp(`${unsupported}|input should be`, 'i');

/** The name and the refusal within one clause, in either order. */
const refusalOf = (name: string): RegExp =>
  new RegExp(`\\b${name}\\b[^.!?\\n]{0,60}?\\b${unsupported}|\\b${unsupported}[^.!?\\n]{0,60}?\\b${name}\\b`, 'i');

const rules: readonly Rule[] = [
  {
    adaptation: 'without_max_tokens',
    param: /(?:^|\.)max_completion_tokens$/,
    words: [refusalOf('max_completion_tokens')],
  },
  { adaptation: 'max_completion_tokens', param: /(?:^|\.)max_tokens$/, words: [refusalOf('max_tokens')] },
  { adaptation: 'without_temperature', param: /(?:^|\.)temperature$/, words: [refusalOf('temperature')] },
  {
    adaptation: 'system_in_user_turn',
    param: /messages?\W*\d*\W*role$/,
    words: [
      refusalOf('(?:system|developer)\\W{1,3}(?:role|messages?|prompts?|instructions?)'),
      refusalOf('roles?\\W{1,4}(?:system|developer)'),
      /\brole\W{1,3}does not support\W{1,3}(?:system|developer)\b/i,
      /(?<!optional system message, (?:conversation )?)\broles must alternate/i,
      /conversation must start with a user message/i,
    ],
  },
];

// "use max_completion_tokens instead" names the way out, not what was refused.
const hint = /\b(?:use|using|try|prefer|favou?r of|replaced (?:by|with))\b[^.\n]{0,20}max_completion_tokens['"`]?/gi;

const SHORTEST_ECHO = 16;

/** The words without every stretch of at least 16 characters that stands in what was sent. */
function withoutEchoes(words: string, texts: readonly string[]): string {
  let kept = '';
  let at = 0;
  while (at < words.length) {
    const stretch = words.slice(at, at + SHORTEST_ECHO);
    const isEchoed = stretch.length === SHORTEST_ECHO && texts.some((text) => text.includes(stretch));
    if (!isEchoed) {
      kept += words[at++];
      continue;
    }
    at += SHORTEST_ECHO;
    while (at < words.length && texts.some((text) => text.includes(words.slice(at - SHORTEST_ECHO + 1, at + 1)))) at++;
    kept += ' ';
  }
  return kept;
}

/** What to change after a 400 or 422 with this body, or null where it refuses nothing by name that was really sent. */
export function adaptationFor(body: string, request: RefusedRequest): Adaptation | null {
  const complaints = complaintsOf(body).map(({ param, words }) => ({
    param,
    words: withoutEchoes(words.slice(0, 4_000), request.texts).replace(hint, ''),
  }));
  const rule = rules.find(
    ({ adaptation, param, words }) =>
      request.open.has(adaptation) &&
      complaints.some((complaint) =>
        complaint.param !== null && param.test(complaint.param)
          ? unsupportedWords.test(complaint.words)
          : words.some((refusal) => refusal.test(complaint.words)),
      ),
  );
  return rule?.adaptation ?? null;
}

/** Puts the system prompt before the first user turn. */
export function foldSystemPrompt(messages: readonly ChatMessage[]): ChatMessage[] {
  const systems = messages.filter((message) => message.role === 'system' || message.role === 'developer');
  const rest = messages.filter((message) => message.role !== 'system' && message.role !== 'developer');
  if (systems.length === 0) return [...messages];
  const preface = systems.map((message) => textOf(message.content)).join('\n\n');
  const first = rest.findIndex((message) => message.role === 'user');
  if (first < 0) return [{ role: 'user', content: preface }, ...rest];
  return rest.map((message, index) => (index === first ? withPreface(message, preface) : message));
}

function withPreface(message: ChatMessage, preface: string): ChatMessage {
  if (typeof message.content === 'string') return { ...message, content: `${preface}\n\n${message.content}` };
  return { ...message, content: [{ type: 'text', text: preface }, ...message.content] };
}
