// A ZIP archive of named streams, itself a stream: nothing is held in memory or on disk.
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** One file of an archive. `open` is called when its turn has come, after the files before it were read to the end. */
export interface ZipEntry {
  readonly name: string;
  readonly open: () => Readable | Promise<Readable>;
}

/** The archive as a stream; it fails with the error of the entry that failed. `modified` stands on every file. */
export function zipOf(entries: readonly ZipEntry[], modified: Date): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  for (const entry of entries)
    zip.addReadStreamLazy(entry.name, { mtime: modified }, (give) => {
      Promise.resolve(entry.open()).then(
        (stream) => {
          stream.on('error', (error) => output.destroy(error));
          give(null, stream);
        },
        (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    });
  zip.end();
  return output;
}
