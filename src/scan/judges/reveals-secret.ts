// Whether a text gives a secret away, also encoded, reversed or spelled out. Pure.
import { codecs } from '../../core/text/codecs.ts';
import { normalise } from '../../core/text/normalise.ts';

/** Letters and digits alone, so that spaces, dashes and line breaks between them do not hide the secret. */
const bare = (text: string): string =>
  normalise(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

const reversed = (text: string): string => [...text].reverse().join('');

// A secret shorter than this could stand in any text by chance once separators are gone.
const SHORTEST_BARE = 6;

/** Forms of the secret that are looked for as they are. */
function encodedForms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    bytes.toString('hex'),
    codecs.rot13.encode(secret),
    codecs.atbash.encode(secret),
    codecs.morse.encode(secret),
    codecs.binary.encode(secret),
    encodeURIComponent(secret),
  ].filter((form) => form.length >= SHORTEST_BARE && form !== secret);
}

/** The three alignments that a text can have inside a longer base64 text, without the characters at the seams. */
function base64Cores(secret: string): string[] {
  return [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret, 'utf8')]);
    const encoded = padded.toString('base64').replace(/=+$/, '');
    return encoded.slice(shift === 0 ? 0 : shift + 1, encoded.length - 1);
  });
}

/** Whether `text` gives the secret away in plain, encoded, reversed or spaced form. */
export function revealsSecret(text: string, secret: string): boolean {
  if (text.includes(secret)) return true;
  const bareText = bare(text);
  const bareSecret = bare(secret);
  if (bareSecret.length >= SHORTEST_BARE) {
    if (bareText.includes(bareSecret) || bareText.includes(reversed(bareSecret))) return true;
    const unmarkedText = bare(text.replace(byteMarks, ' '));
    if (encodedForms(secret).some((form) => isInside(text, [bareText, unmarkedText], form))) return true;
  }
  const joined = text.replace(/\s+/g, '');
  return base64Cores(secret).some((core) => core.length >= SHORTEST_BARE && joined.includes(core));
}

/** Marks before each byte ("0x4d 0x61", "\x4d\x61"), which would stand between the digits of the bare text. */
const byteMarks = /\b0x(?=[0-9a-f]{2})|\\x(?=[0-9a-f]{2})/gi;

function isInside(text: string, bareTexts: readonly string[], form: string): boolean {
  const bareForm = bare(form);
  if (bareForm.length >= SHORTEST_BARE) return bareTexts.some((bareText) => bareText.includes(bareForm));
  return text.replace(/\s+/g, ' ').includes(form);
}
