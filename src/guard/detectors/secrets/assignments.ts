// Values that are said to be a password, a key or a token, where they look like one and not like a placeholder.
import { isUuid } from '../../../core/ids.ts';
import { matchesOf } from '../../../core/text/matches.ts';
import type { Span } from '../detector.ts';

/** Bits a character (Shannon): words lie near 3, random keys of 20 characters near 4. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

export const latinNames =
  '(?:password|passwd|passphrase|passcode|pwd|api[_ -]?key|apikey|secret(?:[_ -]?(?:key|access[_ -]?key))?|access[_ -]?(?:key|token)|auth[_ -]?token|refresh[_ -]?token|client[_ -]?secret|private[_ -]?key|encryption[_ -]?key|signing[_ -]?key|token|credentials?|bearer|kennwort|passwort|contraseña|mot de passe|senha|пароль)';
/** Written without blanks, so that the value may stand right behind them. */
const joinedNames = '(?:密码|密碼|パスワード)';
/** Behind a letter a name is told by its capitals, as in "dbPassword" and "PGPASSWORD", or the word is another, as in "jsonwebtoken". */
const nameBegins = '(?:(?<![a-z])|(?<=(?-i:[a-z]))(?=(?-i:[A-Z]))|(?=(?-i:PASSW)))';
/** As in SECRET_KEY_BASE: more words of the same name. */
const nameGoesOn = '(?<goesOn>(?:[_-][a-z0-9]{1,24}){1,3})';
const sign = '(?:is|are|ist|es|est|é|=>|={1,3}|:=|[:：>是は])';
/** A name that only goes on, as in "js-tokens-4.0.0", has no value. */
const between = `["'\`]?(?:\\s{0,3}${sign}\\s{0,3}|\\s{1,3})`;
const value =
  '["\'`]?(?<written>[^\\s"\'`,;<>(){}\\[\\]\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]{6,200})';
const assigned = new RegExp(
  `(?:${nameBegins}${latinNames}(?:${between}|${nameGoesOn}["'\`]?\\s{0,3}${sign}\\s{0,3})|${joinedNames}(?:${between})?)${value}`,
  'giu',
);
const speaksOfSecrets = new RegExp(`${latinNames}|${joinedNames}`, 'iu');

const placeholder =
  /^(?:[x*.•_#-]+|<.*|\$.*|%.*|your.*|my.*|the.*|some.*|example.*|sample.*|changeme.*|change_me.*|placeholder.*|redacted.*|dummy.*|test.*|null|none|undefined|true|false|string|required|optional|process\.env.*|os\.environ.*|env\..*|[a-z]+|\[.*)$/i;

/** Code that says where a value is found: an expression, or the name of what is called. */
const expression = /^[a-z_$][A-Za-z_$]*(?:(?:\??\.|->|::)[A-Za-z_$]+)+$/;
const calledName = /^[A-Za-z_$]+\d{0,2}(?:(?:\??\.|->|::)[A-Za-z_$]+\d{0,2})*$/;
/** An address is where something is; one with a password in it has a form of its own. */
export const addressed = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Whether the value stands there itself, and is not only pointed at; by the signs before and behind it. */
function isLiteral(value: string, before: string, behind: string): boolean {
  if (addressed.test(value) || (behind === '(' && calledName.test(value))) return false;
  return /["'`]/.test(before) || !expression.test(value);
}

export const kindsOfSigns = (text: string): number =>
  [/[a-z]/, /[A-Z]/, /\d/, /[^\w]/].filter((kind) => kind.test(text)).length;

/** 0.85 for what is random, 0.7 for what mixes kinds of signs as passwords must, else 0. */
export function scoreOf(value: string, isPassword: boolean): number {
  if (placeholder.test(value)) return 0;
  const bits = entropyOf(value);
  if (value.length >= 16 && bits >= 3.5 && kindsOfSigns(value) >= 2) return 0.85;
  if (isPassword && kindsOfSigns(value) >= 3) return 0.7;
  return isPassword && value.length >= 8 && kindsOfSigns(value) >= 2 && /\d/.test(value) ? 0.6 : 0;
}

/** `curl -u name:password`, on one line or several; the same flag of other programs takes groups. */
const givenToCurl =
  /\bcurl\b(?:(?!\bcurl\b|[,.] )[^|;&]){0,200}?\s(?:-[a-zA-Z]{0,6}u\s?|--(?:proxy-)?user[=\s])\s{0,3}["']?[^\s:"'$<]{1,64}:(?<written>[^\s"'<>{}]{6,128})/g;

function findGivenToCurl(text: string): Span[] {
  if (!text.includes('curl')) return [];
  return matchesOf(text, givenToCurl).flatMap((match): Span[] => {
    const value = match.groups!.written!;
    const score = scoreOf(value, true);
    const end = match.index + match[0].length;
    return score === 0 ? [] : [{ start: end - value.length, end, label: 'SECRET', kind: 'ASSIGNED_SECRET', score }];
  });
}

export const passwordName = /pass|pwd|kennwort|contrase|senha|пароль|密|パス/i;

function findNamed(text: string): Span[] {
  if (!speaksOfSecrets.test(text)) return [];
  return matchesOf(text, assigned).flatMap((match): Span[] => {
    const { goesOn, written } = match.groups!;
    const value = written!.replace(/[.!?:]+$/, '');
    const start = match.index + match[0].length - written!.length;
    if (!isLiteral(value, text[start - 1]!, text[start + written!.length] ?? '')) return [];
    // "password_reset_at" is no password: only what looks random is a secret under such a name, and an id never.
    const isPassword = goesOn === undefined && passwordName.test(text.slice(match.index, start));
    if (goesOn !== undefined && isUuid(value)) return [];
    const score = scoreOf(value, isPassword);
    return score === 0 ? [] : [{ start, end: start + value.length, label: 'SECRET', kind: 'ASSIGNED_SECRET', score }];
  });
}

export const findAssigned = (text: string): Span[] => [...findNamed(text), ...findGivenToCurl(text)];
