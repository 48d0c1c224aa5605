// The installation's signing key (Ed25519, RFC 8032), and statements about files under it.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { ensureMeta, readMeta } from '../../store/access.ts';
import type { Store } from '../../store/store.ts';
import type { Vault } from '../../store/vault.ts';

const KEY_PLACE = 'signing-key';

/** What is said of a file: which bytes it has, and which scan they come from. */
export const statementSchema = z.object({
  redoubt: z.literal(1),
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().min(0),
  scan_id: z.string(),
  plan_hash: z.string(),
  manifest_sha256: z.string(),
  signed_at: z.string(),
});
export type Statement = z.infer<typeof statementSchema>;

export const signedSchema = z.object({ statement: statementSchema, signature: z.base64() });
export type Signed = z.infer<typeof signedSchema>;

/** The key as it is kept: its private half is encrypted in the database. */
export interface SigningKey {
  /** SPKI in PEM: for whoever is to verify without this installation. */
  readonly publicKey: string;
  sign(statement: Statement): Signed;
}

/** The order of keys is that of the schema, whoever wrote them: the same statement is the same bytes. */
const bytesOf = (statement: Statement): Buffer => Buffer.from(JSON.stringify(statementSchema.parse(statement)));

const pemOf = (key: KeyObject): string => createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();

const sealed = (vault: Vault): string => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return Buffer.from(vault.seal(pem, KEY_PLACE)).toString('base64');
};

/** Made at the first use; of processes that start together the first one's key holds. */
export async function openSigningKey(store: Store, vault: Vault): Promise<SigningKey> {
  const held = (await readMeta(store, KEY_PLACE)) ?? (await ensureMeta(store, KEY_PLACE, sealed(vault)));
  const key = createPrivateKey(vault.open(Buffer.from(held, 'base64'), KEY_PLACE));
  return {
    publicKey: pemOf(key),
    sign: (statement) => ({ statement, signature: sign(null, bytesOf(statement), key).toString('base64') }),
  };
}

/** Whether the statement was signed with the private half of this key (PEM). False for a text that is no key. */
export function isSignedBy({ statement, signature }: Signed, publicKey: string): boolean {
  try {
    return verify(null, bytesOf(statement), createPublicKey(publicKey), Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
