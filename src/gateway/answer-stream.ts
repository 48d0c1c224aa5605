// Rewrites the events of a streamed chat completion so that only what its guards let out leaves. Knows no socket.
import type { JsonPlace, TextAtPlace } from '../core/json-places.ts';
import { jsonOrNull } from '../core/json-text.ts';
import { isRecord } from '../core/records.ts';
import type { Finding } from '../guard/finding.ts';
import type { Release, StreamGuard } from '../guard/stream-guard.ts';
import {
  fragmentOf,
  type Json,
  joined,
  partsBeside,
  spokenIn,
  tellingParts,
  withoutTokens,
  withPaddedData,
  withTexts,
} from './spoken.ts';

/** What to send on, as data of events. `over`: the guard has ended the answer, nothing more may follow. */
export interface Rewritten {
  readonly data: readonly string[];
  readonly over: boolean;
}

export interface AnswerStreamOptions {
  /** A guard for one text of the answer. */
  readonly openGuard: () => StreamGuard;
  /** Said in place of an answer that the guard ended before any of it had left. */
  readonly sentence: (stoppedBy: readonly Finding[]) => string;
}

interface Choice {
  readonly index: number;
  readonly delta: Json;
}

/** What flows on as it comes, and what waits until the choice has ended: all that is nested, but for parts of content. */
function partsOf(delta: Json): { readonly flowing: Json; readonly waiting: Json } {
  const isFlowing = ([key, value]: [string, unknown]): boolean =>
    typeof value === 'object' && value !== null ? key === 'content' && Array.isArray(value) : key !== 'tool_calls';
  const entries = Object.entries(delta);
  return {
    flowing: Object.fromEntries(entries.filter(isFlowing)),
    waiting: Object.fromEntries(entries.filter((entry) => !isFlowing(entry))),
  };
}

/** Pieces of tool calls belong together by their index, else by their place. */
function numbered(waiting: Json): Json {
  const { tool_calls: calls } = waiting;
  if (!Array.isArray(calls)) return waiting;
  const pieces = (calls as unknown[]).map((piece, place) =>
    isRecord(piece) ? { ...piece, index: typeof piece.index === 'number' ? piece.index : place } : piece,
  );
  return { ...waiting, tool_calls: pieces };
}

const isEmpty = (value: unknown): boolean =>
  value == null || (typeof value === 'object' && Object.keys(value).length === 0);

/** Texts of one kind have one guard: parts of content speak as content itself does. */
function kindOf(path: JsonPlace): string {
  const kind = path.filter((step) => typeof step === 'string').join('.');
  return kind === 'content.text' ? 'content' : kind;
}

/** The keys of these parts that hold text. */
const speaking = (parts: readonly [string, unknown][]): string[] =>
  parts.filter(([key, value]) => spokenIn({ [key]: value }).length > 0).map(([key]) => key);

function without(whole: Json, keys: readonly string[]): Json {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(whole).filter(([key]) => !gone.has(key)));
}

/** The choice without what is not understood and holds text. */
const understood = (choice: Json): Json =>
  without(choice, speaking(tellingParts(choice).filter(([key]) => key !== 'delta')));

/** The event without what stands beside its choices and holds text, but for an error of the upstream. */
const understoodEvent = (chunk: Json): Json =>
  without(chunk, speaking(partsBeside(chunk).filter(([key]) => key !== 'error')));

/** Whether an event without choices may leave: an error, or nothing that holds text. */
const mayLeaveUnguarded = (chunk: Json): boolean =>
  chunk.error != null || chunk.object === 'error' || speaking(partsBeside(chunk)).length === 0;

class Stopped extends Error {
  readonly findings: readonly Finding[];
  /** What may still leave, before what was found. */
  readonly last: Choice;
  /** Its characters. */
  readonly released: number;
  constructor(findings: readonly Finding[], last: Choice, released: number) {
    super('the guard has ended the answer');
    this.findings = findings;
    this.last = last;
    this.released = released;
  }
}

/** A guard, and what the latest text that it was given stood in. */
interface Guarded {
  readonly guard: StreamGuard;
  shape: (text: string) => Json;
}

