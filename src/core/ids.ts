// Ids: UUIDv7 (RFC 9562), so that they sort by the time they were made.
import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const ID_BYTES = 16;
/** Where the library takes its counter from. */
const COUNTER_AT = 6;

// Random bytes are drawn in blocks: a draw for each id would cost more than all the rest of it.
const pool = new DataView(new ArrayBuffer(ID_BYTES * 256));
let used = pool.byteLength;
let msecs = 0;
let seq = 0;

export function newId(): string {
  if (used === pool.byteLength) {
    randomFillSync(pool);
    used = 0;
  }
  const random = new Uint8Array(pool.buffer, used, ID_BYTES);
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    seq = pool.getUint32(used + COUNTER_AT) >>> 1;
  } else {
    // Within a millisecond, and while the clock stands back, a counter of 32 bits keeps the order.
    seq = (seq + 1) | 0;
    if (seq === 0) msecs += 1;
  }
  used += ID_BYTES;
  return v7({ random, msecs, seq });
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the text has the form of a UUID, of whatever version. */
export const isUuid = (text: string): boolean => uuid.test(text);

/** A scan's id without the "scan-" that it carries in VirtueRed's answers. */
export const bareId = (id: string): string => id.replace(/^scan-/, '');
