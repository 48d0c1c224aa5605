// The peculiarities of real endpoints that the simulated target can imitate, as one table.
// One for each sentence of "Targets as they are": a client that passes against all of them reads real endpoints.
import type { ChatBody } from './chat-body.ts';
import type { Completion } from './completion.ts';
import { type OpenAiProblem, problems } from './openai-problem.ts';

export const shapes = [
  'refuses-max-tokens',
  'refuses-temperature',
  'refuses-system-role',
  'structured-refusal',
  'content-filter',
  'azure-filter',
  'tool-calls',
  'reasoning',
  'reasoning-budget',
  'html',
  'half-json',
  'big',
  'null-content',
  'empty-choices',
  'content-parts',
  'no-usage',
  'slow-body',
] as const;
export type Shape = (typeof shapes)[number];

export interface ShapeRule {
  /** What a client sees, for a list of shapes. */
  readonly what: string;
  /** The problem that the request itself meets; null where it meets none. */
  readonly refuses?: (body: ChatBody) => OpenAiProblem | null;
  /** Bends an answer. `refused`: the model declines in it. */
  readonly bends?: (completion: Completion, refused: boolean) => Completion | OpenAiProblem;
  /** How the bytes go out; whole and at once where it is not said. */
  readonly delivery?: 'html' | 'half' | 'slow';
  /** A tool is called whenever one is offered. */
  readonly callsTools?: true;
}

const bigLength = 10 * 1024 * 1024;
const bigSentence = 'This simulated answer goes on and on. ';
let bigText: string | null = null;
/** Made once, when first needed: ten megabytes are not to lie about in every server. */
const big = (): string => {
  bigText ??= bigSentence.repeat(Math.ceil(bigLength / bigSentence.length));
  return bigText;
};

export const shapeRules: Readonly<Record<Shape, ShapeRule>> = {
  'refuses-max-tokens': {
    what: '400 unsupported_parameter for max_tokens; max_completion_tokens is taken',
    refuses: ({ sent }) =>
      sent.max_tokens === undefined ? null : problems.unsupportedParameter('max_tokens', 'max_completion_tokens'),
  },
  'refuses-temperature': {
    what: '400 unsupported_value for any temperature but 1',
    refuses: ({ sent }) =>
      sent.temperature === undefined || sent.temperature === 1
        ? null
        : problems.unsupportedValue(
            'temperature',
            String(sent.temperature),
            ' Only the default (1) value is supported.',
          ),
  },
  'refuses-system-role': {
    what: '400 unsupported_value for messages of role system or developer',
    refuses: ({ messages }) => {
      const at = messages.findIndex(({ role }) => role === 'system' || role === 'developer');
      return at < 0 ? null : problems.unsupportedValue(`messages[${at}].role`, `'${messages[at]!.role}'`, '');
    },
  },
  'structured-refusal': {
    what: 'a refusal stands in message.refusal, content is null',
    bends: (completion, refused) =>
      refused ? { ...completion, content: null, refusal: completion.content } : completion,
  },
  'content-filter': {
    what: 'a refusal ends with finish_reason content_filter and no text',
    bends: (completion, refused) =>
      refused ? { ...completion, content: '', finishReason: 'content_filter' } : completion,
  },
  'azure-filter': {
    what: "a refusal is Azure's HTTP 400 with code content_filter",
    bends: (completion, refused) => (refused ? problems.filtered() : completion),
  },
  'tool-calls': { what: 'a tool is called whenever one is offered', callsTools: true },
  reasoning: {
    what: 'reasoning_content stands beside the content',
    bends: (completion) => ({
      ...completion,
      reasoning: 'The user asks for something. I think about whether to answer, and then how. (simulated reasoning)',
    }),
  },
  'reasoning-budget': {
    what: 'finish_reason length and an empty answer: all tokens went into reasoning',
    bends: (completion) => ({ ...completion, content: '', toolCalls: [], finishReason: 'length' }),
  },
  html: { what: 'status 200 with a page of HTML, as proxies and login walls send', delivery: 'html' },
  'half-json': { what: 'half of the JSON with a matching Content-Length', delivery: 'half' },
  big: {
    what: 'an answer of ten megabytes',
    bends: (completion) => ({ ...completion, content: big(), toolCalls: [], finishReason: 'stop' }),
  },
  'null-content': {
    what: 'content is null and nothing explains it',
    bends: (completion) => ({ ...completion, content: null }),
  },
  'empty-choices': { what: 'choices is an empty list', bends: (completion) => ({ ...completion, noChoices: true }) },
  'content-parts': {
    what: 'content is an array of text parts',
    bends: (completion) => ({ ...completion, asParts: true }),
  },
  'no-usage': { what: 'no usage is reported', bends: (completion) => ({ ...completion, usage: null }) },
  'slow-body': { what: 'headers at once, then the body in small pieces', delivery: 'slow' },
};
