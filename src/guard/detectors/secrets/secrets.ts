// Credentials: keys in the forms of their providers, private keys, JWTs, connection strings, and values said to be secret.
import { matchesOf } from '../../../core/text/matches.ts';
import { type Detector, detectionOf, type Span } from '../detector.ts';
import { findAssigned } from './assignments.ts';
import { formats, type SecretFormat } from './formats.ts';
import { holdForSecrets } from './hold.ts';
import { findInTables } from './tables.ts';

const beginnings = new RegExp(`(?<![A-Za-z0-9])(?:${formats.map(({ begins }) => `(${begins})`).join('|')})`, 'g');

/** A JWT (RFC 7519) begins with a JSON header that names an algorithm. */
function isJwt(text: string): boolean {
  try {
    const header: unknown = JSON.parse(Buffer.from(text.split('.')[0]!, 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && 'alg' in header;
  } catch {
    return false;
  }
}

/** What documentation shows in place of a key: one sign over and over, or a word that says so. */
const shownAsExample = /(.)\1{9}|x{6}|EXAMPLE|example|your[-_]?(?:api|key|token)/i;

function matchAt(text: string, at: number, format: SecretFormat): Span[] {
  format.run.lastIndex = at;
  const found = format.run.exec(text)?.[0];
  if (found === undefined || (format.kind === 'JWT' && !isJwt(found))) return [];
  const value = format.kind === 'CONNECTION_STRING' ? found.slice(0, found.lastIndexOf('@')) : found;
  const score = format.kind !== 'PRIVATE_KEY' && shownAsExample.test(value) ? 0.3 : 0.99;
  return [{ start: at, end: at + found.length, label: 'SECRET', kind: format.kind, score }];
}

/** Every format has as many signs without a blank, or is an address or a private key. */
const mayHoldKey = /\S{20}|:\/\/|-----BEGIN /;

function findFormats(text: string): Span[] {
  if (!mayHoldKey.test(text)) return [];
  const spans: Span[] = [];
  for (const match of matchesOf(text, beginnings)) {
    const which = match.slice(1).findIndex((group) => group !== undefined);
    spans.push(...matchAt(text, match.index, formats[which]!));
  }
  return spans;
}

/** Where a form and a name speak of the same value, the form is the surer. */
function withoutDoubles(sure: readonly Span[], named: readonly Span[]): Span[] {
  const doubled = (span: Span): boolean => sure.some((other) => span.start < other.end && other.start < span.end);
  return [...sure, ...named.filter((span) => !doubled(span))];
}

const MOST_SPANS = 1000;

export const secrets: Detector = {
  id: 'secrets',
  title: 'Secrets',
  summary:
    'Finds keys of the common providers, private keys, JWTs, passwords in addresses and commands, and values said to be secret.',
  version: 3,
  cost: 'rules',
  experimental: false,
  reads: 'forms',
  asks: 'message',
  threshold: 0.5,
  reference: null,
  open: () => ({
    longestSpan: 512,
    holdFrom: holdForSecrets,
    detect: (text) =>
      detectionOf(
        [findFormats, findAssigned, findInTables].reduce<readonly Span[]>(
          (surer, find) => withoutDoubles(surer, find(text).slice(0, MOST_SPANS)),
          [],
        ),
      ),
  }),
};
