// What happens in a scan, as server-sent events: how far it is, and its latest tests. Read from the database, so that it
// does not matter which thread or process works on the scan.
import { Readable } from 'node:stream';
import { z } from 'zod';
import { bareId } from '../core/ids.ts';
import { isActive } from '../core/scan-status.ts';
import { followTests, type TestFollower } from '../scan/follow-tests.ts';
import { progressOf } from '../scan/progress.ts';
import { specOf } from '../scan/spec.ts';
import { callCountersOf } from '../store/call-counters.ts';
import { helperCallsOf } from '../store/helper-calls.ts';
import { countersOf, testsByNumber } from '../store/results.ts';
import { findScan } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import { problemSchema } from './problem.ts';
import { type ApiServices, callerOfRequest, type Resource } from './resource.ts';
import { callsAnswer, type paceSchema, scanParams, spentAnswer } from './scan-answer.ts';
import { testAnswers } from './test-answer.ts';

const LOOK_EVERY_MS = 1_000;
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 2_000;
const PACE_WINDOW_MS = 60_000;
/** Of one look: a reader follows no more. */
const MOST_TESTS = 20;
/** Last event id of a scan that has ended: who comes again with it is told that there is nothing more. */
const ENDED = 'end';

const event = (name: string, id: string, data: unknown): string =>
  `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

type Pace = z.infer<typeof paceSchema>;

/** Calls a minute over the last minute of following. */
function createPaceMeter(clock: ApiServices['clock']): (calls: number) => Omit<Pace, 'qpm'> {
  let seen: { readonly at: number; readonly calls: number }[] = [];
  return (calls) => {
    const now = clock.monotonic();
    seen = [...seen.filter(({ at }) => now - at <= PACE_WINDOW_MS), { at: now, calls }];
    const first = seen[0]!;
    const ms = now - first.at;
    return { calls_per_minute: ms === 0 ? null : ((calls - first.calls) * 60_000) / ms, window_seconds: ms / 1000 };
  };
}

async function progressEvent({ store, clock }: ApiServices, scan: ScanRow, meter: ReturnType<typeof createPaceMeter>) {
  const progress = progressOf(scan, await countersOf(store, [scan.id]), clock.now());
  const callRows = await callCountersOf(store, scan.id);
  const calls = callsAnswer(callRows);
  return {
    scan_id: scan.id,
    status: scan.status,
    reason: scan.reason,
    planned: scan.planned,
    done: progress.done,
    decided: progress.decided,
    outcomes: progress.byOutcome,
    percentage: Math.min(100, progress.percentage),
    remaining_seconds: progress.remainingSeconds,
    calls,
    spent: spentAnswer(scan, callRows, await helperCallsOf(store, scan.id)),
    pace: { ...meter(calls.total), qpm: specOf(scan).target.qpm },
  };
}

async function testEvents({ store }: ApiServices, scan: ScanRow, follower: TestFollower): Promise<string[]> {
  const rows = await testsByNumber(store, scan.id, [...(await follower.look())]);
  const answer = testAnswers(specOf(scan));
  return rows.map((row) => event('test', follower.place(), answer(row)));
}

/** What there is to say: news, or after a while without any a sign of life. Empty where it was said already. */
function createSpeaker(
  clock: ApiServices['clock'],
): (tests: readonly string[], progress: object, id: string) => string {
  let told = '';
  let spokeAt = clock.monotonic();
  return (tests, progress, id) => {
    const { pace: _, remaining_seconds: __, spent: ___, ...facts } = progress as Record<string, unknown>;
    const isNews = JSON.stringify(facts) !== told || tests.length > 0;
    const isSilent = clock.monotonic() - spokeAt >= HEARTBEAT_MS;
    if (!isNews && !isSilent) return '';
    told = JSON.stringify(facts);
    spokeAt = clock.monotonic();
    return isNews ? `${tests.join('')}${event('progress', id, progress)}` : ': still here\n\n';
  };
}

const hasEnded = ({ status }: ScanRow): boolean => !isActive(status) && status !== 'Paused';

async function* eventsOf(
  services: ApiServices,
  followed: ScanRow,
  lastEventId: string | undefined,
  stop: AbortSignal,
): AsyncGenerator<string> {
  const { store, clock } = services;
  const meter = createPaceMeter(clock);
  const say = createSpeaker(clock);
  const isDrawn = specOf(followed).bounds !== undefined;
  const follower = await followTests(store, { id: followed.id, isDrawn }, MOST_TESTS, lastEventId);
  yield `retry: ${RECONNECT_MS}\n\n`;
  while (!stop.aborted) {
    const scan = await findScan(store, followed.id);
    if (scan === undefined) return;
    const tests = await testEvents(services, scan, follower);
    const said = say(tests, await progressEvent(services, scan, meter), follower.place());
    if (said !== '') yield said;
    if (hasEnded(scan)) {
      yield event('end', ENDED, { scan_id: scan.id, status: scan.status, reason: scan.reason });
      return;
    }
    await clock.sleep(LOOK_EVERY_MS, stop);
  }
}

export const events: Resource = {
  register(app, services) {
    const schema = {
      summary: 'What happens in a scan, as server-sent events',
      description:
        'Events: `progress` (how far it is, its calls and pace), `test` (each of the latest tests as in the list of tests), `end` (the status it ended in; then the stream ends). A paused scan keeps the stream open. `Last-Event-ID` takes it up where it was.',
      operationId: 'followScan',
      tags: ['scans'],
      params: scanParams,
      headers: z.object({ 'last-event-id': z.string().max(10_000).optional() }),
      response: {
        200: {
          description: 'Events',
          content: { 'text/event-stream': { schema: z.any().describe('Server-sent events') } },
        },
        204: z.null().describe('It has ended, and you were told so'),
        404: problemSchema,
      },
    };
    app.get('/scans/:scan_id/events', { config: { scope: 'read' }, schema }, async (request, reply) => {
      const { scan_id } = request.params;
      const scan = await services.scans.get(callerOfRequest(request).projectId, bareId(scan_id), scan_id);
      const lastEventId = request.headers['last-event-id'];
      if (hasEnded(scan) && lastEventId === ENDED) return reply.status(204).send(null);
      const stop = new AbortController();
      const stream = Readable.from(eventsOf(services, scan, lastEventId, stop.signal));
      stream.once('close', () => stop.abort());
      return reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(stream as never);
    });
  },
};
