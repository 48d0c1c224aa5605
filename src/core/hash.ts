// SHA-256 (FIPS 180-4) in hex.
import { hash } from 'node:crypto';

/** Of bytes, or of a text in UTF-8. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content, 'hex');

/** Of a value by its JSON. */
export const sha256OfJson = (value: unknown): string => sha256(JSON.stringify(value));
