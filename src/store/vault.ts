// Encrypts what must not lie readable in the database: keys of targets, and every answer.
// AES-256-GCM (NIST SP 800-38D); the place of a value is authenticated with it, so that rows cannot be exchanged.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { RedoubtError } from '../core/errors.ts';

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
export const SECRET_KEY_BYTES = 32;

export interface Vault {
  /** `place` says where the value belongs, e.g. "try:<scan>:<test>:<try>". */
  seal(plain: string, place: string): Uint8Array;
  /** Throws SECRET_KEY_WRONG where the value was sealed with another key, elsewhere, or changed. */
  open(sealed: Uint8Array, place: string): string;
}

// Random bytes are drawn in blocks: a draw for each value would cost as much as the encryption itself.
function ivSource(): () => Uint8Array {
  let pool = randomBytes(IV_BYTES * 256);
  let used = 0;
  return () => {
    if (used === pool.length) {
      pool = randomBytes(pool.length);
      used = 0;
    }
    used += IV_BYTES;
    return pool.subarray(used - IV_BYTES, used);
  };
}

/** Layout of a sealed value: version (1 byte), IV (12), tag (16), ciphertext. */
export function createVault(secret: Uint8Array): Vault {
  const key = createSecretKey(secret);
  const nextIv = ivSource();
  return {
    seal(plain, place) {
      const iv = nextIv();
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(Buffer.from(place));
      const body = cipher.update(plain, 'utf8');
      const end = cipher.final();
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body, end]);
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const bodyStart = 1 + IV_BYTES + TAG_BYTES;
      if (bytes.length < bodyStart || bytes[0] !== VERSION) throw new RedoubtError('SECRET_KEY_WRONG');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV_BYTES));
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(1 + IV_BYTES, bodyStart));
      try {
        const plain = decipher.update(bytes.subarray(bodyStart));
        // Nothing is left over in this mode; it throws where the tag does not fit.
        decipher.final();
        return plain.toString('utf8');
      } catch (cause) {
        throw new RedoubtError('SECRET_KEY_WRONG', {}, cause);
      }
    },
  };
}

/** Where an answer lies, for `Vault.seal`. */
export const placeOfTry = (scanId: string, testNo: number, tryNo: number): string => `try:${scanId}:${testNo}:${tryNo}`;

/** Where a step of a test under way lies. */
export const placeOfStep = (scanId: string, testNo: number, stepNo: number): string =>
  `step:${scanId}:${testNo}:${stepNo}`;

/** Where the secrets of a scan's target lie. */
export const placeOfTarget = (scanId: string): string => `target:${scanId}`;

/** Where the secret of a project's webhook lies. */
export const placeOfWebhook = (projectId: string): string => `webhook:${projectId}`;

/** Where what a browser keeps during a sign-in at an OIDC provider lies. */
export const placeOfOidc = 'oidc sign-in';
