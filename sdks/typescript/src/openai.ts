// A guard around an OpenAI client: what goes in is checked, then the model is called, then what comes out is checked.
import type { Redoubt } from './client.ts';
import { RedoubtError } from './errors.ts';
import { GuardDeniedError } from './guard.ts';
import { messagesOf, type Place, placesIn, placesInChunks, placesInTools } from './openai-places.ts';

/** What is used of an OpenAI client: any that has `chat.completions.create`. */
interface ChatClient {
  readonly chat: { readonly completions: { readonly create: (...given: never[]) => unknown } };
}

export interface GuardOptions {
  /** Ids of policies; left out: the server's default set. */
  readonly policies?: readonly string[];
  /** Names a conversation: its risk is followed, and the same value is always replaced by the same token. */
  readonly session?: string;
}

interface ChatBody {
  readonly messages: readonly unknown[];
  readonly tools?: readonly unknown[] | null;
  readonly stream?: boolean | null;
}

type Create = (body: unknown, ...rest: readonly unknown[]) => Promise<unknown>;

/** Parts of a client through which no model speaks. */
const passing: ReadonlySet<PropertyKey> = new Set(['models', 'embeddings', 'moderations', 'files', 'uploads']);

const notGuarded = (name: string): RedoubtError =>
  new RedoubtError(
    `${name} is not guarded: this client guards chat.completions.create alone. Point an OpenAI client at the gateway ` +
      '(/gateway/v1) to guard the whole API, or use the client that you wrapped.',
  );

/** Holds places against the guard: throws where they may not pass, puts in what it replaces. */
async function check(
  redoubt: Redoubt,
  options: GuardOptions,
  side: 'input' | 'output',
  places: readonly Place[],
): Promise<void> {
  if (places.length === 0) return;
  const messages = places.map(({ role, text }) => ({ role, content: text }));
  const decision = await redoubt.guard.evaluate({ ...options, messages });
  if (decision.denied) throw new GuardDeniedError(decision, side);
  for (const [index, { content }] of (decision.corrected ?? []).entries())
    if (content !== places[index]?.text) places[index]?.put(content);
}

interface StreamLike extends AsyncIterable<unknown> {
  readonly controller?: AbortController;
}

type StreamClass = new (iterator: () => AsyncIterator<unknown>, controller?: AbortController) => StreamLike;

/** A stream is held until it is whole and checked; what then comes is the same stream, changed where something was replaced. */
async function heldStream(stream: StreamLike, checked: (places: Place[]) => Promise<void>): Promise<unknown> {
  const chunks: unknown[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  await checked(placesInChunks(chunks));
  const Stream = stream.constructor as StreamClass;
  return new Stream(async function* () {
    yield* chunks;
  }, stream.controller);
}

async function guarded(
  create: Create,
  redoubt: Redoubt,
  options: GuardOptions,
  body: ChatBody,
  rest: readonly unknown[],
): Promise<unknown> {
  const messages = structuredClone(body.messages);
  await check(redoubt, options, 'input', [...messages.flatMap(placesIn), ...placesInTools(body.tools)]);
  const answer = await create({ ...body, messages }, ...rest);
  const checkOut = (places: Place[]): Promise<void> => check(redoubt, options, 'output', places);
  if (body.stream === true) return heldStream(answer as StreamLike, checkOut);
  await checkOut(messagesOf(answer).flatMap(placesIn));
  return answer;
}

/** An object of which only some parts may be reached. */
function fenced<Part extends object>(
  part: Part,
  path: string,
  inside: Readonly<Record<string, unknown>>,
  allowed: (name: PropertyKey, value: unknown) => boolean,
): Part {
  return new Proxy(part, {
    get(target, name) {
      if (typeof name === 'string' && Object.hasOwn(inside, name)) return inside[name];
      const value: unknown = Reflect.get(target, name, target);
      if (typeof name === 'symbol' || value === undefined || allowed(name, value)) return value;
      throw notGuarded(path + name);
    },
  });
}

const isPlain = (value: unknown): boolean => typeof value !== 'function' && typeof value !== 'object';

/**
 * The client with a guard around it. `chat.completions.create` checks what goes in and what comes out, tool calls
 * included; a streamed answer is held until it is checked. Throws GuardDeniedError where the guard says no, and
 * ConnectionError where it cannot be asked: nothing passes unchecked. All other calls to a model throw.
 */
export function guardOpenAI<Client extends ChatClient>(
  client: Client,
  redoubt: Redoubt,
  options: GuardOptions = {},
): Client {
  const { chat } = client;
  const { completions } = chat;
  const create = completions.create.bind(completions) as unknown as Create;
  const guardedCreate = (body: ChatBody, ...rest: readonly unknown[]): Promise<unknown> => {
    const answer = guarded(create, redoubt, options, body, rest);
    const refuse = (name: string) => (): Promise<never> => {
      // Nobody will wait for it any more.
      answer.catch(() => undefined);
      return Promise.reject(notGuarded(`create(...).${name}`));
    };
    return Object.assign(answer, { withResponse: refuse('withResponse'), asResponse: refuse('asResponse') });
  };
  const onlyPlain = (_name: PropertyKey, value: unknown): boolean => isPlain(value);
  const ownCompletions = fenced(completions, 'chat.completions.', { create: guardedCreate }, onlyPlain);
  const ownChat = fenced(chat, 'chat.', { completions: ownCompletions }, onlyPlain);
  return fenced(client, '', { chat: ownChat }, (name, value) => isPlain(value) || passing.has(name));
}
