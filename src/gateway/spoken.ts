// Where in the JSON of a model's message text stands that the guard must see, and how pieces of such JSON become one. Pure.
import { type JsonPlace, type TextAtPlace, withTextsAt } from '../core/json-places.ts';
import { isRecord } from '../core/records.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Names and kinds: they come once, and say nothing. */
const labels = new Set(['role', 'id', 'type', 'name', 'tool_call_id', 'format']);
/** What only the model's maker can read. */
const sealed = new Set(['signature', 'encrypted_content']);
/** In what a tool is given no key means what it means elsewhere. */
const payloads = new Set(['arguments', 'input']);

const media = /^data:(?:image|audio|video)\/[\w.+-]+;base64,[A-Za-z0-9+/=]*$/;

function isSilent(key: string, value: string, path: JsonPlace, { type }: Json): boolean {
  if (labels.has(key) || sealed.has(key)) return true;
  if (key === 'data') return path.at(-1) === 'audio' || type === 'reasoning.encrypted';
  return key === 'url' && path.at(-1) === 'image_url' && media.test(value);
}

/** Every text in the JSON, however deep, but for labels, media and what is sealed: what is not understood is speech. */
export function spokenIn(value: unknown, path: JsonPlace = [], isPayload = false): TextAtPlace[] {
  if (typeof value === 'string') return value === '' ? [] : [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((each: unknown, index) => spokenIn(each, [...path, index], isPayload));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    !isPayload && typeof inner === 'string' && isSilent(key, inner, path, value)
      ? []
      : spokenIn(inner, [...path, key], isPayload || payloads.has(key)),
  );
}

/** A recording whose transcript changes goes, as it says what was taken out. */
const withoutRecordings = (changes: readonly TextAtPlace[]): TextAtPlace[] =>
  changes.flatMap((change) =>
    change.path.at(-1) === 'transcript' && change.path.at(-2) === 'audio'
      ? [change, { path: [...change.path.slice(0, -1), 'data'], text: '' }]
      : [change],
  );

/** The JSON with other texts at these places, in one pass however many there are. */
export const withTexts = (value: unknown, changes: readonly TextAtPlace[]): unknown =>
  withTextsAt(value, withoutRecordings(changes));

/** So much of the JSON as a text at that place needs around it: in each list one part, with its labels. */
export function fragmentOf(value: unknown, path: JsonPlace, text: string): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return text;
  if (Array.isArray(value)) return [fragmentOf((value as unknown[])[Number(step)], rest, text)];
  if (!isRecord(value)) return text;
  const own = Object.entries(value).filter(([key, inner]) => labels.has(key) && typeof inner === 'string');
  return { ...Object.fromEntries(own), [step]: fragmentOf(value[step], rest, text) };
}

function joinedText(before: string, piece: string, key: string): string {
  if (labels.has(key)) return piece === '' ? before : piece;
  return before + piece;
}

/** Base64 whose pieces were padded each, as one: padding may stand at the end alone. */
function paddedOnce(text: string): string {
  if (!/=[^=]/.test(text) || /[^A-Za-z0-9+/=]/.test(text)) return text;
  return Buffer.concat(text.split(/=+/).map((piece) => Buffer.from(piece, 'base64'))).toString('base64');
}

/** Joined JSON with all its `data` padded once: done at the end alone, as each look at it would cost its whole length. */
export function withPaddedData(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return key === 'data' ? paddedOnce(value) : value;
  if (Array.isArray(value)) return value.map((each: unknown) => withPaddedData(each));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withPaddedData(inner, name)]));
}

const numberOf = (part: unknown): number | null =>
  isRecord(part) && typeof part.index === 'number' ? part.index : null;

/** Parts of the same `index` are one; those without are parts of their own. */
function joinedLists(before: readonly unknown[], pieces: readonly unknown[]): unknown[] {
  const whole = [...before];
  for (const piece of pieces) {
    const number = numberOf(piece);
    const at = number === null ? -1 : whole.findIndex((part) => numberOf(part) === number);
    if (at < 0) whole.push(piece);
    else whole[at] = joined(whole[at], piece);
  }
  return whole;
}

/** A text as the parts that some models speak in. */
function partsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value !== 'string') return null;
  return value === '' ? [] : [{ type: 'text', text: value }];
}

/** Pieces of streamed JSON as one: texts are put behind one another, labels come once. */
export function joined(before: unknown, piece: unknown, key = ''): unknown {
  if (before == null) return piece;
  if (piece == null) return before;
  if (typeof before === 'string' && typeof piece === 'string') return joinedText(before, piece, key);
  const [list, pieces] = [partsOf(before), partsOf(piece)];
  if (list !== null && pieces !== null) return joinedLists(list, pieces);
  if (!isRecord(before) || !isRecord(piece)) return piece;
  const next = Object.entries(piece).map(([name, inner]): [string, unknown] => [
    name,
    joined(Object.hasOwn(before, name) ? before[name] : undefined, inner, name),
  ]);
  return { ...before, ...Object.fromEntries(next) };
}

/** What stands in a choice for the tokens of its text, and says them. */
const tokenKeys = ['logprobs', 'token_ids'] as const;

/** The choice without its tokens: for one whose text is not what the model wrote. */
export function withoutTokens(choice: Json): Json {
  const gone = tokenKeys.filter((key) => choice[key] != null).map((key): [string, null] => [key, null]);
  return { ...choice, ...Object.fromEntries(gone) };
}

/** What the tokens of a choice say, for each of its texts. */
export function tokensOf({ logprobs }: Json): string[] {
  const lists = isRecord(logprobs) ? Object.values(logprobs) : [];
  return lists.flatMap((list) => {
    if (!Array.isArray(list)) return [];
    const tokens = (list as unknown[]).map((each) => (isRecord(each) ? each.token : each));
    return [tokens.filter((token) => typeof token === 'string').join('')];
  });
}

/** Keys of a choice that say how it came about. */
const circumstances = new Set([
  'index',
  'finish_reason',
  'native_finish_reason',
  'stop_reason',
  'content_filter_results',
  'content_filter_offsets',
  ...tokenKeys,
]);

/** The parts of a choice that may hold text. */
export const tellingParts = (choice: Json): [string, unknown][] =>
  Object.entries(choice).filter(([key]) => !circumstances.has(key));

/** Keys beside the choices that say who answers, and what it took. */
const framing = new Set([
  ...['id', 'object', 'created', 'model', 'provider', 'system_fingerprint', 'service_tier'],
  ...['usage', 'prompt_filter_results'],
]);

/** The parts of an answer beside its choices that may hold text. */
export const partsBeside = (answer: Json): [string, unknown][] =>
  Object.entries(answer).filter(([key, value]) => !framing.has(key) && !(key === 'choices' && Array.isArray(value)));
