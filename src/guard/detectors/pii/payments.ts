// Card numbers by Luhn and issuer, accounts by the checksum and length of their country.
import { matchesOf } from '../../../core/text/matches.ts';
import type { Span } from '../detector.ts';
import { passesLuhn, passesMod97 } from './checksums.ts';
import { follows, found, type PiiSearch } from './found.ts';

/** Behind a "+" a telephone number begins, behind a point the digits of a fraction; dashes of any length may stand between. */
const digitRun = /(?<![\d.+])\d(?:[ \u2010-\u2013-]?\d){11,}(?!\d)/g;
/** With points only in the groups that are printed on cards: elsewhere they are versions and amounts. */
const dottedCard = /(?<![\d.+])\d{4}\.(?:\d{4}\.\d{4}\.\d{4}|\d{6}\.\d{5})(?!\.?\d)/g;
/** Issuers by their first digits, with the lengths they use (ISO/IEC 7812). */
const issuers: readonly { readonly first: RegExp; readonly lengths: readonly number[] }[] = [
  { first: /^4/, lengths: [13, 16, 19] },
  { first: /^(5[1-5]|2[2-7])/, lengths: [16] },
  { first: /^3[47]/, lengths: [15] },
  { first: /^3(0|6|8|9)/, lengths: [14, 16] },
  { first: /^(5[06-9]|6\d)/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { first: /^35/, lengths: [16, 17, 18, 19] },
  { first: /^(1800|2131)/, lengths: [15] },
];

const lengthsOf = (digits: string): readonly number[] =>
  issuers.flatMap(({ first, lengths }) => (first.test(digits) ? lengths : []));

const isCard = (digits: string): boolean => passesLuhn(digits) && !/^(\d)\1+$/.test(digits);

interface Group {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
}

const SHORTEST_CARD = 12;
const LONGEST_CARD = 19;

/** The longest card that begins with the group at `first`: where it ends, and the group behind it; null where none does. */
function cardAt(groups: readonly Group[], first: number): { readonly end: number; readonly next: number } | null {
  let digits = '';
  let lengths: readonly number[] | null = null;
  let found: { end: number; next: number } | null = null;
  for (let at = first; at < groups.length; at++) {
    digits += groups[at]!.digits;
    if (digits.length > LONGEST_CARD) break;
    if (digits.length < SHORTEST_CARD) continue;
    lengths ??= lengthsOf(digits);
    if (lengths.length === 0) break;
    if (lengths.includes(digits.length) && isCard(digits)) found = { end: groups[at]!.end, next: at + 1 };
  }
  return found;
}

/** A run may begin with another number, "in 2024 4111 1111 ...", and hold several cards. */
function cardsIn(run: string): { readonly start: number; readonly end: number }[] {
  const groups = Array.from(run.matchAll(/\d+/g), ({ index, 0: digits }) => ({
    start: index,
    end: index + digits.length,
    digits,
  }));
  const cards: { start: number; end: number }[] = [];
  for (let at = 0; at < groups.length; ) {
    const card = cardAt(groups, at);
    if (card !== null) cards.push({ start: groups[at]!.start, end: card.end });
    at = card?.next ?? at + 1;
  }
  return cards;
}

/** What is named as the number of an article has as many digits as some cards, and one in ten passes their check. */
const namedBarcode =
  /\b(?:EAN|GTIN|UPC|JAN|bar ?code|Strichcode)s?(?:[ -]?(?:8|12|13|14))?(?: (?:codes?|no|nr|numbers?))?(?: (?:is|are))?\b\W{0,4}(?:\d{12,14}\W{1,3}){0,3}$/i;
const LONGEST_BARCODE = 14;

const isBarcode = (text: string, start: number, end: number): boolean =>
  end - start <= LONGEST_BARCODE && follows(text, start, namedBarcode);

const cards = (text: string): Span[] =>
  [...matchesOf(text, digitRun), ...matchesOf(text, dottedCard)].flatMap(({ index, 0: run }) =>
    cardsIn(run)
      .map(({ start, end }) => found('CREDIT_CARD', index + start, index + end, 0.99))
      .filter(({ start, end }) => !isBarcode(text, start, end)),
  );

/** Lengths of IBANs by country (SWIFT's registry). */
const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18
  FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21
  LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24
  SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Country and check digits; as many signs follow as the country's accounts have. */
const ibanBeginning = /(?<![A-Z0-9])[A-Z]{2}\d{2}(?=(?:[ \u2010-\u2013-]?[A-Z0-9]){11})/gi;
const LONGEST_IBAN = 34;
const ibanRun = /^(?:[A-Z0-9][ \u2010-\u2013-]?)+/i;

/** The beginning of the run that has as many characters as the country's accounts have. */
function ibanIn(run: string): string | null {
  const length = ibanLengths[run.slice(0, 2).toUpperCase()];
  if (length === undefined) return null;
  let seen = 0;
  for (let end = 0; end < run.length; end++) {
    if (/[A-Z0-9]/i.test(run[end]!)) seen += 1;
    if (seen === length) return run.slice(0, end + 1);
  }
  return null;
}

/** Each beginning is looked at for itself: the words behind an account are no part of it, and may be another one. */
const ibans = (text: string): Span[] =>
  matchesOf(text, ibanBeginning).flatMap(({ index }): Span[] => {
    const run = ibanRun.exec(text.slice(index, index + 2 * LONGEST_IBAN))?.[0] ?? '';
    const account = ibanIn(run);
    if (account === null || /[A-Z0-9]/i.test(text[index + account.length] ?? '')) return [];
    if (!passesMod97(account.replace(/[^A-Z0-9]/gi, '').toUpperCase())) return [];
    return [found('IBAN', index, index + account.length, 0.99)];
  });

const enoughDigits = /\d(?:[ .\u2010-\u2013-]?[\dA-Z]){11}/i;

export const findPayments: PiiSearch = (text) => (enoughDigits.test(text) ? [...cards(text), ...ibans(text)] : []);
