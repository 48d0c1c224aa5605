// Makes a target ready to be asked: connections, pacing, the form of its API. Makes no call by itself.
import type { Dispatcher } from 'undici';
import type { ChatModel } from '../core/chat.ts';
import type { Clock, PaceLimits, Pacer } from '../core/ports.ts';
import { type EgressRule, guardedConnector, judgeUrl } from './egress.ts';
import { createHttpTarget } from './http-target.ts';
import { createOpenAiCompatible } from './openai-compatible.ts';
import { createPacer } from './pacing.ts';
import { parseTargetFile } from './target-file.ts';
import { Agent, EnvHttpProxyAgent } from './undici.ts';

const KEEP_ALIVE_MS = 10_000;

/** How a target is called; nothing of it is secret. */
export interface TargetSettings {
  /** A model behind a chat completions endpoint, or an HTTP application. */
  readonly kind: 'openai' | 'http';
  /** Base URL of the endpoint; of an HTTP application its origin and path. */
  readonly url: string;
  readonly model: string;
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly qpm: number | null;
}

/** Encrypted at rest, in no log, report, export, error or answer. */
export interface TargetSecrets {
  readonly apiKey: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The file that describes an HTTP application: a curl command or a template, as it was given. */
  readonly targetFile: string | null;
}

/** Proxies by the scheme of the target, and the hosts that are called without one (as in NO_PROXY). */
export interface ProxySettings {
  readonly http: string | null;
  readonly https: string | null;
  readonly no: string;
}

export interface OpenTarget {
  readonly model: ChatModel;
  readonly pacer: Pacer;
  close(): Promise<void>;
}

export interface TargetOpenerOptions {
  readonly rule: EgressRule;
  readonly proxy: ProxySettings | null;
  readonly clock: Clock;
  /** Makes the pacer of a target; left out: one for this process alone. */
  readonly pacerOf?: (key: string, limits: PaceLimits) => Pacer;
  /** Puts something before the dispatcher, e.g. a recorder. */
  readonly wrap?: (dispatcher: Dispatcher) => Dispatcher;
}

/**
 * Opens a target; throws TARGET_NOT_ALLOWED or INVALID_FIELD where it may not be called. `targetKey`: its limits hold over
 * all that open it under this key; null: over this opening alone.
 */
export type TargetOpener = (target: TargetSettings, secrets: TargetSecrets, targetKey: string | null) => OpenTarget;

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);

/**
 * Connections to a URL, at most so many at once: straight, or through a proxy; never through one to this machine.
 * Throws TARGET_NOT_ALLOWED where it may not be called.
 */
export function openDispatcher(
  { rule, proxy }: Pick<TargetOpenerOptions, 'rule' | 'proxy'>,
  target: { readonly url: string; readonly concurrency: number },
): Dispatcher {
  const { hostname } = judgeUrl(target.url, rule);
  const connections = { connections: target.concurrency, pipelining: 1, keepAliveTimeout: KEEP_ALIVE_MS };
  const options = { connect: guardedConnector(rule), ...connections };
  if (proxy === null || isLoopback(hostname)) return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    noProxy: proxy.no,
    ...(proxy.http === null ? {} : { httpProxy: proxy.http }),
    ...(proxy.https === null ? {} : { httpsProxy: proxy.https }),
  });
}

function modelOf(target: TargetSettings, secrets: TargetSecrets, dispatcher: Dispatcher, clock: Clock): ChatModel {
  const { timeoutMs } = target;
  if (secrets.targetFile !== null)
    return createHttpTarget({
      template: parseTargetFile(secrets.targetFile),
      secrets: secrets.headers,
      dispatcher,
      timeoutMs,
    });
  return createOpenAiCompatible({
    baseUrl: target.url,
    model: target.model,
    apiKey: secrets.apiKey,
    extraHeaders: secrets.headers,
    temperature: target.temperature,
    maxTokens: target.maxTokens,
    timeoutMs,
    dispatcher,
    clock,
  });
}

/** Targets that are opened under one key with the same limits share a pacer: the limits hold over all of them. */
export function createTargetOpener(options: TargetOpenerOptions): TargetOpener {
  const pacers = new Map<string, Pacer>();
  const { clock } = options;
  const pacerOf = options.pacerOf ?? ((_key: string, limits: PaceLimits) => createPacer({ ...limits, clock }));
  const sharedPacer = (targetKey: string, { concurrency, qpm }: PaceLimits): Pacer => {
    const paceKey = JSON.stringify([targetKey, concurrency, qpm]);
    const pacer = pacers.get(paceKey) ?? pacerOf(paceKey, { concurrency, qpm });
    pacers.set(paceKey, pacer);
    return pacer;
  };
  return (target, secrets, targetKey) => {
    const plain = openDispatcher(options, target);
    const dispatcher = options.wrap ? options.wrap(plain) : plain;
    const { concurrency, qpm } = target;
    const pacer =
      targetKey === null ? createPacer({ concurrency, qpm, clock }) : sharedPacer(targetKey, { concurrency, qpm });
    return { model: modelOf(target, secrets, dispatcher, clock), pacer, close: () => plain.destroy() };
  };
}
