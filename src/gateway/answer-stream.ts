// Rewrites the events of a streamed chat completion so that only what its guards let out leaves. Knows no socket.
import { isRecord } from '../core/records.ts';
import type { Finding } from '../guard/finding.ts';
import type { StreamGuard } from '../guard/stream-guard.ts';

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

type Json = Readonly<Record<string, unknown>>;

function parsed(data: string): Json | null {
  try {
    const value: unknown = JSON.parse(data);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

interface Choice {
  readonly index: number;
  readonly delta: Json;
}

/** Keys of a delta that are no speech of the model. */
const silent = new Set(['role', 'id', 'type', 'name', 'tool_call_id']);

const speech = (delta: Json): [string, string][] =>
  Object.entries(delta).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '' && !silent.has(entry[0]),
  );

/** The parts of a tool call as one whole: id and name come once, arguments in pieces. */
function joinedCall(known: Json | undefined, piece: Json): Json {
  const before = isRecord(known?.function) ? known.function : {};
  const next = isRecord(piece.function) ? piece.function : {};
  const whole = `${before.arguments ?? ''}${next.arguments ?? ''}`;
  return { ...known, ...piece, function: { ...before, ...next, arguments: whole } };
}

/** Tool calls are guarded under these names. */
const CALL = 'call ';

class Stopped extends Error {
  readonly findings: readonly Finding[];
  /** What may still leave, before what was found. */
  readonly last: Choice;
  constructor(findings: readonly Finding[], last: Choice) {
    super('the guard has ended the answer');
    this.findings = findings;
    this.last = last;
  }
}

/** One answer under way; `released` counts the characters that have left. */
export class AnswerStream {
  readonly #guards = new Map<string, StreamGuard>();
  readonly #calls = new Map<number, Map<number, Json>>();
  readonly #ended = new Set<number>();
  #frame: Json = { object: 'chat.completion.chunk' };
  #released = 0;
  readonly #options: AnswerStreamOptions;

  constructor(options: AnswerStreamOptions) {
    this.#options = options;
  }

  get released(): number {
    return this.#released;
  }

  /** What fired without ending the answer. */
  get findings(): readonly Finding[] {
    return [...this.#guards.values()].flatMap((guard) => guard.findings());
  }

  /** Takes the data of one event of the upstream. */
  async take(data: string): Promise<Rewritten> {
    if (data.trim() === '[DONE]') return this.#closing(async () => [...(await this.#endAll()), '[DONE]']);
    const chunk = parsed(data);
    // What is no JSON object may hold anything: it does not leave. An error of the upstream does.
    if (chunk === null) return { data: [], over: false };
    if (!Array.isArray(chunk.choices)) return { data: [data], over: false };
    const { choices, usage: _usage, ...frame } = chunk;
    this.#frame = frame;
    return this.#closing(async () => {
      const rewritten: Json[] = [];
      for (const choice of choices as unknown[]) if (isRecord(choice)) rewritten.push(...(await this.#choice(choice)));
      const isEmpty = choices.length > 0 && rewritten.length === 0;
      return isEmpty ? [] : [JSON.stringify({ ...chunk, choices: rewritten })];
    });
  }

  /** The upstream ended without saying so. */
  end(): Promise<Rewritten> {
    return this.#closing(() => this.#endAll());
  }

  async #closing(work: () => Promise<string[]>): Promise<Rewritten> {
    try {
      return { data: await work(), over: false };
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
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

  /** Every choice that has spoken, and this one. */
  #indices(index: number): number[] {
    const spoken = [...this.#guards.keys()].map((name) => Number(name.split(':')[0]));
    return [...new Set([index, ...spoken, ...this.#calls.keys()])].filter(
      (each) => !this.#ended.has(each) || each === index,
    );
  }

  async #choice(choice: Json): Promise<Json[]> {
    const index = typeof choice.index === 'number' ? choice.index : 0;
    const given = isRecord(choice.delta) ? choice.delta : {};
    const { tool_calls: calls, ...delta } = given;
    this.#keepCalls(index, calls);
    const shown: Record<string, unknown> = { ...delta };
    for (const [key, text] of speech(delta)) {
      const released = await this.#release(index, key, (guard) => guard.push(text));
      if (released === '') delete shown[key];
      else shown[key] = released;
    }
    if (choice.finish_reason == null) return Object.keys(shown).length === 0 ? [] : [{ ...choice, delta: shown }];
    const rest = await this.#endChoice(index);
    const last = { ...shown };
    for (const [key, text] of Object.entries(rest))
      last[key] = typeof text === 'string' ? `${typeof last[key] === 'string' ? last[key] : ''}${text}` : text;
    return [{ ...choice, delta: last }];
  }

  #keepCalls(index: number, calls: unknown): void {
    if (!Array.isArray(calls)) return;
    const known = this.#calls.get(index) ?? new Map<number, Json>();
    this.#calls.set(index, known);
    for (const [position, piece] of (calls as unknown[]).entries()) {
      if (!isRecord(piece)) continue;
      const at = typeof piece.index === 'number' ? piece.index : position;
      known.set(at, joinedCall(known.get(at), piece));
    }
  }

  async #release(
    index: number,
    key: string,
    step: (guard: StreamGuard) => Promise<Awaited<ReturnType<StreamGuard['push']>>>,
  ): Promise<string> {
    const name = `${index}:${key}`;
    const guard = this.#guards.get(name) ?? this.#options.openGuard();
    this.#guards.set(name, guard);
    const { text, stoppedBy } = await step(guard);
    const isCall = key.startsWith(CALL);
    if (!isCall || stoppedBy === null) this.#released += text.length;
    if (stoppedBy !== null)
      throw new Stopped(stoppedBy, { index, delta: isCall || text === '' ? {} : { [key]: text } });
    return text;
  }

  /** What was held back of a choice, and its tool calls, which leave whole or not at all. */
  async #endChoice(index: number): Promise<Record<string, unknown>> {
    if (this.#ended.has(index)) return {};
    this.#ended.add(index);
    const rest: Record<string, unknown> = {};
    for (const name of [...this.#guards.keys()].filter((each) => each.startsWith(`${index}:`))) {
      const key = name.slice(name.indexOf(':') + 1);
      const text = await this.#release(index, key, (guard) => guard.end());
      if (text !== '') rest[key] = text;
    }
    const calls = await this.#checkedCalls(index);
    return calls.length === 0 ? rest : { ...rest, tool_calls: calls };
  }

  async #checkedCalls(index: number): Promise<Json[]> {
    const checked: Json[] = [];
    for (const [at, call] of this.#calls.get(index) ?? []) {
      const made = isRecord(call.function) ? call.function : {};
      const key = `${CALL}${at}`;
      const begun = await this.#release(index, key, (guard) => guard.push(String(made.arguments ?? '')));
      const rest = await this.#release(index, key, (guard) => guard.end());
      checked.push({ ...call, index: at, function: { ...made, arguments: begun + rest } });
    }
    return checked;
  }

  async #endAll(): Promise<string[]> {
    const choices: Json[] = [];
    const spoken = [...this.#guards.keys()].map((name) => Number(name.split(':')[0]));
    for (const index of new Set([...spoken, ...this.#calls.keys()])) {
      const delta = await this.#endChoice(index);
      if (Object.keys(delta).length > 0) choices.push({ index, delta, finish_reason: null });
    }
    return choices.length === 0 ? [] : [JSON.stringify({ ...this.#frame, choices })];
  }
}
