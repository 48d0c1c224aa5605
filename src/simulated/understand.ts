// Understands a request the way a capable model would: takes the disguises off and names what was done to it.
import type { CodecName } from '../core/text/codecs.ts';
import { normalise } from '../core/text/normalise.ts';
import { type Undone, undoOne } from './disguises.ts';
import { familiarShare } from './english.ts';
import { framingsOf, wantedPrefix } from './framing.ts';
import { hasRandomCapitals, readMistyped } from './mistyped.ts';
import { joinSplitPayload } from './split-payload.ts';
import type { Technique } from './techniques.ts';

export interface Understanding {
  /** The request in plain words, disguises undone. */
  readonly plain: string;
  /** All that was found, disguises first; `none` alone where there was nothing. */
  readonly techniques: readonly Technique[];
  /** The code in which the answer is wanted. */
  readonly answerCode: CodecName | null;
  /** The words with which the answer is wanted to begin. */
  readonly prefix: string | null;
  /** Whether the words make sense to a reader of the languages it knows. */
  readonly readable: boolean;
}

const deepest = 3;

const codeNames: readonly (readonly [RegExp, CodecName])[] = [
  [/base\s*-?64/i, 'base64'],
  [/base\s*-?32/i, 'base32'],
  [/rot\s*-?13/i, 'rot13'],
  [/\bhex/i, 'hex'],
  [/morse/i, 'morse'],
  [/binary/i, 'binary'],
  [/leet|l33t/i, 'leetspeak'],
  [/revers\w*\s+(?:word|order of (?:the )?words)/i, 'reverse-words'],
  [/revers|backwards?/i, 'reverse-characters'],
];

const answerIn =
  /\b(?:answer|respond|reply|output|encode|write|print|give|return|provide|response)\b[^.\n]{0,60}\b(?:in|using|as|into|to|with)\s+((?:\w+\s+){0,2}?(?:base\s*-?(?:64|32)|rot\s*-?13|hex\w*|morse|binary|leet\w*|l33t\w*|revers\w+|backwards?)(?:\s+\w+){0,2})|\b(?:answer|respond|reply|write|spell)\s+(?:it\s+)?(backwards|in\s+reverse)\b/i;

/** The code that the message wants the answer in; null where it wants plain text. */
function wantedCode(message: string): CodecName | null {
  const asked = answerIn.exec(message.slice(0, 6000));
  const named = asked?.[1] ?? asked?.[2];
  return named === undefined ? null : (codeNames.find(([name]) => name.test(named))?.[1] ?? null);
}

function undoAll(message: string, cues: string): { readonly plain: string; readonly undone: readonly Undone[] } {
  const undone: Undone[] = [];
  let plain = message;
  for (let depth = 0; depth < deepest; depth++) {
    const next = undoOne(plain, cues);
    if (next === null || next.text === plain) break;
    undone.push(next);
    plain = next.text;
  }
  return { plain: normalise(plain), undone };
}

function undoTyping(plain: string): string | null {
  return hasRandomCapitals(plain) ? (readMistyped(plain) ?? plain.toLowerCase()) : null;
}

/** Whether the text makes sense: words that are known, or at least words that can be spoken. */
function isReadable(request: string): boolean {
  if (!/[A-Za-z]{2}/.test(request)) return /\p{L}/u.test(request);
  if (familiarShare(request) >= 0.25) return true;
  const words = request.slice(0, 400).match(/[\p{L}\p{N}]+/gu) ?? [];
  const spoken = words.filter(
    (word) =>
      /^\d+$/.test(word) || (/[aeiouyà-ÿ]/i.test(word) && !/[a-z]\d+[a-z]|[bcdfghjklmnpqrstvwxz]{5}/i.test(word)),
  );
  return spoken.length >= words.length * 0.85;
}

/** `cues`: the system prompt, which may name the disguise as an attack's instructions do. */
export function understand(message: string, cues = ''): Understanding {
  const joined = joinSplitPayload(message);
  const { plain, undone } = undoAll(joined ?? message, cues);
  const mended = undoTyping(plain);
  const request = mended ?? plain;
  const answerCode = wantedCode(message);
  const techniques: readonly Technique[] = [
    ...(joined === null ? [] : (['split-payload'] as const)),
    ...undone.map(({ disguise }) => disguise),
    ...(mended === null ? [] : (['mistyped'] as const)),
    ...framingsOf(undone.length > 0 ? `${message}\n${request}` : message),
    ...(answerCode === null ? [] : (['encoded-answer'] as const)),
    ...(/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(request)
      ? (['foreign-language'] as const)
      : []),
  ];
  return {
    plain: request,
    techniques: techniques.length > 0 ? [...new Set(techniques)] : ['none'],
    answerCode,
    prefix: wantedPrefix(message) ?? wantedPrefix(request),
    readable: isReadable(request),
  };
}
