// Passwords: Argon2id (RFC 9106) with the parameters that OWASP recommends; loaded with the first one.
import { invalidField } from '../core/errors.ts';

const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const LEAST = 12;
const MOST = 256;

/** Throws INVALID_FIELD for a password that is too short or too long. */
export function requireGoodPassword(password: string): void {
  if (password.length < LEAST || password.length > MOST)
    throw invalidField('password', `must have ${LEAST} to ${MOST} characters.`);
}

export async function hashPassword(password: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2');
  return hash(password, PARAMETERS);
}

let stranger: Promise<string> | null = null;

/** Whether the password fits. Takes as long where there is none to hold it against, so that nobody learns who exists. */
export async function fitsPassword(stored: string | null, password: string): Promise<boolean> {
  const { verify } = await import('@node-rs/argon2');
  stranger ??= hashPassword('nobody');
  const fits = await verify(stored ?? (await stranger), password.slice(0, MOST));
  return fits && stored !== null;
}
