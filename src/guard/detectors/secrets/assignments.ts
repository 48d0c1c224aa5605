// Values that are said to be a password, a key or a token, where they look like one and not like a placeholder.
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

const names =
  '(?:password|passwd|passphrase|passcode|pwd|api[_ -]?key|apikey|secret(?:[_ -]?(?:key|access[_ -]?key))?|access[_ -]?(?:key|token)|auth[_ -]?token|refresh[_ -]?token|client[_ -]?secret|private[_ -]?key|encryption[_ -]?key|signing[_ -]?key|token|credentials?|bearer|kennwort|passwort|contraseña|mot de passe|senha|пароль|密码|密碼|パスワード)';
const assigned = new RegExp(
  `(?<![a-z])${names}["'\`]?\\s{0,3}(?:is|are|ist|es|est|é|=>|:=|[:=：是は])?\\s{0,3}["'\`]?([^\\s"'\`,;<>(){}\\[\\]]{6,200})`,
  'giu',
);
const speaksOfSecrets = new RegExp(names, 'iu');

const placeholder =
  /^(?:[x*.•_#-]+|<.*|\$.*|%.*|your.*|my.*|the.*|some.*|example.*|sample.*|changeme.*|change_me.*|placeholder.*|redacted.*|dummy.*|test.*|null|none|undefined|true|false|string|required|optional|process\.env.*|os\.environ.*|env\..*|[a-z]+|\[.*)$/i;

const kindsOfSigns = (text: string): number =>
  [/[a-z]/, /[A-Z]/, /\d/, /[^\w]/].filter((kind) => kind.test(text)).length;

/** 0.85 for what is random, 0.7 for what mixes kinds of signs as passwords must, else 0. */
function scoreOf(value: string, isPassword: boolean): number {
  if (placeholder.test(value)) return 0;
  const bits = entropyOf(value);
  if (value.length >= 16 && bits >= 3.5 && kindsOfSigns(value) >= 2) return 0.85;
  if (isPassword && kindsOfSigns(value) >= 3) return 0.7;
  return isPassword && value.length >= 8 && kindsOfSigns(value) >= 2 && /\d/.test(value) ? 0.6 : 0;
}

const passwordName = /pass|pwd|kennwort|contrase|senha|пароль|密|パス/i;

export function findAssigned(text: string): Span[] {
  if (!speaksOfSecrets.test(text)) return [];
  return matchesOf(text, assigned).flatMap((match): Span[] => {
    const value = match[1]!.replace(/[.!?:]+$/, '');
    const score = scoreOf(value, passwordName.test(match[0].slice(0, match[0].length - match[1]!.length)));
    if (score === 0) return [];
    const start = match.index + match[0].length - match[1]!.length;
    return [{ start, end: start + value.length, label: 'SECRET', kind: 'ASSIGNED_SECRET', score }];
  });
}
