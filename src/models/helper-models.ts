// The optional helper models, attacker and judge: opened for one scan, asked with the patience a target gets, each
// call counted by its role.
import type { CallFailure, ChatModel } from '../core/chat.ts';
import type { Clock } from '../core/ports.ts';
import type { Random } from '../core/random.ts';
import type { Stretch } from '../core/seen/observer.ts';
import { type CountedTokens, tokensOfCall } from '../core/tokens.ts';
import type { OpenTarget, TargetOpener } from './open-target.ts';
import { askPatiently } from './patience.ts';

export type HelperRole = 'attacker' | 'judge';

/** One thing a role; null where the helper is not configured. */
export type ByHelper<Value> = Readonly<Record<HelperRole, Value | null>>;

export const noHelpers = { attacker: null, judge: null } as const;

/** How a helper is reached. */
export interface HelperSettings {
  readonly url: string;
  readonly apiKey: string | null;
  readonly model: string;
  readonly concurrency: number;
  readonly qpm: number | null;
}

/** What may be shown of a helper: no path, no key. */
export interface HelperName {
  readonly host: string;
  readonly model: string;
}

/** What came of one call to a helper: "ok", or the failure with its HTTP status. Tokens stand with the last of a row of calls. */
export interface HelperCall {
  readonly role: HelperRole;
  readonly result: string;
  readonly tokens: CountedTokens | null;
}

/** The helpers of one run: models that retry by themselves, and the count of what they cost. */
export interface Helpers {
  readonly models: ByHelper<ChatModel>;
  /** Calls made since this was last asked: each is handed out once. */
  takeCalls(): readonly HelperCall[];
}

/** Both roles at once. */
export const byHelper = <Value>(make: (role: HelperRole) => Value | null): ByHelper<Value> => ({
  attacker: make('attacker'),
  judge: make('judge'),
});

// An attacker model is to vary (PAIR, arXiv 2310.08419, section 4), a judge is not.
const temperatures: Readonly<Record<HelperRole, number>> = { attacker: 1, judge: 0 };
/** That an answer of a helper may have. */
export const HELPER_MOST_TOKENS = 2_048;
const TIMEOUT_MS = 60_000;

/** A helper that is configured and not opened yet. */
export interface ConfiguredHelper {
  readonly name: HelperName;
  /** Throws TARGET_NOT_ALLOWED or INVALID_FIELD where it may not be called. */
  open(): OpenTarget;
}

/** `open` is an opener of targets under the rules for helpers. */
export function configuredHelper(open: TargetOpener, role: HelperRole, settings: HelperSettings): ConfiguredHelper {
  const { url, model, apiKey, concurrency, qpm } = settings;
  const target = {
    kind: 'openai',
    url,
    model,
    temperature: temperatures[role],
    maxTokens: HELPER_MOST_TOKENS,
    timeoutMs: TIMEOUT_MS,
    concurrency,
    qpm,
  } as const;
  return {
    name: { host: new URL(url).host, model },
    open: () => open(target, { apiKey, headers: {}, targetFile: null }, `helper:${role}:${url}:${model}`),
  };
}

export interface AskingHelpers {
  readonly clock: Clock;
  readonly jitter: Random;
  /** Ends the attacker's asking. The judge of an answer that was paid for is still heard. */
  readonly stopAsking: AbortSignal;
  /** Breaks off the calls of both. */
  readonly breakOff?: AbortSignal;
  /** Told of each call's end: by it a scan notices that its judge is gone. */
  readonly onCall?: (role: HelperRole, ok: boolean, failure: CallFailure | null) => void;
  /** What the calls are a part of, where somebody looks on. */
  readonly stretch?: Stretch | undefined;
}

/** Gives the open helpers patience and a count; who opened them closes them. */
export function patientHelpers(opened: ByHelper<OpenTarget>, asking: AskingHelpers): Helpers {
  let calls: HelperCall[] = [];

  function patient(role: HelperRole): ChatModel | null {
    const helper = opened[role];
    if (helper === null) return null;
    const { clock, jitter, stopAsking, breakOff, onCall, stretch } = asking;
    const context = {
      ...helper,
      clock,
      jitter,
      ...(breakOff ? { breakOff } : {}),
      onCall: (ok: boolean, failure: CallFailure | null) => onCall?.(role, ok, failure),
      ...(role === 'attacker' ? { stopAsking } : {}),
      ...(stretch ? { seen: { stretch, role } } : {}),
    };
    return {
      async call(request) {
        const { result, calls: made, latencyMs } = await askPatiently(context, request);
        const tokens = result.ok ? tokensOfCall(request.messages, result.answer) : null;
        calls.push(
          ...made.map((name, index) => ({ role, result: name, tokens: index === made.length - 1 ? tokens : null })),
        );
        return { ...result, latencyMs };
      },
      adaptations: () => helper.model.adaptations(),
      close: () => Promise.resolve(),
    };
  }

  return {
    models: byHelper(patient),
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
  };
}
