// Targets that answer what is no answer: every such test is inconclusive, with a sentence, never a pass or a breach.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type BrokenAnswer,
  type BrokenTarget,
  chunked,
  completion,
  promising,
  startBrokenTarget,
  whole,
} from './fakes/broken-target.ts';
import { openWorkplace, type Workplace } from './fakes/scan-here.ts';

const TESTS = 6;
const TIME_LIMIT_MS = 400;
const REFUSAL = "I'm sorry, but I can't help with that.";

let place: Workplace;
let target: BrokenTarget | null = null;

beforeAll(async () => {
  place = await openWorkplace();
  await place.startWorker();
});
afterEach(async () => {
  await target?.close();
  target = null;
});
afterAll(() => place.close());

const page = '<!doctype html><html><body><h1>Sign in</h1><p>I cannot help with that.</p></body></html>';
const answer = completion(REFUSAL);
const event = (text: string): string => `data: ${JSON.stringify({ choices: [{ delta: { content: text } }] })}\n\n`;

/** Says what it has to say and closes the connection. */
const thenClose =
  (bytes: string): BrokenAnswer =>
  (socket) =>
    socket.end(bytes);
const andStay =
  (bytes: string): BrokenAnswer =>
  (socket) =>
    socket.write(bytes);

/** What it answers; the reason of each test; what its sentence says. The text of a refusal is in many of them. */
const brokenAnswers: readonly (readonly [string, BrokenAnswer, string, RegExp])[] = [
  ['a web page', andStay(whole(page, 'text/html')), 'unparseable', /web page, not JSON/],
  ['half a JSON', andStay(whole(answer.slice(0, -20))), 'unparseable', /broken JSON/],
  ['JSON that is no completion', andStay(whole('{"ok":true}')), 'unparseable', /no chat completion/],
  ['null', andStay(whole('null')), 'unparseable', /no chat completion/],
  ['an empty body', andStay(whole('')), 'unparseable', /broken JSON/],
  ['a completion without choices', andStay(whole('{"choices":[]}')), 'empty', /without choices/],
  ['a body that is cut', thenClose(promising(5_000, answer)), 'cut', /closed the connection in the middle/],
  ['chunks that are cut', thenClose(chunked([answer], 'application/json')), 'cut', /in the middle of its answer/],
  [
    'chunks that stop',
    andStay(chunked([answer], 'application/json')),
    'timeout',
    /longer than its time limit of 0\.4 s/,
  ],
  ['a stream of events that stops', andStay(chunked([event(REFUSAL)], 'text/event-stream')), 'timeout', /time limit/],
  ['a stream of events that is cut', thenClose(chunked([event(REFUSAL)], 'text/event-stream')), 'cut', /in the middle/],
  ['10 MB', andStay(whole(completion('a'.repeat(10_000_000)))), 'target_error', /larger than 4\.2 MB/],
  ['nothing but headers', andStay(promising(5_000, '')), 'timeout', /longer than its time limit/],
  [
    'headers without an end',
    andStay(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}`),
    'target_error',
    /headers .* larger/,
  ],
  ['nothing at all', andStay(''), 'timeout', /longer than its time limit/],
  ['by hanging up', thenClose(''), 'target_error', /closed the connection without an answer/],
  ['what is not HTTP', andStay('SSH-2.0-OpenSSH_9.6\r\n'), 'unparseable', /not HTTP/],
];

describe('a target that answers', () => {
  it.each(brokenAnswers)('%s: every test is inconclusive and says why', async (_, broken, reason, sentence) => {
    target = await startBrokenTarget(broken);
    const { id } = await place.start(target.url, TESTS, { timeoutMs: TIME_LIMIT_MS });
    const ended = await place.end(id);
    expect(['Finished', 'Failed']).toContain(ended.status);
    if (ended.status === 'Failed')
      expect(ended.reason).toMatch(/^The target answered none of the calls\. The last one: /);
    expect(ended.byOutcome).toMatchObject({ inconclusive: TESTS, breached: 0, partial: 0, defended: 0, refused: 0 });
    const lines = await place.results(id);
    expect(lines.map((line) => line.reason)).toEqual(Array(TESTS).fill(reason));
    for (const line of lines) {
      expect(line).toMatchObject({ outcome: 'inconclusive', score: null, answer: null });
      expect(line.failure).toMatch(sentence);
    }
    expect(place.errors).toEqual([]);
  });

  it('every other time well: those answers count, the others do not', async () => {
    target = await startBrokenTarget((socket, number) => {
      if (number % 2 === 0) socket.write(whole(answer));
      else socket.end(promising(5_000, answer));
    });
    const { id } = await place.start(target.url, TESTS, { concurrency: 1 });
    const ended = await place.end(id);
    expect(ended.status).toBe('Finished');
    expect(ended).toMatchObject({
      done: TESTS,
      decided: TESTS / 2,
      byOutcome: { inconclusive: TESTS / 2, refused: TESTS / 2 },
    });
  });

  it('badly at first and well when asked again at once: no test is lost to it', async () => {
    target = await startBrokenTarget((socket, number) => {
      if (number % 2 === 1) socket.write(whole(page, 'text/html'));
      else socket.write(whole(answer));
    });
    const { id } = await place.start(target.url, TESTS, { callsPerTry: 2, concurrency: 1 });
    const ended = await place.end(id);
    expect(ended).toMatchObject({ status: 'Finished', decided: TESTS, byOutcome: { inconclusive: 0 } });
    expect(target.requests()).toBe(2 * TESTS);
  });

  it('nothing until the scan is resumed: the tests without an answer are asked again', async () => {
    let isWell = false;
    target = await startBrokenTarget((socket) => {
      if (isWell) socket.write(whole(answer));
      else socket.end();
    });
    const { id } = await place.start(target.url, TESTS);
    expect((await place.end(id)).status).toBe('Failed');
    isWell = true;
    await place.redoubt.scans.retry('default', id);
    expect(await place.end(id)).toMatchObject({ status: 'Finished', decided: TESTS, byOutcome: { inconclusive: 0 } });
  });
});

describe('an HTTP application that answers', () => {
  const template = (url: string): string => `{"url": "${url}", "method": "POST", "body": {"question": "{{prompt}}"}}`;
  const stream = 'data: {"text":"I cannot"}\n\n';

  it.each([
    ['a stream that stops', andStay(chunked([stream], 'text/event-stream')), 'timeout'],
    ['a stream that is cut', thenClose(chunked([stream], 'text/event-stream')), 'cut'],
    ['half a JSON', andStay(whole('{"answer": "I cannot help')), 'unparseable'],
    ['10 MB', andStay(whole('a'.repeat(10_000_000), 'text/plain')), 'target_error'],
    ['nothing but headers', andStay(promising(100, '')), 'timeout'],
  ] as const)('%s: every test is inconclusive', async (_, broken, reason) => {
    target = await startBrokenTarget(broken);
    const { id } = await place.start(target.url, TESTS, { timeoutMs: TIME_LIMIT_MS }, template(target.url));
    const ended = await place.end(id);
    expect(ended.byOutcome).toMatchObject({ inconclusive: TESTS, breached: 0, defended: 0, refused: 0 });
    expect((await place.results(id)).map((line) => line.reason)).toEqual(Array(TESTS).fill(reason));
  });
});
