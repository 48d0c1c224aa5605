// The secrets that are sent to an endpoint, and their removal from what it answers. Only what is known is looked for:
// a guess at what looks like a key would change answers.
import type { ChatAnswer } from '../core/chat.ts';
import { jsonOrNull } from '../core/json-text.ts';
import { bodyKindOf, type RequestParts } from './http-template.ts';
import { type MaskedPieces, maskedPieces } from './masked-pieces.ts';

const MASK = '***';
/** Shorter ones would be found in answers that do not give them away. */
const LEAST_IN_ANSWER = 8;
const LEAST_IN_ERROR = 6;

/** Headers that say how a request is meant; their values hold no secret. Names in lower case. */
export const harmlessHeader =
  /^(content-type|accept|accept-.*|user-agent|origin|(http-)?referer|host|connection|x-title|cache-control|pragma|priority|dnt|sec-.*|x-requested-with|(.*-)?version)$/;

/** Parted where capitals, digits or signs part them, in lower case: "accessToken" as "access token". */
const wordsOf = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3 $2$4')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
/** Words as they end when others are written together with them, such as "authtoken", and words as they are. */
const secretWords =
  /\b(?:[a-z]*(?:token|secret|passwor[dt]|passwd|pwd|signature|cookies?|jwt|bearer|apikey|sess(?:ion)?id)|credentials?|session|o?auth|authori[sz]ation|authentication|api key)\b|\bkey$/;
/** What such a name ends in where its value only says something about a secret: "auth_type", "secret_question". */
const saysOnlyAbout =
  /\b(?:type|kind|mode|method|scheme|question|hint|name|title|topic|policy|status|count|limit|length|format)$/;

function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  return secretWords.test(words) && !saysOnlyAbout.test(words);
}

/** No key of a provider is one; the name of a department or a stand-in such as "anything" is, and answers hold it. */
const isPlainWord = (value: string): boolean => /^[A-Za-z]?[a-z]+$/.test(value);
const unlessPlain = (value: string): string[] => (isPlainWord(value) ? [] : [value]);

function decodedBasic(value: string): string[] {
  const encoded = /^Basic\s+(\S+)$/i.exec(value)?.[1];
  if (encoded === undefined) return [];
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  return [pair, ...unlessPlain(pair.slice(pair.indexOf(':') + 1))];
}

function secretsOfHeader(name: string, value: string): string[] {
  if (harmlessHeader.test(name)) return [];
  if (name === 'cookie')
    return value.split(';').flatMap((pair) => [pair.trim(), ...unlessPlain(pair.slice(pair.indexOf('=') + 1).trim())]);
  const withoutScheme = isSecretName(name) ? [value.slice(value.indexOf(' ') + 1), ...value.split(' ').slice(-1)] : [];
  return [...[value, ...withoutScheme].flatMap(unlessPlain), ...decodedBasic(value)];
}

const secretPairs = (pairs: Iterable<readonly [string, string]>): string[] =>
  [...pairs].flatMap(([name, value]) => (isSecretName(name) ? unlessPlain(value) : []));

// Read by its pairs, because places for lists and numbers leave a template that is no JSON yet.
const jsonPair = /"((?:[^"\\]|\\.)*)"\s*:\s*("(?:[^"\\]|\\.)*")/gs;

function textOfJson(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}

function secretsOfBody(parts: RequestParts): string[] {
  const body = parts.body ?? '';
  const kind = bodyKindOf(parts);
  if (kind === 'form') return secretPairs(new URLSearchParams(body));
  if (kind === 'text') return [];
  const pairs = [...body.matchAll(jsonPair)].map(([, name = '', value = '']) => [name, textOfJson(value)] as const);
  // A bare "key" in JSON is the name of a pair far more often than a key.
  return secretPairs(pairs.filter(([name]) => name !== 'key'));
}

/**
 * What is secret in a request: the values of its headers but for harmless ones, whole and taken apart, and those of
 * its parameters and the fields of its body whose names say so. Values with a place to be filled are none, nor are
 * plain words.
 */
export function secretsInRequest(parts: RequestParts): string[] {
  const ofHeaders = Object.entries(parts.headers).flatMap(([name, value]) => secretsOfHeader(name, value));
  const found = [...ofHeaders, ...secretPairs(new URL(parts.url).searchParams), ...secretsOfBody(parts)];
  return [...new Set(found)].filter((value) => !value.includes('{{'));
}

/** As it is, inside of JSON, inside of a URL, and in Base64 with and without its padding. */
function formsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString('base64');
  return [
    ...[secret, inJson, inJson.replaceAll('/', '\\/'), encodeURIComponent(secret.toWellFormed())],
    ...[base64, base64.replace(/=+$/, ''), Buffer.from(secret).toString('base64url')],
  ];
}

export interface KnownSecrets {
  /** Those of at least six characters in all forms: for messages of errors. */
  readonly forms: readonly string[];
  /** The text without those of at least eight characters, also where JSON in it writes them with escapes. */
  mask(text: string): string;
  /** The same for one text that comes in pieces. */
  pieces(): MaskedPieces;
  /** All texts of an answer so. */
  maskAnswer(answer: ChatAnswer): ChatAnswer;
}

function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at += 1;
  }
  return -1;
}

/** The text, read once, with all that stands in double quotes masked as what it says; as written where that says nothing. */
function maskedLiterals(text: string, mask: (text: string) => string): string {
  let masked = '';
  let done = 0;
  for (let open = text.indexOf('"'); open >= 0; ) {
    const close = closingQuote(text, open);
    if (close < 0) break;
    const content = textOfJson(text.slice(open, close + 1));
    const shown = mask(content);
    if (shown !== content) {
      masked += text.slice(done, open) + JSON.stringify(shown);
      done = close + 1;
    }
    open = text.indexOf('"', close + 1);
  }
  return masked + text.slice(done);
}

export function knownSecrets(secrets: readonly string[]): KnownSecrets {
  const formsFrom = (least: number): string[] =>
    [...new Set(secrets.filter(({ length }) => length >= least).flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const sought = formsFrom(LEAST_IN_ANSWER);
  const mask = (text: string): string => {
    const plain = sought.reduce((rest, form) => (rest.includes(form) ? rest.replaceAll(form, MASK) : rest), text);
    // Any sign may be written as an escape, and JSON may lie in the texts of JSON: without a backslash neither is so.
    return plain.includes('\\') ? maskedLiterals(plain, mask) : plain;
  };
  const maskFact = (text: string | null): string | null => (text === null ? null : mask(text));
  return {
    forms: formsFrom(LEAST_IN_ERROR),
    mask,
    pieces: () => maskedPieces(sought, mask),
    maskAnswer: (answer) => ({
      ...answer,
      text: mask(answer.text),
      finishReason: maskFact(answer.finishReason),
      toolCalls: answer.toolCalls.map((call) => ({
        id: mask(call.id),
        name: mask(call.name),
        arguments: mask(call.arguments),
      })),
      reasoning: maskFact(answer.reasoning),
      model: maskFact(answer.model),
      systemFingerprint: maskFact(answer.systemFingerprint),
      requestId: maskFact(answer.requestId),
    }),
  };
}

/**
 * JSON whose texts and names are masked one by one: those with nothing to mask, numbers and spaces stay as they were
 * written. Other text is masked as a whole.
 */
export const maskedJson = (json: string, mask: (text: string) => string): string =>
  jsonOrNull(json) === null ? mask(json) : maskedLiterals(json, mask);