/** What has been heard of one choice. */
interface Heard {
  readonly guards: Map<string, Guarded>;
  /** Tool calls and all else that leaves whole or not at all. */
  waiting: Json;
  ended: boolean;
}

/** One answer under way; `released` counts the characters that have left. */
export class AnswerStream {
  readonly #heard = new Map<number, Heard>();
  /** Guards of what leaves whole. */
  readonly #wholes: StreamGuard[] = [];
  #frame: Json = { object: 'chat.completion.chunk' };
  #released = 0;
  #wasHeard = false;
  readonly #options: AnswerStreamOptions;

  constructor(options: AnswerStreamOptions) {
    this.#options = options;
  }

  get released(): number {
    return this.#released;
  }

  /** Whether any event could be read. */
  get wasHeard(): boolean {
    return this.#wasHeard;
  }

  /** What fired without ending the answer. */
  get findings(): readonly Finding[] {
    const flowing = [...this.#heard.values()].flatMap(({ guards }) => [...guards.values()].map(({ guard }) => guard));
    return [...flowing, ...this.#wholes].flatMap((guard) => guard.findings());
  }

  /** Takes the data of one event of the upstream. */
  async take(data: string): Promise<Rewritten> {
    const isDone = data.trim() === '[DONE]';
    this.#wasHeard ||= isDone;
    if (isDone) return this.#closing(async () => [...(await this.#endAll()), '[DONE]']);
    const chunk = jsonOrNull(data);
    // What is no JSON object may hold anything: it does not leave. An error of the upstream does.
    if (!isRecord(chunk)) return { data: [], over: false };
    this.#wasHeard = true;
    if (!Array.isArray(chunk.choices)) return { data: mayLeaveUnguarded(chunk) ? [data] : [], over: false };
    const event = understoodEvent(chunk);
    const { choices: _choices, usage: _usage, error: _error, ...frame } = event;
    const choices: readonly unknown[] = chunk.choices;
    this.#frame = frame;
    return this.#closing(async () => {
      const rewritten: Json[] = [];
      for (const choice of choices) if (isRecord(choice)) rewritten.push(...(await this.#choice(choice)));
      const hasNothing = choices.length > 0 && rewritten.length === 0;
      return hasNothing ? [] : [JSON.stringify({ ...event, choices: rewritten })];
    });
  }

  /** The upstream ended without saying so. */
  end(): Promise<Rewritten> {
    return this.#closing(() => this.#endAll());
  }

  async #closing(work: () => Promise<string[]>): Promise<Rewritten> {
    const before = this.#released;
    try {
      return { data: await work(), over: false };
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      // Whatever else this event would have let out stays back.
      this.#released = before + error.released;
      return { data: [this.#lastWords(error), '[DONE]'], over: true };
    }
  }

  #lastWords({ findings, last }: Stopped): string {
    const sentence = { role: 'assistant', content: this.#options.sentence(findings) };
    const delta = this.#released === 0 ? sentence : last.delta;
    const policies = [...new Set(findings.map(({ policyId }) => policyId))];
    const choices = this.#indices(last.index).map((index) => ({
      index,
      delta: index === last.index ? delta : {},
      finish_reason: 'content_filter',
    }));
    return JSON.stringify({ ...this.#frame, choices, redoubt: { policies, released: this.#released } });
  }

  /** Every choice that has spoken and not ended, and this one. */
  #indices(index: number): number[] {
    const open = [...this.#heard].filter(([, { ended }]) => !ended).map(([each]) => each);
    return [...new Set([index, ...open])];
  }

  #heardOf(index: number): Heard {
    const heard = this.#heard.get(index) ?? { guards: new Map(), waiting: {}, ended: false };
    this.#heard.set(index, heard);
    return heard;
  }

  async #choice(choice: Json): Promise<Json[]> {
    const index = typeof choice.index === 'number' ? choice.index : 0;
    const given = isRecord(choice.delta) ? choice.delta : {};
    const { flowing, waiting } = partsOf(given);
    const heard = this.#heardOf(index);
    heard.waiting = joined(heard.waiting, numbered(waiting)) as Json;
    const { shown, isAsGiven } = await this.#flow(index, heard, flowing);
    const isWritten = isAsGiven && Object.values(waiting).every(isEmpty);
    const rest = choice.finish_reason == null ? {} : await this.#endChoice(index, heard);
    const delta = joined(shown, rest) as Json;
    if (choice.finish_reason == null && isEmpty(delta)) return [];
    const left = { ...understood(choice), delta };
    return [isWritten && isEmpty(rest) ? left : withoutTokens(left)];
  }

