// From a chat request to what goes out: words, limits, faults and shape. Pure, so that deliver.ts has nothing to decide.
import type { ChatBody } from './chat-body.ts';
import {
  type Completion,
  type CompletionHead,
  completionBody,
  completionEvents,
  counted,
  limited,
  tokensOf,
} from './completion.ts';
import { type Character, converse, type Said } from './conversation.ts';
import { json, type Outgoing } from './deliver.ts';
import type { Fault } from './faults.ts';
import { problems } from './openai-problem.ts';
import type { ShapeRule } from './shapes.ts';

/** A request that has been read and has met its fate. */
export interface ChatTurn {
  readonly body: ChatBody;
  readonly head: CompletionHead;
  readonly character: Character;
  readonly fault: Fault | null;
}

/** What is the same for all requests of one server. */
export interface AnswerSetting {
  readonly rule: ShapeRule;
  readonly fixedAnswer: string | null;
  readonly retryAfterS: number;
}

const page =
  '<!doctype html><html><head><title>Please sign in</title></head><body><h1>Please sign in</h1></body></html>';

const nothingSaid: Said = { text: '', refused: false, toolCall: null };

function completionOf(said: Said, body: ChatBody): Completion {
  const called = said.toolCall !== null;
  return {
    content: called ? null : said.text,
    asParts: false,
    refusal: null,
    reasoning: null,
    toolCalls: said.toolCall === null ? [] : [said.toolCall],
    finishReason: called ? 'tool_calls' : 'stop',
    noChoices: false,
    usage: { prompt: body.messages.reduce((sum, { text }) => sum + tokensOf(text) + 4, 0), completion: 0 },
  };
}

function written({ body, head, fault }: ChatTurn, completion: Completion, rule: ShapeRule | null): Outgoing {
  const streamed = body.stream;
  const events = streamed ? completionEvents(head, completion, body.includeUsage) : [];
  const text = streamed ? events.join('') : completionBody(head, completion);
  if (fault === 'cut') return { kind: 'cut', text, streamed };
  switch (rule?.delivery) {
    case 'html':
      return { kind: 'body', text: page, type: 'text/html; charset=utf-8' };
    case 'half':
      return { kind: 'body', text: text.slice(0, text.length >> 1), type: json };
    case 'slow':
      return { kind: 'slow', text, streamed };
    default:
      return streamed ? { kind: 'events', events } : { kind: 'body', text, type: json };
  }
}

/** What goes out for the request. A fault comes before the shape, and both before the words. */
export function outgoingFor(turn: ChatTurn, setting: AnswerSetting): Outgoing {
  const { body, character, fault } = turn;
  const { rule, fixedAnswer, retryAfterS } = setting;
  if (fault === 'hang') return { kind: 'nothing' };
  if (fault === 'rate-limited') return { kind: 'problem', problem: problems.rateLimited(), retryAfterS };
  if (fault === 'server-error') return { kind: 'problem', problem: problems.serverError() };
  if (fault === 'empty') return written(turn, completionOf(nothingSaid, body), null);
  const said = fixedAnswer === null ? converse(body, character) : { ...nothingSaid, text: fixedAnswer };
  const whole = limited(completionOf(said, body), body.maxTokens);
  const bent = rule.bends?.(whole, said.refused) ?? whole;
  return 'error' in bent ? { kind: 'problem', problem: bent } : written(turn, counted(bent), rule);
}
