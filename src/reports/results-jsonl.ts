// results.jsonl as a stream of text, written in constant memory, with its hash at the end.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { StoredTest } from '../store/stored-test.ts';
import { resultLine, type Titles } from './result-line.ts';

const CHUNK_CHARACTERS = 64 * 1024;

export interface HashedStream {
  readonly stream: Readable;
  /** SHA-256 in hex of all that was read; ask only after the stream has ended. */
  sha256(): string;
}

async function* chunks(tests: AsyncIterable<StoredTest>, titles: Titles): AsyncGenerator<string> {
  let chunk = '';
  for await (const test of tests) {
    chunk += `${JSON.stringify(resultLine(test, titles))}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** The lines of the given tests. Nothing is read before the stream is. */
export function resultsJsonl(tests: AsyncIterable<StoredTest>, titles: Titles): HashedStream {
  const hash = createHash('sha256');
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks(tests, titles)) {
      const bytes = Buffer.from(chunk);
      hash.update(bytes);
      yield bytes;
    }
  }
  return { stream: Readable.from(hashed(), { objectMode: false }), sha256: () => hash.digest('hex') };
}