  /** What leaves of a delta; `isAsGiven`: it says something, and all of it. */
  async #flow(
    index: number,
    heard: Heard,
    flowing: Json,
  ): Promise<{ readonly shown: Json; readonly isAsGiven: boolean }> {
    const spoken = spokenIn(flowing);
    const changes: TextAtPlace[] = [];
    let isAsGiven = spoken.length > 0;
    for (const { path, text } of spoken) {
      const shape = (released: string): Json => ({
        [path[0]!]: fragmentOf(flowing[path[0]!], path.slice(1), released),
      });
      const released = await this.#push(index, heard, { kind: kindOf(path), shape, text });
      isAsGiven &&= released === text;
      if (released !== text) changes.push({ path, text: released });
    }
    const shown = withTexts(flowing, changes) as Json;
    // What has nothing left to say waits too, as some clients take an empty text for the end.
    const says = (delta: Json, key: string): boolean => spokenIn({ [key]: delta[key] }).length > 0;
    const kept = Object.entries(shown).filter(([key]) => !says(flowing, key) || says(shown, key));
    return { shown: Object.fromEntries(kept), isAsGiven };
  }

  async #push(
    index: number,
    heard: Heard,
    { kind, shape, text }: { readonly kind: string; readonly shape: Guarded['shape']; readonly text: string },
  ): Promise<string> {
    const known = heard.guards.get(kind) ?? { guard: this.#options.openGuard(), shape };
    known.shape = shape;
    heard.guards.set(kind, known);
    return this.#release(index, known, await known.guard.push(text));
  }

  #release(index: number, { shape }: Guarded, { text, stoppedBy }: Release): string {
    if (stoppedBy !== null) throw new Stopped(stoppedBy, { index, delta: text === '' ? {} : shape(text) }, text.length);
    this.#released += text.length;
    return text;
  }

  /** What was held back of a choice, and what leaves whole or not at all. */
  async #endChoice(index: number, heard: Heard): Promise<Json> {
    if (heard.ended) return {};
    heard.ended = true;
    let rest: unknown = {};
    for (const guarded of heard.guards.values()) {
      const text = this.#release(index, guarded, await guarded.guard.end());
      if (text !== '') rest = joined(rest, guarded.shape(text));
    }
    return joined(rest, await this.#checkedWholes(index, heard.waiting)) as Json;
  }

  async #checkedWholes(index: number, heard: Json): Promise<Json> {
    const waiting = withPaddedData(heard) as Json;
    const changes: TextAtPlace[] = [];
    for (const { path, text } of spokenIn(waiting)) {
      const guard = this.#options.openGuard();
      this.#wholes.push(guard);
      const { text: whole, stoppedBy } = await guard.end(text);
      if (stoppedBy !== null) throw new Stopped(stoppedBy, { index, delta: {} }, 0);
      this.#released += whole.length;
      if (whole !== text) changes.push({ path, text: whole });
    }
    const checked = withTexts(waiting, changes) as Json;
    return Object.fromEntries(Object.entries(checked).filter(([, value]) => !isEmpty(value)));
  }

  async #endAll(): Promise<string[]> {
    const choices: Json[] = [];
    for (const [index, heard] of this.#heard) {
      const delta = await this.#endChoice(index, heard);
      if (!isEmpty(delta)) choices.push({ index, delta, finish_reason: null });
    }
    return choices.length === 0 ? [] : [JSON.stringify({ ...this.#frame, choices })];
  }
}
