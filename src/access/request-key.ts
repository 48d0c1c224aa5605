// Where a request of our own interfaces carries its key.
import type { IncomingHttpHeaders } from 'node:http';
import { RedoubtError } from '../core/errors.ts';

/** `Authorization: Bearer KEY`, or `X-API-Key: KEY`. Throws MISSING_KEY. */
export function keyIn(headers: IncomingHttpHeaders): string {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const given = bearer ?? headers['x-api-key'];
  if (typeof given !== 'string' || given === '') throw new RedoubtError('MISSING_KEY', { field: 'Authorization' });
  return given;
}
