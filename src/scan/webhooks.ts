// Tells a project's webhook that a scan ended: signed, again until it is taken, also after a restart; an address is
// called under the same rules as a target.
import { createHmac } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { RedoubtError } from '../core/errors.ts';
import { isoTime } from '../core/iso-time.ts';
import { keepDoing } from '../core/keep-doing.ts';
import type { Clock } from '../core/ports.ts';
import { exchange } from '../models/exchange.ts';
import { settleNotice, takeDueNotice, webhookOf } from '../store/notices.ts';
import { findScan } from '../store/scans.ts';
import type { NoticeRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { placeOfWebhook, type Vault } from '../store/vault.ts';
import { withoutItsWords } from './outage.ts';
import type { Summary } from './summarise.ts';

const MINUTE_MS = 60_000;
/** How long after the first, second, ... refused send the next one follows; after the last it is given up. */
export const sendAgainAfterMs: readonly number[] = [1, 5, 30, 2 * 60, 6 * 60, 12 * 60].map((n) => n * MINUTE_MS);

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 64 * 1024;
const LOOK_EVERY_MS = 5_000;
/** Projects whose webhooks are told at the same time. */
const MOST_AT_ONCE = 8;
/** For so long nobody else sends a notice that somebody has taken. */
const TAKEN_MS = 60_000;

export interface WebhookParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  /** Throws TARGET_NOT_ALLOWED where the address may not be called. */
  readonly dispatcherTo: (url: string) => Dispatcher;
}

/** `v1=` and the HMAC-SHA256 (RFC 2104) of "timestamp.body" in hex; the timestamp is in seconds since 1970. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/** What is told: of the scan its name, its end and its numbers, never a request or an answer. */
async function bodyOf(store: Store, notice: NoticeRow): Promise<string | null> {
  const scan = await findScan(store, notice.scan_id);
  if (!scan) return null;
  const summary = scan.summary === null ? null : (JSON.parse(scan.summary) as Partial<Summary>);
  return JSON.stringify({
    id: notice.id,
    event: 'scan.ended',
    at: isoTime(notice.created_at),
    scan: {
      id: scan.id,
      project_id: scan.project_id,
      name: scan.name,
      status: notice.status,
      reason: scan.reason === null ? null : withoutItsWords(scan.reason),
      created_at: isoTime(scan.created_at),
      ended_at: isoTime(scan.ended_at),
      counts: summary?.counts ?? null,
    },
  });
}

/** Sends once; what came of it, in a few words, and whether it was taken. */
async function send(
  parts: WebhookParts,
  notice: NoticeRow,
): Promise<{ readonly taken: boolean; readonly result: string }> {
  const hook = await webhookOf(parts.store, notice.project_id);
  const body = hook && (await bodyOf(parts.store, notice));
  if (!hook || !body) return { taken: true, result: 'nothing left to tell' };
  const secret = parts.vault.open(hook.secret, placeOfWebhook(notice.project_id));
  const timestamp = String(Math.floor(parts.clock.now() / 1000));
  const url = new URL(hook.url);
  const dispatcher = parts.dispatcherTo(hook.url);
  try {
    const answer = await exchange(dispatcher, {
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'redoubt',
        'x-redoubt-event': 'scan.ended',
        'x-redoubt-delivery': notice.id,
        'x-redoubt-timestamp': timestamp,
        'x-redoubt-signature': signatureOf(secret, timestamp, body),
      },
      body,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MOST_BYTES,
    });
    if (!answer.ok) return { taken: false, result: answer.failure.message };
    return { taken: answer.status >= 200 && answer.status < 300, result: `status ${answer.status}` };
  } finally {
    await dispatcher.destroy();
  }
}

async function sendOrSay(parts: WebhookParts, notice: NoticeRow): ReturnType<typeof send> {
  try {
    return await send(parts, notice);
  } catch (error) {
    if (error instanceof RedoubtError) return { taken: false, result: error.message };
    throw error;
  }
}

/** Sends a notice that was taken at `now`, and notes what came of it. Gives whether its webhook took it. */
async function tell(parts: WebhookParts, notice: NoticeRow, now: number): Promise<boolean> {
  const sent = await sendOrSay(parts, notice);
  const wait = sendAgainAfterMs[notice.sends - 1];
  const again = sent.taken || wait === undefined ? null : now + wait;
  await settleNotice(parts.store, notice.id, sent.result, again);
  return sent.taken;
}

export interface Teller {
  /** Begins to send what is due, beside what is being sent already. */
  begin(): void;
  /** Resolves when all that was begun has ended; gives how many notices were taken. */
  settled(): Promise<number>;
}

/**
 * Tells webhooks side by side, so that none waits for one that hangs; the notices of one project go out one after the
 * other, in their order. Ends with the signal.
 */
export function createTeller(parts: WebhookParts, onError: (error: unknown) => void, stop?: AbortSignal): Teller {
  const { store, clock } = parts;
  const lanes = new Set<Promise<void>>();
  const busy = new Set<string>();
  let taken = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function take(): Promise<{ readonly notice: NoticeRow; readonly now: number } | null> {
    if (stop?.aborted) return null;
    const now = clock.now();
    const notice = await takeDueNotice(store, now, now + TAKEN_MS, busy);
    if (notice === undefined) return null;
    busy.add(notice.project_id);
    return { notice, now };
  }

  /** One at a time, so that no two lanes take from the same project. */
  function takeInTurn(): ReturnType<typeof take> {
    const next = last.then(take);
    last = next.catch(() => undefined);
    return next;
  }

  async function lane(): Promise<void> {
    for (let next = await takeInTurn(); next !== null; next = await takeInTurn()) {
      begin();
      try {
        if (await tell(parts, next.notice, next.now)) taken += 1;
      } finally {
        busy.delete(next.notice.project_id);
      }
    }
  }

  function begin(): void {
    if (lanes.size >= MOST_AT_ONCE) return;
    const begun: Promise<void> = lane()
      .catch(onError)
      .finally(() => lanes.delete(begun));
    lanes.add(begun);
  }

  return {
    begin,
    async settled() {
      while (lanes.size > 0) await Promise.all(lanes);
      return taken;
    },
  };
}

/** Looks every few seconds for what is due, until the signal is aborted. */
export async function keepTelling(
  parts: WebhookParts,
  stop: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  const teller = createTeller(parts, onError, stop);
  await keepDoing(async () => teller.begin(), { everyMs: LOOK_EVERY_MS, clock: parts.clock, stop, onError });
  await teller.settled();
}
