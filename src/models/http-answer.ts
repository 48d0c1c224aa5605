// Takes the answer out of what an HTTP application sent back: at the path that was named, else in the usual places.
// Pure. A path that was named is never overruled by a guess: a wrong text would become a wrong verdict.
import { jsonLines, looksLikeSse, numberedPartsText, sseData } from './event-stream.ts';
import { shownWords, type Unsaid } from './http-outcome.ts';
import type { HttpTemplate } from './http-template.ts';
import { type PathStep, parsePath, readPath } from './json-path.ts';

/** The text and where it was found, or why there is none. `kind` as in the failures of a call. */
export type Extraction =
  | { readonly text: string; readonly path: string }
  | { readonly problem: string; readonly kind: 'empty' | 'unparseable' };

type AnswerReading = Pick<HttpTemplate, 'answerPath' | 'stream' | 'sseDataPath'>;

interface Place {
  readonly path: string;
  readonly steps: readonly PathStep[];
}

const placeOf = (path: string): Place => ({ path, steps: parsePath(path) ?? [] });

const wrappers = ['data.', 'result.', 'response.', 'output.', 'answer.', 'reply.', 'message.', 'body.', '[0].'];
/** Names that say "answer", names of any text, and names that often hold a mere "success" beside the answer. */
const strong = ['response', 'answer', 'reply', 'output', 'output_text', 'generated_text', 'completion', 'bot_response'];
const plain = ['text', 'content'];
const weak = ['message', 'result', 'data', 'bot', 'assistant'];
const wrapped = (names: readonly string[]): string[] =>
  wrappers.flatMap((wrapper) => names.map((name) => wrapper + name));

/** Shapes of known interfaces first, then telling names at the top and inside of usual wrappers. */
const answerPlaces: readonly Place[] = [
  'choices[0].message.content',
  'choices[0].message.refusal',
  'choices[0].text',
  'output_text',
  'output[*].content[*].text',
  'output[*].content[*].refusal',
  'content[*].text',
  'message.content',
  'candidates[0].content.parts[*].text',
  'generations[0].text',
  'results[0].outputText',
  'outputs[0].outputs[0].results.message.text',
  ...strong,
  ...wrapped(strong),
  ...plain,
  ...wrapped(plain),
  ...weak,
  ...wrapped(weak),
  'messages[-1].content',
  'messages[-1].text',
  'data[0].text',
  'data[0].content',
  'data[0]',
].map(placeOf);

const deltaPlaces: readonly Place[] = [
  'choices[0].delta.content',
  'choices[0].text',
  'delta.text',
  'delta.content',
  'delta',
  'message.content',
  'candidates[0].content.parts[*].text',
  'token.text',
  'token',
  'chunk',
  ...['content', 'text', 'response', 'answer', 'output', 'reply', 'data.text', 'data.content', 'data', 'value'],
  'message',
].map(placeOf);

/** Text, or parts of text; null where the value is something else. */
function textOfValue(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || value.length === 0) return null;
  const parts = value.map((part: unknown) => (typeof part === 'string' ? part : readPath(part, ['text'])));
  return parts.every((part) => typeof part === 'string') ? parts.join('') : null;
}

/** At a place that a person named, numbers and whole objects are an answer, too. */
function textOfNamed(value: unknown): string | null {
  if (value === undefined) return null;
  if (value === null) return '';
  return textOfValue(value) ?? (typeof value === 'object' ? JSON.stringify(value) : String(value));
}

const empty = (path: string): Extraction => ({ kind: 'empty', problem: `The answer at ${path} is empty.` });
const unparseable = (problem: string): Extraction => ({ kind: 'unparseable', problem });

const found = (text: string, path: string): Extraction => (text.trim() === '' ? empty(path) : { text, path });

const parsed = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

/** What a JSON value without an answer holds instead: its error, or the names of its fields. */
function contentsOf(value: unknown, unsaid: Unsaid): string {
  const places = [['error', 'message'], ['error'], ['detail']];
  const error = places.map((steps) => readPath(value, steps)).find((text) => typeof text === 'string');
  if (typeof error === 'string') return `it holds an error: ${shownWords(error, unsaid)}`;
  if (Array.isArray(value)) return `it is a list of ${value.length}`;
  if (typeof value !== 'object' || value === null) return `it is ${value === null ? 'null' : `a ${typeof value}`}`;
  return `its fields are ${Object.keys(value).slice(0, 12).join(', ') || 'none'}`;
}

