// Signs the files of a scan, and checks a file against what was signed: beside it, or known to this installation.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { RedoubtError } from '../../core/errors.ts';
import { sha256OfJson } from '../../core/hash.ts';
import { isoTime } from '../../core/iso-time.ts';
import { ensureMeta, readMeta } from '../../store/access.ts';
import type { ScanRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import type { Vault } from '../../store/vault.ts';
import { sha256OfFile } from '../file-hash.ts';
import { requireReadable } from '../given-file.ts';
import type { Summary } from '../summarise.ts';
import { isSignedBy, openSigningKey, type Signed, type SigningKey, type Statement, signedSchema } from './signing.ts';

export const EVIDENCE_FILE = 'evidence.json';

const evidenceSchema = z.object({ public_key: z.string(), files: z.array(signedSchema).min(1) });

const metaKey = (sha256: string): string => `artifact:${sha256}`;

export interface EvidenceContext {
  readonly store: Store;
  readonly vault: Vault;
}

/** A file by its name and bytes. */
type Content = Pick<Statement, 'file' | 'sha256' | 'bytes'>;

/** A finished scan, and what its manifest says. */
export interface SignedScan {
  readonly row: ScanRow;
  readonly summary: Summary;
}

/** Signs a file of the scan and notes it in this installation. */
async function note(store: Store, key: SigningKey, { row, summary }: SignedScan, content: Content): Promise<Signed> {
  const signed = key.sign({
    redoubt: 1,
    ...content,
    scan_id: row.id,
    plan_hash: row.plan_hash,
    manifest_sha256: sha256OfJson(summary.manifest),
    signed_at: isoTime(row.ended_at ?? row.created_at),
  });
  await ensureMeta(store, metaKey(content.sha256), JSON.stringify(signed));
  return signed;
}

/** Signs files of a finished scan, notes them in this installation, and leaves the statements at `evidencePath`. */
export async function signFiles(
  { store, vault }: EvidenceContext,
  scan: SignedScan,
  paths: readonly string[],
  evidencePath: string,
): Promise<void> {
  if (paths.length === 0) return;
  const key = await openSigningKey(store, vault);
  const files: Signed[] = [];
  for (const path of paths) {
    const content = { file: basename(path), sha256: await sha256OfFile(path), bytes: statSync(path).size };
    files.push(await note(store, key, scan, content));
  }
  writeFileSync(evidencePath, `${JSON.stringify({ public_key: key.publicKey, files }, null, 2)}\n`);
}

async function* passing(
  { store, vault }: EvidenceContext,
  scan: SignedScan,
  file: string,
  stream: Readable,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stream) {
    const part = Buffer.from(chunk as Buffer | string);
    hash.update(part);
    bytes += part.length;
    yield part;
  }
  await note(store, await openSigningKey(store, vault), scan, { file, sha256: hash.digest('hex'), bytes });
}

/** The same bytes; the file is signed and noted before its end has passed, so that whoever has all of it can verify it. */
export const signedInPassing = (context: EvidenceContext, scan: SignedScan, file: string, stream: Readable): Readable =>
  Readable.from(passing(context, scan, file, stream), { objectMode: false });

/** What came of checking a file. `signed` null: nothing was ever said of such a file. */
export interface Verified {
  readonly ok: boolean;
  readonly reason: string;
  readonly signed: Signed | null;
}

function evidenceIn(path: string): readonly Signed[] {
  try {
    return evidenceSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).files;
  } catch (cause) {
    throw new RedoubtError('FILE_INVALID', { field: path, reason: 'this is no evidence of Redoubt.' }, cause);
  }
}

/** Statements that lie beside the file and name it. */
function beside(path: string): Signed[] {
  return [`${path}.${EVIDENCE_FILE}`, join(dirname(path), EVIDENCE_FILE)]
    .filter((each) => existsSync(each))
    .flatMap((each) => evidenceIn(each))
    .filter(({ statement }) => statement.file === basename(path));
}

async function noted(store: Store, sha256: string): Promise<Signed[]> {
  const text = await readMeta(store, metaKey(sha256));
  return text === undefined ? [] : [signedSchema.parse(JSON.parse(text))];
}

/** Checks a file; `publicKey` (PEM) in place of this installation's own, `evidence` a file of statements. */
export async function verifyFile(
  { store, vault }: EvidenceContext,
  path: string,
  given: { readonly publicKey: string | null; readonly evidence: string | null },
): Promise<Verified> {
  requireReadable(path);
  const sha256 = await sha256OfFile(path);
  const publicKey = given.publicKey ?? (await openSigningKey(store, vault)).publicKey;
  const named = given.evidence === null ? beside(path) : evidenceIn(given.evidence);
  const all = [...named, ...(await noted(store, sha256))];
  const match = all.find(({ statement }) => statement.sha256 === sha256);
  if (match === undefined) {
    const reason = all.length > 0 ? 'its bytes are not those that were signed' : 'nothing signed speaks of this file';
    return { ok: false, reason, signed: all[0] ?? null };
  }
  return isSignedBy(match, publicKey)
    ? { ok: true, reason: 'its bytes are those that were signed', signed: match }
    : { ok: false, reason: 'the statement about it was not signed with this key, or was changed', signed: match };
}
