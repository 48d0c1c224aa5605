// For streams: where a secret may have begun that is not whole yet. All but private keys are runs without a blank. Pure.

const LONGEST_RUN = 2_048;
/** A private key of several thousand bits with its frame (formats.ts). */
const LONGEST_KEY = 8_400;

const keyBegins = '-----BEGIN ';
const keyEnds = /-----END [A-Z ]{0,40}-----/;

/** Where the end of the text may be the beginning of a secret; the text's length where it is none. */
export function holdForSecrets(text: string): number {
  const run = /[\x21-\x7e]*$/.exec(text.slice(-LONGEST_RUN))?.[0] ?? '';
  const hold = text.length - run.length;
  const key = text.lastIndexOf(keyBegins);
  if (key < 0 || text.length - key > LONGEST_KEY || keyEnds.test(text.slice(key))) return hold;
  return Math.min(hold, key);
}
