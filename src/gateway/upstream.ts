// The models behind the gateway: which one a name means, and the call that is passed on. Bodies pass as streams.

import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { RedoubtError } from '../core/errors.ts';
import { failureOfError, maskSecrets } from '../models/http-outcome.ts';
import { type KnownSecrets, knownSecrets, maskedJson, secretsInRequest } from '../models/known-secrets.ts';
import type { MaskedPieces } from '../models/masked-pieces.ts';
import { type NamedModel, type NamedModelSettings, type NamedModels, namedModels } from '../models/named-models.ts';
import { requestThrough } from '../models/undici.ts';

/** The models behind the gateway, with the connections to them. */
export interface Upstreams extends NamedModels {
  /** Connections to an upstream, under the rules for outgoing calls. Throws TARGET_NOT_ALLOWED. */
  dispatcher(upstream: NamedModel): Dispatcher;
  close(): Promise<void>;
}

/** `open` makes the connections to a URL; they are kept for the next call. */
export function createUpstreams(settings: NamedModelSettings, open: (url: string) => Dispatcher): Upstreams {
  const opened = new Map<string, Dispatcher>();
  return {
    ...namedModels(settings),
    dispatcher({ url }) {
      const dispatcher = opened.get(url) ?? open(url);
      opened.set(url, dispatcher);
      return dispatcher;
    },
    async close() {
      await Promise.all([...opened.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

export interface UpstreamAnswer {
  readonly status: number;
  /** Those that may be handed on, without the key of the upstream. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it comes: what is handed on of it goes through `masked`. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body as text, without the key; of an error, without all that looks like one. Throws UPSTREAM_FAILED. */
  text(): Promise<string>;
  /** A JSON text of the body without the key, as it was written where it holds none. */
  masked(json: string): string;
  /** The same for one text of an answer that is spread over the events of a stream. */
  pieces(): MaskedPieces;
}

const HEADERS_TIMEOUT_MS = 300_000;
const SILENCE_TIMEOUT_MS = 120_000;
const MOST_ANSWER_BYTES = 32 * 1024 * 1024;

const handedOn = /^(content-type|retry-after|x-request-id|x-ratelimit-.*|openai-.*)$/;

function headersOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  { mask }: KnownSecrets,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value !== undefined && handedOn.test(name) ? [[name, mask(String(value))]] : [],
    ),
  );
}

/**
 * An error often quotes the key that was refused, whole or in part; an answer loses nothing but the whole key. `names`
 * are those that an error may say.
 */
function maskingOf(status: number, known: KnownSecrets, names: readonly string[]): (json: string) => string {
  if (status >= 400) return (json) => maskedJson(json, (text) => maskSecrets(known.mask(text), known.forms, names));
  return (json) => (known.mask(json) === json ? json : maskedJson(json, known.mask));
}

/** `answering`: its answer had begun. */
function upstreamFailed(cause: unknown, answering: boolean): RedoubtError {
  if (cause instanceof RedoubtError) return cause;
  const { message } = failureOfError(cause instanceof Error ? cause : new Error(String(cause)), answering);
  return new RedoubtError('UPSTREAM_FAILED', { reason: message.replace(/\.$/, '') }, cause);
}

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The body as it was before it was compressed: some endpoints do so unasked. Throws UPSTREAM_FAILED for a coding that is not known. */
function decoded(body: Readable, coding: string | string[] | undefined): AsyncIterable<Uint8Array> {
  const name = String(coding ?? '')
    .trim()
    .toLowerCase();
  if (name === '' || name === 'identity') return body;
  const decoder = Object.hasOwn(decoders, name) ? decoders[name]!() : null;
  if (decoder === null) {
    body.on('error', () => undefined).destroy();
    throw new RedoubtError('UPSTREAM_FAILED', { reason: `its answer is compressed (${name})` });
  }
  // Whoever reads the decoder hears of what failed.
  return pipeline(body, decoder, () => undefined);
}

async function wholeText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > MOST_ANSWER_BYTES)
        throw new RedoubtError('UPSTREAM_FAILED', { reason: 'its answer is larger than 32 MB' });
      chunks.push(chunk);
    }
  } catch (cause) {
    throw upstreamFailed(cause, true);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Passes a call on. An answer of any status is an answer, redirects too: none is followed.
 * Throws UPSTREAM_FAILED where there is no answer, TARGET_NOT_ALLOWED where the address may not be called.
 */
export async function callUpstream(
  dispatcher: Dispatcher,
  upstream: NamedModel,
  call: {
    readonly path: string;
    readonly method: 'GET' | 'POST';
    readonly body: string | null;
    /** The model as the caller called it; null where none was named. */
    readonly named: string | null;
    readonly signal: AbortSignal;
  },
): Promise<UpstreamAnswer> {
  const url = new URL(`${upstream.url.replace(/\/+$/, '')}${call.path}`);
  const headers = {
    accept: 'application/json, text/event-stream',
    'accept-encoding': 'identity',
    ...(call.body === null ? {} : { 'content-type': 'application/json' }),
    ...(upstream.apiKey === null ? {} : { authorization: `Bearer ${upstream.apiKey}` }),
  };
  const known = knownSecrets(secretsInRequest({ url: url.href, method: call.method, headers, body: null }));
  try {
    const answer = await requestThrough(dispatcher, {
      origin: url.origin,
      path: url.pathname + url.search,
      method: call.method,
      headers,
      body: call.body,
      signal: call.signal,
      headersTimeout: HEADERS_TIMEOUT_MS,
      bodyTimeout: SILENCE_TIMEOUT_MS,
    });
    const { statusCode: status } = answer;
    const body = decoded(answer.body, answer.headers['content-encoding']);
    const masked = maskingOf(status, known, [upstream.model, ...(call.named === null ? [] : [call.named])]);
    const text = async (): Promise<string> => masked(await wholeText(body));
    return { status, headers: headersOf(answer.headers, known), body, text, masked, pieces: known.pieces };
  } catch (cause) {
    throw upstreamFailed(cause, false);
  }
}
