// Undoes what hides the words of a request: whole texts first, then a hidden part inside a readable message.
// Each reader answers null where its disguise is not there; the order of the table is from sure signs to guesses.
import { type CodecName, codecs } from '../core/text/codecs.ts';
import { hiddenTagText, removeEmojiInWords, removeInvisible } from '../core/text/invisible.ts';
import { caesarBy } from '../core/text/letter-codecs.ts';
import { normalise, removeAccents } from '../core/text/normalise.ts';
import { englishShare, familiarShare } from './english.ts';
import { readLanguageGame } from './language-games.ts';
import { readMistyped } from './mistyped.ts';
import type { Disguise } from './techniques.ts';

export interface Undone {
  readonly disguise: Disguise;
  readonly text: string;
}

const readable = 0.3;

/** A run of a code inside a message, and the code that may have written it. Bounded and without nested repeats. */
const runs: readonly { readonly disguise: Disguise; readonly codec: CodecName; readonly run: RegExp }[] = [
  { disguise: 'binary', codec: 'binary', run: /(?:\b[01]{8}(?:[01]{8})?\b\s*){3,}|\b[01]{24,}\b/ },
  { disguise: 'hex', codec: 'hex', run: /\b(?:0x|\\x)?(?:[0-9A-Fa-f]{2}(?:[ ,:]?\s?(?:0x|\\x)?)){7,}[0-9A-Fa-f]{2}\b/ },
  { disguise: 'base32', codec: 'base32', run: /\b[A-Z2-7]{16,}={0,6}/ },
  { disguise: 'base64', codec: 'base64', run: /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}={0,2}/ },
  { disguise: 'morse', codec: 'morse', run: /(?:[.\-·–]{1,7}(?: \/ |[ \n]+|\/)){5,}[.\-·–]{1,7}/ },
];

/** Something that no sentence has: without it there is no run to look for. */
const unusual = /(?<!\S)\S{16}|[01]{8}|(?:[0-9A-Fa-f]{2}[ ,:]\s?){5}|[.\-·–]{1,7} [.\-·–]/;

/** Words, or at least words in another disguise. */
const holdsWords = (decoded: string): boolean =>
  familiarShare(decoded) > 0.15 || /^(?=[^ ]* [^ ]* )[\x20-\x7E\s]+$/.test(decoded);

function readRun(text: string): Undone | null {
  if (!unusual.test(text)) return null;
  for (const { disguise, codec, run } of runs) {
    const found = run.exec(text);
    const decoded = found && codecs[codec].decode(found[0]);
    // A path or an identifier is base64 by chance; its bytes are hardly ever words.
    if (found && decoded && holdsWords(decoded)) return { disguise, text: decoded };
  }
  return null;
}

function readNumbers(text: string): Undone | null {
  const run = /(?:\b\d{2,3}\b[ ,]+){6,}\d{2,3}\b/.exec(text);
  if (!run) return null;
  const decoded = String.fromCharCode(...(run[0].match(/\d+/g) ?? []).map(Number));
  return englishShare(decoded) > 0.15 ? { disguise: 'ascii-codes', text: decoded } : null;
}

