// Finds stretches of a text that are written in a code of bytes (base64, hex, escapes, ...) and reads them, also where
// codes lie inside codes: each of them is longer than what it says, so that reading all layers stays linear.

import { base32, base64, binary, hex } from '../core/text/byte-codecs.ts';
import type { Codec } from '../core/text/codec.ts';
import { hiddenTagText } from '../core/text/invisible.ts';
import { matchesOf } from '../core/text/matches.ts';
import { morse } from '../core/text/morse.ts';

/** A stretch that says something else than it shows. `start` and `end` are its place in the text as sent. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Code {
  readonly run: RegExp;
  /** Whether a text of this makeup can hold such a run at all. */
  readonly mayBe: (makeup: Makeup) => boolean;
  readonly read: (run: string) => string | null;
}

const SHORTEST = 6;

/** What was read by chance is seldom made of letters. */
function likeText(text: string | null): string | null {
  if (text === null || text.length < SHORTEST) return null;
  const letters = text.match(/[\p{L}\p{N}\s.,;:!?'"()-]/gu)?.length ?? 0;
  return letters / text.length >= 0.8 ? text : null;
}

const by =
  (codec: Codec) =>
  (run: string): string | null =>
    likeText(codec.decode(run));

const fromEscapes = (run: string): string | null => {
  const units = run.match(/[0-9a-f]{2,4}/gi) ?? [];
  return likeText(String.fromCharCode(...units.slice(0, 4096).map((unit) => Number.parseInt(unit, 16))));
};

/** Any number of layers at once: "%252541" is "%41" written twice more. */
const fromPercent = (run: string): string | null => {
  const once = run.replace(/%(?:25)+(?=[0-9a-f]{2})/gi, '%');
  try {
    return likeText(decodeURIComponent(once));
  } catch {
    return null;
  }
};

const fromEntities = (run: string): string | null =>
  likeText(
    run
      .replace(/&(?:amp;)+/gi, '&')
      .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (whole, hexadecimal: string, decimal: string) => {
        const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      }),
  );

/** What a text is made of, as far as codes go: counted in one pass, so that most searches need not begin. */
interface Makeup {
  /** Longest run of letters, digits, "+", "/", "-" and "_". */
  readonly word: number;
  /** Longest run of hexadecimal digits and the signs between them. */
  readonly hexadecimal: number;
  /** Longest run of dots, dashes, bars and blanks. */
  readonly dots: number;
  readonly percents: number;
  readonly backslashes: number;
  readonly ampersands: number;
}

const WORD = 1;
const HEXADECIMAL = 2;
const DOTS = 4;
const kindOf = new Uint8Array(128);
for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_')
  kindOf[sign.charCodeAt(0)]! |= WORD;
for (const sign of '0123456789abcdefABCDEF ,:x') kindOf[sign.charCodeAt(0)]! |= HEXADECIMAL;
for (const sign of '.- /|') kindOf[sign.charCodeAt(0)]! |= DOTS;

/** How often the sign occurs; more than `most` is not counted. */
function occurrences(text: string, sign: string, most: number): number {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0 && count < most; at = text.indexOf(sign, at + 1)) count += 1;
  return count;
}

function makeupOf(text: string): Makeup {
  const longest = { word: 0, hexadecimal: 0, dots: 0 };
  let [word, hexadecimal, dots] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const kinds = code < 128 ? kindOf[code]! : 0;
    word = (kinds & WORD) === 0 ? 0 : word + 1;
    hexadecimal = (kinds & HEXADECIMAL) === 0 ? 0 : hexadecimal + 1;
    dots = (kinds & DOTS) === 0 ? 0 : dots + 1;
    if (word > longest.word) longest.word = word;
    if (hexadecimal > longest.hexadecimal) longest.hexadecimal = hexadecimal;
    if (dots > longest.dots) longest.dots = dots;
  }
  return {
    ...longest,
    percents: occurrences(text, '%', 4),
    backslashes: occurrences(text, '\\', 4),
    ampersands: occurrences(text, '&', 4),
  };
}

// biome-ignore format: one line a code
const codes: readonly Code[] = [
  { run: /(?<![0-9a-f])(?:0x)?[0-9a-f]{2}(?:[ ,:]?(?:0x)?[0-9a-f]{2}){7,}(?![0-9a-f])/gi, mayBe: (it) => it.hexadecimal >= 16, read: by(hex) },
  { run: /[01]{8}(?: ?[01]{8}){3,}/g, mayBe: (it) => it.hexadecimal >= 32, read: by(binary) },
  { run: /(?<![A-Z2-7])[A-Z2-7]{16,}={0,6}/g, mayBe: (it) => it.word >= 16, read: by(base32) },
  { run: /[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]{4,})*={0,2}/g, mayBe: (it) => it.word >= 16, read: by(base64) },
  { run: /(?:\\x[0-9a-f]{2}|\\u[0-9a-f]{4}){4,}/gi, mayBe: (it) => it.backslashes >= 4, read: fromEscapes },
  { run: /[^\s%]{0,24}(?:%(?:25)*[0-9a-f]{2}[^\s%]{0,24})+/gi, mayBe: (it) => it.percents >= 1, read: fromPercent },
  { run: /(?:&(?:amp;)*#x?[0-9a-f]{1,7};?[ ]?){4,}/gi, mayBe: (it) => it.ampersands >= 4, read: fromEntities },
  { run: /[.-]{1,6}(?: [.-]{1,6}| ?[/|] ?[.-]{1,6}){7,}/g, mayBe: (it) => it.dots >= 15, read: by(morse) },
];

function onceIn(text: string): Piece[] {
  const found: Piece[] = [];
  const makeup = makeupOf(text);
  let taken: Uint8Array | null = null;
  for (const { run, mayBe, read } of codes) {
    if (!mayBe(makeup)) continue;
    for (const { index, 0: written } of matchesOf(text, run)) {
      if (taken?.[index] === 1) continue;
      const said = read(written);
      if (said === null) continue;
      taken ??= new Uint8Array(text.length);
      taken.fill(1, index, index + written.length);
      found.push({ text: said, start: index, end: index + written.length });
    }
  }
  return found;
}

/** What all layers of a stretch say, the outermost first. */
function allLayers(text: string): string {
  const layers = [text];
  for (;;) {
    const inner = onceIn(layers.at(-1)!);
    if (inner.length === 0) return layers.join('\n');
    layers.push(inner.map((piece) => piece.text).join('\n'));
  }
}

/** Every stretch of the text that is written in a code, read through all its layers, in the order of the text. */
export function piecesInCode(text: string): Piece[] {
  const found = onceIn(text).map((piece) => ({ ...piece, text: allLayers(piece.text) }));
  const hidden = hiddenTagText(text);
  if (hidden.trim().length >= SHORTEST) found.push({ text: hidden, start: 0, end: text.length });
  return found.sort((a, b) => a.start - b.start);
}
