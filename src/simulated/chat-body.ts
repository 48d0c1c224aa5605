// Reads the body of a chat request, or says what is wrong with it. Checked by hand: a schema would cost more than the answer.
import { isRecord } from '../core/records.ts';
import { type OpenAiProblem, problems } from './openai-problem.ts';
import { type OfferedTool, offeredTools } from './tool-use.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface SaidMessage {
  readonly role: string;
  readonly text: string;
  /** Tool calls that an assistant message carries. */
  readonly calls: number;
}

/** What the simulated target needs of a chat request. */
export interface ChatBody {
  readonly model: string;
  readonly messages: readonly SaidMessage[];
  readonly tools: readonly OfferedTool[];
  /** null where the answer may be as long as it likes. */
  readonly maxTokens: number | null;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** The body as it was sent, for shapes that refuse parameters by name. */
  readonly sent: Fields;
}

const roles = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);
function partText(part: unknown): string | null {
  if (!isRecord(part) || typeof part.type !== 'string') return null;
  const text = part.type === 'refusal' ? part.refusal : part.text;
  return typeof text === 'string' ? text : '';
}

function contentText(content: unknown): string | null {
  if (typeof content === 'string') return content;
  if (content === null || content === undefined) return '';
  if (!Array.isArray(content)) return null;
  const texts = content.map(partText);
  return texts.includes(null) ? null : texts.join('\n');
}

function readMessage(message: unknown, index: number): SaidMessage | OpenAiProblem {
  const at = `messages[${index}]`;
  if (!isRecord(message)) return problems.badBody(`Invalid type for '${at}': expected an object.`, at);
  const { role } = message;
  if (typeof role !== 'string' || !roles.has(role)) {
    return problems.badBody(
      `Invalid value for '${at}.role'. Supported values are: ${[...roles].join(', ')}.`,
      `${at}.role`,
    );
  }
  const text = contentText(message.content);
  const optional = role === 'assistant' || role === 'function';
  if (text === null || (!optional && (message.content === null || message.content === undefined))) {
    return problems.badBody(
      `Invalid type for '${at}.content': expected a string or an array of parts.`,
      `${at}.content`,
    );
  }
  return { role, text, calls: Array.isArray(message.tool_calls) ? message.tool_calls.length : 0 };
}

const isProblem = (value: object): value is OpenAiProblem => 'error' in value;

function numberProblem(body: Fields, name: string, least: number, most: number, whole: boolean): OpenAiProblem | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  const fits = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
  return fits
    ? null
    : problems.badBody(`Invalid '${name}': expected ${whole ? 'an integer' : 'a number'} from ${least}.`, name);
}

function fieldProblem(body: Fields): OpenAiProblem | null {
  if (typeof body.model !== 'string' || body.model === '')
    return problems.badBody('You must provide a model parameter.', 'model');
  if (!Array.isArray(body.messages) || body.messages.length === 0) {
    return problems.badBody("Invalid 'messages': expected an array with at least one message.", 'messages');
  }
  if (body.stream !== undefined && body.stream !== null && typeof body.stream !== 'boolean') {
    return problems.badBody("Invalid type for 'stream': expected a boolean.", 'stream');
  }
  return (
    numberProblem(body, 'max_tokens', 1, Number.MAX_SAFE_INTEGER, true) ??
    numberProblem(body, 'max_completion_tokens', 1, Number.MAX_SAFE_INTEGER, true) ??
    numberProblem(body, 'temperature', 0, 2, false) ??
    numberProblem(body, 'top_p', 0, 1, false)
  );
}

/** The request in our own words, or the problem that an endpoint would answer with (status 400). */
export function readChatBody(body: unknown): ChatBody | OpenAiProblem {
  if (!isRecord(body)) return problems.badBody('The request body must be a JSON object.', null);
  const wrong = fieldProblem(body);
  if (wrong) return wrong;
  const messages: SaidMessage[] = [];
  for (const [index, message] of (body.messages as readonly unknown[]).entries()) {
    const read = readMessage(message, index);
    if (isProblem(read)) return read;
    messages.push(read);
  }
  const limit = body.max_completion_tokens ?? body.max_tokens;
  return {
    model: body.model as string,
    messages,
    tools: offeredTools(body.tools),
    maxTokens: typeof limit === 'number' ? limit : null,
    stream: body.stream === true,
    includeUsage: isRecord(body.stream_options) && body.stream_options.include_usage === true,
    sent: body,
  };
}
