// E-mail addresses, telephone numbers, addresses of machines.

import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { matchesOf } from '../../../core/text/matches.ts';
import { unspacedSign } from '../../../core/text/unspaced.ts';
import type { Span } from '../detector.ts';
import { follows, found, type PiiSearch } from './found.ts';

const LONGEST_LOCAL_PART = 64;
const localCharacter = /[\p{L}\p{N}._%+'-]/u;
/** Scripts that write no blanks between words: an address in Latin letters begins and ends where they do. */
const unspaced = new RegExp(unspacedSign, 'u');
/** Top-level domains in other scripts than Latin (IANA's root zone): any word would do as one otherwise, where a blank behind a full stop is missing. */
const spacedDomains =
  'рф|рус|москва|дети|онлайн|сайт|орг|ком|бел|укр|срб|мкд|мон|бг|ею|қаз|ελ|ευ|հայ|გე|ישראל|קום|السعودية|امارات|مصر|ایران|قطر|تونس|المغرب|الجزائر|عمان|فلسطين|الاردن|سورية|سودان|العراق|البحرين|پاکستان|بھارت|مليسيا|موريتانيا|عرب|شبكة|موقع|بازار|كوم|भारत|भारतम्|भारोत|संगठन|नेट|कॉम|বাংলা|ভারত|ਭਾਰਤ|ભારત|ଭାରତ|இந்தியா|இலங்கை|சிங்கப்பூர்|భారత్|ಭಾರತ|ഭാരതം|ලංකා|한국|삼성|닷컴|닷넷';
const unspacedDomains =
  '中国|中國|香港|台湾|台灣|澳門|新加坡|公司|网络|網路|网址|网站|网店|在线|中文网|商城|商店|商标|移动|手机|集团|企业|公益|政务|政府|机构|信息|游戏|娱乐|みんな|コム|グーグル|ストア|クラウド|ไทย|คอม|ລາວ';
const domain = new RegExp(
  `[\\p{L}\\p{M}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{M}\\p{N}-]{1,63}){0,6}\\.(?:(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})(?![a-z0-9-])|(?:${spacedDomains})(?![\\p{L}\\p{M}\\p{N}-])|(?:${unspacedDomains}))`,
  'iuy',
);
/** Machines alone are called so, in a network of their own (RFC 2606, 6761, ICANN's "internal"). */
const isInternal = /\.(?:internal|localhost|localdomain|invalid)$/i;
/** No domain ends so: "logo@2x.png" is a file. */
const endsAsFile = /\.(?:png|jpe?g|gif|webp|avif|svg|ico|tgz|gz|txz|jar|whl)$/i;
/** How a repository is named, "git@example.org:team/repository.git": nobody's address. */
const repository = /^git@[^@\s]+:\S/;

function localStart(text: string, at: number): number {
  const isUnspaced = unspaced.test(text[at - 1] ?? '');
  let start = at;
  while (start > 0 && at - start < LONGEST_LOCAL_PART && localCharacter.test(text[start - 1]!)) {
    if (!isUnspaced && unspaced.test(text[start - 1]!)) break;
    start -= 1;
  }
  while (start < at && /[.'-]/.test(text[start]!)) start += 1;
  return start;
}

/** RFC 5321's everyday form: from each "@" to the left and to the right, so that the search stays linear. */
export const findEmails: PiiSearch = (text) => {
  const spans: Span[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const start = localStart(text, at);
    domain.lastIndex = at + 1;
    const rest = domain.exec(text);
    if (start === at || !rest || endsAsFile.test(rest[0]) || isInternal.test(rest[0])) continue;
    const end = at + 1 + rest[0].length;
    if (repository.test(text.slice(start, end + 2))) continue;
    spans.push(found('EMAIL', start, end, 0.99));
  }
  return spans;
};

/** Digits with the signs between them that people write numbers with; an extension may follow. Behind a comma or colon too, but not in "10:30". */
const numberRun =
  /(?<![\w./@#$€£-]|\d:)(?:\+ ?|\(\+?)?\d(?:[ ./()-]{0,3}\d){6,15}(?:[ ,]{0,2}(?:x|ext\.?) ?\d{1,6})?(?![\w@%]|:\d)/gi;
const speaksOfPhones =
  /(?<![\p{L}\p{N}])(?:phone|phones|telephone|tel|cell|mobile|call|calls|fax|whatsapp|sms|text|dial|number|reach|contact|hotline|telefon|handy|rufnummer|téléphone|appelez|teléfono|móvil|llámame|telefono|cellulare|telefone|celular|ligue|номер|телефон|тел)(?![\p{L}\p{N}])[^\n]*$|(?:电话|手机|電話|手機|携帯|전화)[^\n]*$/iu;
/** Whoever writes this before a number says that it is one, also where no table knows it. */
const saysPhone =
  /\b(?:phone|telephone|tel|cell|mobile|fax|desk|whatsapp|telefon|teléfono|telefono|telefone|(?:call|text|reach)(?: \w+)? (?:on|at)|answering at|messages to)(?: (?:no|number|nr))?(?: is)?[.:\s-]{0,3}$/iu;
const DATE_OR_VERSION =
  /^\d{4}[-./]\d{1,2}[-./]\d{1,2}$|^\d{1,2}[-./]\d{1,2}[-./]\d{4}$|^\d+(?:\.\d+)+$|^\d{4}[ -]\d{4}$/;
/** The same behind a number, as in a signature: "020 7946 0958 office". */
const namedAfter =
  /^[\s\\,(-]{1,4}(?:office|fax|mobile|cell|desk|home|work|direct|mobil|büro|bureau|oficina|ufficio)\b/iu;
const NAME_REACH = 12;
/** Groups of two with points, the first one with a 0: so numbers are written in France, and nothing else is. */
const frenchForm = /^0[1-9](?:\.\d{2}){4}$/;
/** Regions whose national forms are tried where the text speaks of telephones. */
const regions: readonly CountryCode[] = [
  'US',
  'GB',
  'DE',
  'FR',
  'ES',
  'IT',
  'IN',
  'AU',
  'BR',
  'NL',
  'PL',
  'SE',
  'CH',
  'AT',
  'JP',
  'CN',
];
/** How numbers of North America are written where nothing else says that they are some. */
const americanForm = /^(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4}(?:$|[ ,x])/;
/** So many are looked up in the tables of a text; of what comes behind them the form alone decides, as nothing may stay unseen. */
const MOST_LOOKED_UP = 2_000;

type IsNumberOf = (run: string, region?: CountryCode) => boolean;

function lookUp(): IsNumberOf {
  let lookedUp = 0;
  return (run, region) => ++lookedUp > MOST_LOOKED_UP || parsePhoneNumberFromString(run, region)?.isValid() === true;
}

/** Whether the text says right before or behind a number that it is a telephone's. */
const isNamedPhone = (text: string, start: number, end: number): boolean =>
  follows(text, start, saysPhone) || namedAfter.test(text.slice(end, end + NAME_REACH));

/** Of a number in a form of its country; 0 where nothing says that it is a telephone's. */
function nationalScore(text: string, run: string, start: number, isNumberOf: IsNumberOf): number {
  if (/^00[1-9]/.test(run) && isNumberOf(`+${run.slice(2)}`)) return 0.9;
  if (frenchForm.test(run) && isNumberOf(run, 'FR')) return 0.85;
  if (DATE_OR_VERSION.test(run)) return 0;
  if (americanForm.test(run) && isNumberOf(run, 'US')) return 0.9;
  if (isNamedPhone(text, start, start + run.length)) return 0.7;
  if (!follows(text, start, speaksOfPhones)) return 0;
  return regions.some((region) => isNumberOf(run, region)) ? 0.85 : 0;
}

function phoneScore(text: string, run: string, start: number, isNumberOf: IsNumberOf): number {
  if (!/^\(?\+/.test(run)) return nationalScore(text, run, start, isNumberOf);
  if (isNumberOf(run.replace(/^\(?\+ ?/, '+').replace('(0)', ''))) return 0.97;
  return isNamedPhone(text, start, start + run.length) ? 0.7 : 0;
}

const phoneSign = /\d[ ./()-]{0,3}\d[ ./()-]{0,3}\d[ ./()-]{0,3}\d[ ./()-]{0,3}\d[ ./()-]{0,3}\d/;

export const findPhones: PiiSearch = (text) => {
  if (!phoneSign.test(text)) return [];
  const spans: Span[] = [];
  const isNumberOf = lookUp();
  for (const { index, 0: run } of matchesOf(text, numberRun)) {
    const score = phoneScore(text, run, index, isNumberOf);
    if (score > 0) spans.push(found('PHONE', index, index + run.trimEnd().length, score));
  }
  return spans;
};

const byte = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const version4 = new RegExp(`(?<![\\w.-])${byte}(?:\\.${byte}){3}(?![\\w-]|\\.\\d)`, 'g');
const version6 =
  /(?<![\w:.])(?:(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}|(?:[23][0-9a-f]{3}|f[cdef][0-9a-f]{2})(?::[0-9a-f]{1,4}){0,6}::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?)(?![\w:])/gi;
const mac = /(?<![\w:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![\w:-])/gi;
const nobodys = /^(?:127\.|0\.0\.0\.0|255\.255\.255\.)/;
/** Also as a key, `"version": "1.2.3.4"`, as a requirement, "numpy==1.2.3.4", and behind a product, "Chrome/1.2.3.4". */
const speaksOfVersions =
  /\b(?:version|v|release|build)\.?["']?[ :=]{0,3}["']?$|\b(?:section|clause|chapter)\.? ?$|[\w\]](?:==|~=|>=|<=|!=) ?$|\b(?-i:[A-Z])[a-z]+\/$/i;

export const findMachineAddresses: PiiSearch = (text) => {
  const spans: Span[] = [];
  if (/\d\.\d/.test(text))
    for (const { index, 0: address } of matchesOf(text, version4))
      if (!nobodys.test(address) && !follows(text, index, speaksOfVersions))
        spans.push(found('IP_ADDRESS', index, index + address.length, 0.85));
  if (!/[:-][0-9a-f]{1,4}[:-]/i.test(text)) return spans;
  for (const { index, 0: address } of matchesOf(text, mac))
    spans.push(found('MAC_ADDRESS', index, index + address.length, 0.9));
  for (const { index, 0: address } of matchesOf(text, version6))
    if (address.split(':').length === 8 || address.includes('::'))
      spans.push(found('IP_ADDRESS', index, index + address.length, 0.85));
  return spans;
};