function fromValue(value: unknown, answerPath: string | null, unsaid: Unsaid): Extraction {
  if (answerPath !== null) {
    const text = textOfNamed(readPath(value, parsePath(answerPath) ?? []));
    return text === null
      ? unparseable(`Nothing lies at ${answerPath}: ${contentsOf(value, unsaid)}.`)
      : found(text, answerPath);
  }
  if (typeof value === 'string') return found(value, '$');
  for (const { path, steps } of answerPlaces) {
    const text = textOfValue(readPath(value, steps));
    if (text !== null) return found(text, path);
  }
  const content = readPath(value, ['choices', 0, 'message', 'content']);
  if (content === null) return empty('choices[0].message.content');
  return unparseable(`No answer is found in the JSON: ${contentsOf(value, unsaid)}. Name its path as answer_path.`);
}

/** Reasoning is no part of an answer. */
const isReasoning = (event: unknown): boolean => /reasoning|thinking/i.test(String(readPath(event, ['type']) ?? ''));

/** Streams that repeat the whole text so far in each event carry it in the last one. */
function joined(pieces: readonly string[]): string {
  const grows = pieces.every((piece, index) => index === 0 || piece.startsWith(pieces[index - 1]!));
  const whole = pieces.at(-1) ?? '';
  return pieces.length > 2 && grows && whole.length > (pieces[0]?.length ?? 0) ? whole : pieces.join('');
}

const piecesAt = (events: readonly unknown[], { steps }: Place): string[] =>
  events.flatMap((event) => {
    const text = textOfValue(readPath(event, steps));
    return text === null || text === '' ? [] : [text];
  });

/** The place that most events fill: one closing event that repeats the text, or a status, does not win over the pieces. */
function fromEvents(events: readonly unknown[], dataPath: string | null, unsaid: Unsaid): Extraction {
  const spoken = events.filter((event) => !isReasoning(event));
  const candidates = dataPath === null ? deltaPlaces : [placeOf(dataPath)];
  const read = candidates.map((place) => ({ place, pieces: piecesAt(spoken, place) }));
  const best = read.reduce((winner, next) => (next.pieces.length > winner.pieces.length ? next : winner));
  if (best.pieces.length > 0) return found(joined(best.pieces), `events ${best.place.path}`);
  const last = events.findLast((event) => typeof event === 'object');
  if (dataPath === null && last !== undefined) {
    const whole = fromValue(last, null, unsaid);
    if ('text' in whole || readPath(last, ['error']) !== undefined) return whole;
  }
  return {
    kind: 'empty',
    problem: `No event of the stream holds a text${dataPath === null ? '' : ` at ${dataPath}`}.`,
  };
}

function fromStream(template: AnswerReading, data: readonly string[], unsaid: Unsaid): Extraction {
  const events = data.map(parsed).flatMap((event) => (event === null ? [] : [event.value]));
  const dataPath = template.sseDataPath ?? template.answerPath;
  if (events.some((event) => typeof event === 'object')) return fromEvents(events, dataPath, unsaid);
  return found(
    data.map((text, index) => (typeof events[index] === 'string' ? events[index] : text)).join(''),
    'events',
  );
}

function fromText(body: string, contentType: string): Extraction {
  if (/html/i.test(contentType) || /^\s*<(!doctype|html)/i.test(body)) {
    return unparseable('The application answered a web page: is the URL right?');
  }
  if (/\bjson\b/i.test(contentType)) return unparseable('The application answered broken JSON.');
  return found(body, 'body');
}

/**
 * The application's answer in the body of its response. Without `answerPath` the usual places are tried: those of
 * known interfaces, then telling names, then the plain body. Streams are joined. A problem repeats nothing `unsaid`.
 */
export function extractAnswer(
  template: AnswerReading,
  contentType: string,
  body: string,
  unsaid: Unsaid = { secrets: [], sent: [] },
): Extraction {
  if (body.trim() === '') return empty('body');
  if (template.stream === 'text') return found(body, 'body');
  if (/event-stream/i.test(contentType) || looksLikeSse(body)) return fromStream(template, sseData(body), unsaid);
  const whole = parsed(body);
  if (whole) return fromValue(whole.value, template.answerPath, unsaid);
  const lines = jsonLines(body);
  if (lines) return fromStream(template, lines, unsaid);
  if (template.answerPath !== null)
    return unparseable(`The body is no JSON, so nothing lies at ${template.answerPath}.`);
  const text = numberedPartsText(body);
  return text === null ? fromText(body, contentType) : found(text, 'numbered parts');
}