function readEscapes(text: string): Undone | null {
  if (/(?:%[0-9A-Fa-f]{2}\S*){3}/.test(text)) {
    try {
      return { disguise: 'url-encoding', text: decodeURIComponent(text) };
    } catch {
      return null;
    }
  }
  if (!/(?:\\u[0-9A-Fa-f]{4}\s?){4}/.test(text)) return null;
  const unescaped = text.replace(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return { disguise: 'unicode-escapes', text: unescaped };
}

const nato =
  `alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo
sierra tango uniform victor whiskey xray yankee zulu`.split(/\s+/);
const natoWord = new Set([...nato, 'alpha', 'juliet', 'x-ray']);

/** A vowel of the alphabet: six spelled letters of English hold one. */
const natoVowel = /\b(?:alfa|alpha|echo|india|oscar|uniform)\b/i;

function readNato(text: string): Undone | null {
  if (!natoVowel.test(text)) return null;
  const words = text.toLowerCase().match(/[a-z][a-z-]+|<space>|[/|]/g) ?? [];
  const spelled = words.filter((word) => natoWord.has(word)).length;
  if (spelled < 6 || spelled < words.length * 0.5) return null;
  const letters = words.map((word) => (natoWord.has(word) ? word[0] : /^[a-z-]{2,}$/.test(word) ? '' : ' '));
  return { disguise: 'nato', text: letters.join('') };
}

const brailleLetters = '⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵';

function readBraille(text: string): Undone | null {
  if (!/[\u2801-\u28FF]{3}/.test(text)) return null;
  const read = Array.from(text, (sign) => {
    const place = brailleLetters.indexOf(sign);
    return place >= 0 ? String.fromCharCode(97 + place) : sign === '⠀' ? ' ' : /[\u2800-\u28FF]/.test(sign) ? '' : sign;
  });
  return { disguise: 'braille', text: read.join('') };
}

/** Signs of Unicode tricks; what is left is an ordinary text. */
function readDressed(text: string): Undone | null {
  if (/^[\x20-\x7E\s‘’“”–—…]*$/.test(text)) return null;
  const hidden = hiddenTagText(text);
  if (hidden.length > 3) return { disguise: 'tag-characters', text: `${normalise(text)} ${hidden}`.trim() };
  const braille = readBraille(text);
  if (braille) return braille;
  const seen = removeInvisible(text);
  if (seen.length < text.length - 2 && seen.length < text.length * 0.9)
    return { disguise: 'invisible-characters', text: seen };
  const withoutEmoji = removeEmojiInWords(text);
  if (withoutEmoji !== text && englishShare(withoutEmoji) > englishShare(text))
    return { disguise: 'emoji', text: withoutEmoji };
  const folded = normalise(text);
  const now = englishShare(text);
  if (englishShare(text.normalize('NFKC')) > now) return { disguise: 'styled-letters', text: folded };
  if (englishShare(folded) > now) return { disguise: 'homoglyphs', text: folded };
  const bare = removeAccents(folded);
  const gained = englishShare(bare) > familiarShare(folded) + 0.15;
  return gained ? { disguise: 'accents', text: bare } : null;
}

const joinedWord = /\b[A-Za-z](?:[-_][A-Za-z])+\b/g;

function readSpaced(text: string): Undone | null {
  if ((text.match(joinedWord)?.length ?? 0) >= 3) {
    return { disguise: 'spaced-letters', text: text.replace(joinedWord, (word) => word.replace(/[-_]/g, '')) };
  }
  const run = /(?:\b\w[ \-._*]{1,3}){5,}\w\b/.exec(text);
  if (!run) return null;
  const words = run[0].split(/ {3,}/).map((word) => word.replace(/[\s\-._*]/g, ''));
  return { disguise: 'spaced-letters', text: text.replace(run[0], ` ${words.join(' ')} `) };
}

interface Reading {
  readonly disguise: Disguise;
  readonly read: (text: string) => string | null;
}

const leetspeak: Reading = { disguise: 'leetspeak', read: codecs.leetspeak.decode };
const guesses: readonly Reading[] = [
  leetspeak,
  { disguise: 'rot13', read: codecs.rot13.decode },
  { disguise: 'reversed-characters', read: codecs['reverse-characters'].decode },
  { disguise: 'reversed-each-word', read: codecs['reverse-each-word'].decode },
  { disguise: 'atbash', read: codecs.atbash.decode },
  { disguise: 'caesar', read: codecs.caesar.decode },
  { disguise: 'language-game', read: readLanguageGame },
];
const otherShifts: readonly Reading[] = Array.from({ length: 25 }, (_, index) => ({
  disguise: 'caesar',
  read: caesarBy(index + 1).decode,
}));

const opening =
  /^["'“]?(?:how|what|why|who|where|when|write|give|tell|explain|describe|create|show|make|list|provide|help|can|please|generate|draft|teach|develop)$/i;

const opensRequest = (text: string): boolean => opening.test(/^\S{1,16}(?=\s)/.exec(text)?.[0] ?? '');

const sampled = 240;

/** The way of reading that makes the most English out of the sample; null where none makes enough of it. */
function bestReading(sample: string, now: number, cues: string): Reading | null {
  const shifts = /caesar|shift|cipher/i.test(cues) ? otherShifts : [];
  let best: Reading | null = null;
  let most = Math.max(readable, now + 0.2);
  // A text with this many known words can only be one that was disguised here and there.
  for (const reading of now > 0.22 ? [leetspeak] : [...guesses, ...shifts]) {
    const text = reading.read(sample) ?? '';
    // Of two orders of the same words, the one that begins as requests do.
    const share = englishShare(text) + (opensRequest(text) ? 0.01 : 0);
    if (share > most) {
      best = reading;
      most = share;
    }
  }
  return best;
}

/** Makes English out of an unreadable text; null where no reading makes it clearly more so. */
function guess(text: string, cues: string): Undone | null {
  const now = familiarShare(text);
  if (now >= readable + 0.1 || text.trim().split(/\s+/, 3).length < 3) return null;
  const sample = text.length <= sampled ? text : text.slice(0, text.indexOf(' ', sampled) + 1 || sampled);
  const best = bestReading(sample, now, cues);
  if (best) return { disguise: best.disguise, text: best.read(text) ?? text };
  if (now < 0.1 || now > 0.3) return null;
  const mended = readMistyped(text) ?? '';
  return englishShare(mended) > Math.max(readable, now + 0.2) ? { disguise: 'mistyped', text: mended } : null;
}

/** Words in reverse order: the last one opens a request, the first one does not. */
function readReversedWords(text: string): Undone | null {
  const last = /(\S+?)["'”?.!]*\s*$/.exec(text.slice(-60))?.[1] ?? '';
  if (!opening.test(last)) return null;
  const words = text
    .trim()
    .replace(/[?.!]+$/, '')
    .split(/\s+/);
  if (words.length < 4 || opening.test(words[0]!) || !opening.test(words.at(-1)!)) return null;
  return { disguise: 'reversed-words', text: words.reverse().join(' ') };
}

const quotedPart = /(?:["“«`]|(?<=\s)')([^"”»`\n]{8,600}?)["”»`'](?=[\s.,;:!?)]|$)/g;

/** Quoted parts of a message, which may be hidden by themselves. */
const quotedParts = (text: string): readonly string[] =>
  [...text.matchAll(quotedPart)].map((found) => found[1]!).slice(0, 6);

/** Other parts: what follows a colon, and lines. */
function looseParts(text: string): readonly string[] {
  const after = [...text.matchAll(/:\s+(\S[^\n]{7,600})/g)].map((found) => found[1]!);
  const lines = text.includes('\n') ? text.split('\n').filter((line) => line.trim().length >= 8) : [];
  return [...after, ...lines].slice(0, 8);
}

function firstHidden(parts: readonly string[], cues: string): Undone | null {
  for (const part of parts) {
    const undone = guess(part, cues) ?? readReversedWords(part);
    if (undone) return undone;
  }
  return null;
}

const looked = 6000;

/** Takes one disguise off; null where the message is as plain as it gets. `cues`: other words of the conversation that may name the disguise. */
export function undoOne(message: string, cues = ''): Undone | null {
  const text = message.slice(0, looked);
  const sure =
    readDressed(text) ?? readEscapes(text) ?? readRun(text) ?? readNumbers(text) ?? readNato(text) ?? readSpaced(text);
  if (sure) return sure;
  const named = `${cues} ${text}`;
  return (
    firstHidden(quotedParts(text), named) ??
    guess(text, cues) ??
    readReversedWords(text) ??
    firstHidden(looseParts(text), named)
  );
}
