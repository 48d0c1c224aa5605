// What an error body complains of, read from the few places where endpoints say it and nowhere else: a body may also
// repeat the whole request. Apart from adaptation.ts because every kind of server has a shape of its own.

/** One thing that an endpoint finds wrong with a request. */
export interface Complaint {
  /** The field it names, as a path ("messages[0].role", "body.temperature"); null where it names none. */
  readonly param: string | null;
  readonly words: string;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
const textIn = (value: unknown, name: string): string => {
  const found = field(value, name);
  return typeof found === 'string' ? found : '';
};

/** FastAPI and pydantic: a list of {type, loc, msg, input}; `input` repeats the request and is not read. */
function ofValidation(list: readonly unknown[]): Complaint[] {
  return list.map((entry) => {
    const path = field(entry, 'loc');
    return {
      param: Array.isArray(path) ? path.join('.') : null,
      words: `${textIn(entry, 'type')} ${textIn(entry, 'msg')}`,
    };
  });
}

function ofError(error: unknown): Complaint[] {
  if (typeof error === 'string') return [{ param: null, words: error }];
  if (Array.isArray(error)) return ofValidation(error);
  if (typeof error !== 'object' || error === null) return [];
  const words = `${textIn(error, 'code')} ${textIn(error, 'message')}`;
  const own = words.trim() === '' ? [] : [{ param: textIn(error, 'param') || null, words }];
  const message = field(error, 'message');
  const nested = [field(error, 'detail'), field(error, 'details'), typeof message === 'string' ? null : message];
  return [...own, ...nested.flatMap(ofError)];
}

/** The complaints in a body of OpenAI, Azure, vLLM, Mistral, Anthropic, FastAPI or plain words; a web page has none. */
export function complaintsOf(body: string): Complaint[] {
  try {
    const parsed: unknown = JSON.parse(body);
    const error = field(parsed, 'error');
    return [...ofError(error), ...ofError(parsed)];
  } catch {
    return /^\s*[<{[]/.test(body) ? [] : [{ param: null, words: body }];
  }
}
