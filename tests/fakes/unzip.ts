// Reads a ZIP archive by its central directory (APPNOTE 4.3), as tests need it: stored and deflated files, no ZIP64.
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const DEFLATED = 8;

function contentAt(archive: Buffer, header: number, method: number, size: number): Buffer {
  const start = header + LOCAL_HEADER_BYTES + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const packed = archive.subarray(start, start + size);
  return method === DEFLATED ? inflateRawSync(packed) : packed;
}

/** The files of an archive by name, in its order. Throws where it is no archive. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  let end = archive.length - END_BYTES;
  while (end >= 0 && archive.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error('This is no ZIP archive.');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let entry = 0; entry < archive.readUInt16LE(end + 10); entry++) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength);
    const method = archive.readUInt16LE(at + 10);
    files.set(name, contentAt(archive, archive.readUInt32LE(at + 42), method, archive.readUInt32LE(at + 20)));
    at += ENTRY_BYTES + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}
