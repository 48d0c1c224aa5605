// The body of an upload, written to a file of its own as it comes in: a large one needs no more memory than a small one.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RedoubtError } from '../core/errors.ts';

const UPLOAD_LIMIT_MB = 64;
export const UPLOAD_LIMIT_BYTES = UPLOAD_LIMIT_MB * 1024 * 1024;
/** As it is said to people. */
export const UPLOAD_LIMIT = `${UPLOAD_LIMIT_MB} MB`;

function limited(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= UPLOAD_LIMIT_BYTES) done(null, chunk);
      else done(new RedoubtError('BODY_TOO_LARGE', { value: UPLOAD_LIMIT }));
    },
  });
}

/** Hands `use` the path of a file with the body, and removes it afterwards. Throws BODY_TOO_LARGE above 64 MB. */
export async function withUploaded<Result>(body: Readable, use: (path: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-upload-'));
  try {
    const path = join(folder, 'body');
    await pipeline(body, limited(), createWriteStream(path, { mode: 0o600 }));
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
