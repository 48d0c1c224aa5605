// Headers that a caller wants sent to a target, as every border takes them.
import { z } from 'zod';

const MOST_HEADERS = 32;
const MOST_HEADER_BYTES = 8 * 1024;
const forbiddenHeaders = new Set(['host', 'content-length', 'transfer-encoding']);

export const extraHeadersSchema = z
  .record(
    z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not a header name'),
    z
      .string()
      .regex(/^[^\r\n\0]*$/, 'must not contain line breaks')
      .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'holds a character that no header can carry'),
  )
  .refine((headers) => Object.keys(headers).length <= MOST_HEADERS, `must hold at most ${MOST_HEADERS} headers`)
  .refine((headers) => Buffer.byteLength(JSON.stringify(headers)) <= MOST_HEADER_BYTES, 'must hold at most 8 KB')
  .refine(
    (headers) => !Object.keys(headers).some((header) => forbiddenHeaders.has(header.toLowerCase())),
    'must not hold Host, Content-Length or Transfer-Encoding',
  );

/** Authorization comes from the key, unless there is none. */
export const mayCarry = (headers: Readonly<Record<string, string>>, apiKey: string | null): boolean =>
  apiKey === null || apiKey === '' || !Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
