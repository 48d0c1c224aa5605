// Addresses that carry something out, hide where they lead, or are not on the policy's list.
import { domainToASCII, domainToUnicode } from 'node:url';
import { z } from 'zod';
import { matchesOf } from '../../core/text/matches.ts';
import { type Detector, detectionOf, type Span } from './detector.ts';

const host = z
  .string()
  .regex(/^(?:\*\.)?[\p{L}\p{N}.-]{1,253}$/u, 'must be a host such as example.org or *.example.org');
const reference = z
  .strictObject({ allow: z.array(host).max(1000).optional(), deny: z.array(host).max(1000).optional() })
  .nullish()
  .describe('lists of hosts: allow (all others fire), deny');

const MOST_ADDRESSES = 500;
const address =
  /(?<![\p{L}\p{N}_.-])(?:(?:https?|ftp|javascript|vbscript):|file:\/\/|data:[\w.+-]{1,40}\/[\w.+-]{1,80}[;,])[^\s<>"'`\])}|]{3,2048}|(?<![\w.@])www\.[^\s<>"'`\])}|]{3,500}/giu;
/** A picture is fetched as soon as an answer is shown: what stands behind "?" has then left (EchoLeak and others). */
const pictureBefore = /!\[[^\]\n]{0,200}\]\(\s{0,3}<?$|<img[^>\n]{0,200}src=["']?$/i;
/** The address of a picture may stand elsewhere, under the name that the picture has: `![x][1]`, `[1]: https://...`. */
const definitionBefore = /(?:^|\n) {0,3}\[([^\]\n]{1,100})\]:\s{0,3}<?$/;
const pictureNames = /!\[([^\]\n]{0,100})\](?:\[([^\]\n]{0,100})\])?(?!\()/g;
/** Data that is shown, and does nothing. */
const shownData = /^data:(?:image\/(?!svg)|audio\/|video\/|font\/)/i;

const shorteners = new Set(
  'bit.ly tinyurl.com t.co goo.gl is.gd ow.ly buff.ly rebrand.ly cutt.ly shorturl.at rb.gy tiny.cc t.ly v.gd'.split(
    ' ',
  ),
);
const collectors =
  /(?:^|\.)(?:webhook\.site|requestbin\.(?:com|net)|pipedream\.net|ngrok(?:-free)?\.(?:io|app)|burpcollaborator\.net|oastify\.com|interact\.sh|oast\.\w+|beeceptor\.com|hookbin\.com)$/;

type Lists = z.infer<typeof reference>;

/** As URLs have it: in lower case and ASCII, without the point at the end that means the same host. */
const plainHost = (name: string): string => {
  const plain = name.toLowerCase().replace(/\.$/, '');
  return domainToASCII(plain) || plain;
};

const isListed = (name: string, list: readonly string[]): boolean =>
  list.some((entry) => {
    const host = plainHost(entry.replace(/^\*\./, ''));
    return name === host || (entry.startsWith('*.') && name.endsWith(`.${host}`));
  });

const LONGEST_PLAIN_QUERY = 200;

interface Oddity {
  readonly kind: string;
  /** How much it says, 0..1. */
  readonly score: number;
}

/** Latin letters together with those of a script that imitates them; Chinese, Japanese and Korean names mix by custom (UTS 39). */
const imitating =
  /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;
const hasMixedScripts = (name: string): boolean => {
  const shown = name.includes('xn--') ? domainToUnicode(name) : name;
  return shown.split('.').some((label) => /\p{Script=Latin}/u.test(label) && imitating.test(label));
};

interface Place {
  readonly url: URL;
  readonly name: string;
  /** It is fetched as soon as the text is shown. */
  readonly isPicture: boolean;
}

// biome-ignore format: one line an oddity
const oddities: readonly (Oddity & { readonly is: (place: Place) => boolean })[] = [
  { kind: 'ACTIVE_SCHEME', score: 0.8, is: ({ url }) => /^(?:javascript|vbscript|data|file):$/.test(url.protocol) && !shownData.test(url.href) },
  { kind: 'COLLECTOR', score: 0.9, is: ({ name }) => collectors.test(name) },
  { kind: 'PICTURE_WITH_QUERY', score: 0.8, is: ({ url, isPicture }) => url.search.length > 1 && isPicture },
  { kind: 'USER_IN_ADDRESS', score: 0.8, is: ({ url }) => /\.|%2e/i.test(url.username) || url.password !== '' },
  { kind: 'MIXED_SCRIPTS', score: 0.7, is: ({ name }) => hasMixedScripts(name) },
  { kind: 'BARE_ADDRESS', score: 0.5, is: ({ name }) => /^(?:\d+\.){3}\d+$|^\[/.test(name) && !name.startsWith('127.') },
  { kind: 'SHORTENED', score: 0.5, is: ({ name }) => shorteners.has(name) },
  { kind: 'LONG_QUERY', score: 0.5, is: ({ url }) => url.search.length > LONGEST_PLAIN_QUERY },
];

/** What is odd about an address; null where nothing is. */
function oddityOf(place: Place, lists: Lists): Oddity | null {
  if (lists?.deny && isListed(place.name, lists.deny)) return { kind: 'DENIED_HOST', score: 1 };
  if (lists?.allow && place.name !== '')
    return isListed(place.name, lists.allow) ? null : { kind: 'OTHER_HOST', score: 1 };
  const odd = oddities.find(({ is }) => is(place));
  return odd ? { kind: odd.kind, score: odd.score } : null;
}

const CHARACTERS_BEFORE = 230;

function namesOfPictures(text: string): ReadonlySet<string> {
  const names = text.includes('![') ? matchesOf(text, pictureNames) : [];
  return new Set(names.map(([, shown = '', name]) => (name || shown).toLowerCase()));
}

function spansOf(text: string, lists: Lists): Span[] {
  const spans: Span[] = [];
  const pictures = namesOfPictures(text);
  let seen = 0;
  for (const { index, 0: written } of text.matchAll(address)) {
    if (++seen > MOST_ADDRESSES) break;
    const shown = written.replace(/[.,;:!?]+$/, '');
    const url = URL.parse(shown.startsWith('www.') ? `https://${shown}` : shown);
    const before = text.slice(Math.max(0, index - CHARACTERS_BEFORE), index);
    const defined = definitionBefore.exec(before)?.[1];
    const isPicture = pictureBefore.test(before) || (defined !== undefined && pictures.has(defined.toLowerCase()));
    const oddity = url && oddityOf({ url, name: plainHost(url.hostname), isPicture }, lists);
    if (oddity) spans.push({ start: index, end: index + shown.length, label: 'URL', ...oddity });
  }
  return spans;
}

export const urls: Detector = {
  id: 'urls',
  title: 'Addresses',
  summary: 'Finds addresses that carry data out, hide where they lead, or are not on the lists of the policy.',
  version: 2,
  cost: 'rules',
  experimental: true,
  reads: 'forms',
  asks: 'message',
  threshold: 0.6,
  reference,
  open(given) {
    const lists = reference.parse(given);
    return { longestSpan: 2100, detect: (text) => detectionOf(spansOf(text, lists)) };
  },
};
