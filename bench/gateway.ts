// What the gateway costs: the same answers straight from a model's endpoint and through the gateway, in turns.
// npm run bench:gateway [-- --calls 300 --streams 20 --chunkings 1000]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { request } from 'undici';
import { seededRandom } from '../src/core/random.ts';
import { completionOf, eventsOf, sendJson, startScriptedUpstream } from '../tests/fakes/scripted-upstream.ts';
import { writeResult } from './machine.ts';
import { BENCH_KEY, startRedoubt } from './process.ts';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '300' },
    streams: { type: 'string', default: '20' },
    chunkings: { type: 'string', default: '1000' },
  },
});

const SECRET = 'OTTER-4417-LANTERN';
/** Said where the guard ended an answer before any of it had left. */
const SENTENCE = 'Stopped.';
const TOKEN_MS = 20;
/** issue: what span detectors may add to the first token, and how many characters a token of delay is, at p95. */
const FIRST_TOKEN_BUDGET_MS = 30;
const TOKENS_OF_DELAY = 1;

const spanPolicy = `id: spans
targets: [user, assistant]
override_response: ${SENTENCE}
rules:
  - { detector: contains, action: block, reference: ["${SECRET}"] }
  - { detector: pii, action: redact }
  - { detector: secrets, action: block }
`;

const prose =
  'The museum opens at nine and closes at six. A boat goes down the river twice a day, and the bridge is lit at night. ' +
  'Visitors may bring lunch; there are tables in the garden. Ask at the gate for the guide, who speaks of the old mill.';
const tokens = (prose.match(/\s*\S{1,6}/gu) ?? []).map((content) => ({ content }));

const home = mkdtempSync(join(tmpdir(), 'redoubt-bench-gateway-'));
const upstream = await startScriptedUpstream();
mkdirSync(join(home, 'data', 'policies'), { recursive: true });
writeFileSync(join(home, 'data', 'policies', 'spans.yaml'), spanPolicy);
writeFileSync(join(home, 'redoubt.yaml'), `models:\n  scripted: { base_url: "${upstream.url}" }\n`);
const server = startRedoubt(['serve', '--port', '0', '--data', join(home, 'data')], home);
const [, origin] = await server.says(/listens at (\S+)/);

interface Way {
  readonly name: string;
  readonly url: string;
}
const ways: readonly Way[] = [
  { name: 'straight', url: `${upstream.url}/chat/completions` },
  { name: 'gateway', url: `${origin}/gateway/v1/chat/completions` },
];

const send = (url: string, stream: boolean) =>
  request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${BENCH_KEY}`,
      'x-redoubt-policies': 'spans',
    },
    body: JSON.stringify({ model: 'scripted', stream, messages: [{ role: 'user', content: 'When is it open?' }] }),
  });

const quantile = (numbers: readonly number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(share * numbers.length))] ?? 0;
const rounded = (value: number): number => Math.round(value * 100) / 100;

async function wholeCall(url: string): Promise<number> {
  const begun = performance.now();
  const { body, statusCode } = await send(url, false);
  await body.text();
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
  return performance.now() - begun;
}

interface Streamed {
  readonly firstMs: number;
  /** Characters that had left the model's endpoint and not arrived here, at each event. */
  readonly behind: readonly number[];
  readonly text: string;
}

let written = 0;
/** Writes events at the pace given; 0: all at once. */
async function pacedEvents(response: ServerResponse, events: readonly string[], everyMs: number): Promise<void> {
  written = 0;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  for (const [index, event] of events.entries()) {
    if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, everyMs));
    written += tokens[index - 1]?.content.length ?? 0;
    response.write(event);
  }
  response.end();
}

async function streamCall(url: string): Promise<Streamed> {
  const begun = performance.now();
  const { body } = await send(url, true);
  const behind: number[] = [];
  let firstMs = 0;
  let open = '';
  let text = '';
  for await (const chunk of body) {
    open += String(chunk);
    const events = open.split('\n\n');
    open = events.pop() ?? '';
    for (const event of events) {
      const content = /"content":("(?:[^"\\]|\\.)*")/.exec(event)?.[1];
      if (content === undefined) continue;
      if (text === '') firstMs = performance.now() - begun;
      text += JSON.parse(content) as string;
      behind.push(written - text.length);
    }
  }
  return { firstMs, behind, text };
}

const streamsOf = async (way: Way, everyMs: number): Promise<Streamed> => {
  upstream.answer = (_call, response) => pacedEvents(response, eventsOf(tokens), everyMs);
  return streamCall(way.url);
};

async function leaks(): Promise<number> {
  let leaked = 0;
  const gateway = ways[1]!;
  for (let seed = 0; seed < Number(values.chunkings); seed++) {
    const random = seededRandom('chunking', seed);
    const at = random.below(prose.length);
    const whole = `${prose.slice(0, at)} ${SECRET} ${prose.slice(at)}`;
    const deltas: object[] = [];
    for (let from = 0; from < whole.length; ) {
      const length = 1 + random.below(12);
      deltas.push({ content: whole.slice(from, from + length) });
      from += length;
    }
    upstream.answer = (_call, response) => pacedEvents(response, eventsOf(deltas), 0);
    const { text } = await streamCall(gateway.url);
    if (text !== SENTENCE && !`${prose.slice(0, at)} `.startsWith(text)) leaked += 1;
  }
  return leaked;
}

async function inTurns<Value>(times: number, work: (way: Way) => Promise<Value>): Promise<Record<string, Value[]>> {
  const found: Record<string, Value[]> = Object.fromEntries(ways.map(({ name }) => [name, []]));
  for (let time = 0; time < times; time++) for (const way of ways) found[way.name]!.push(await work(way));
  return found;
}

async function measure(): Promise<boolean> {
  const calls = Number(values.calls);
  upstream.answer = (_call, response) => sendJson(response, 200, completionOf({ content: prose }));
  await inTurns(30, ({ url }) => wholeCall(url));
  const whole = await inTurns(calls, ({ url }) => wholeCall(url));
  const streams = Number(values.streams);
  const paced = await inTurns(streams, (way) => streamsOf(way, TOKEN_MS));
  const unthrottled = await inTurns(streams, (way) => streamsOf(way, 0));
  const table = new Table({ head: ['', 'n', 'straight p50 / p99 ms', 'gateway p50 / p99 ms', 'added at p50'] });
  const line = (name: string, n: number, byWay: Record<string, number[]>): number => {
    const [straight, gateway] = [byWay.straight!, byWay.gateway!];
    const added = quantile(gateway, 0.5) - quantile(straight, 0.5);
    const shown = [straight, gateway].map(
      (each) => `${rounded(quantile(each, 0.5))} / ${rounded(quantile(each, 0.99))}`,
    );
    table.push([name, n, ...shown, rounded(added)]);
    return rounded(added);
  };
  const firsts = (of: Record<string, Streamed[]>): Record<string, number[]> =>
    Object.fromEntries(Object.entries(of).map(([name, all]) => [name, all.map(({ firstMs }) => firstMs)]));
  const added = {
    wholeMs: line('whole answer', calls, whole),
    firstTokenPacedMs: line('first token, 50 tokens/s', streams, firsts(paced)),
    firstTokenUnthrottledMs: line('first token, unthrottled', streams, firsts(unthrottled)),
  };
  const longestToken = Math.max(...tokens.map(({ content }) => content.length));
  const behind = quantile(
    paced.gateway!.flatMap((each) => each.behind),
    0.95,
  );
  const isWhole = [...paced.gateway!, ...unthrottled.gateway!].every(({ text }) => text === prose);
  const leaked = await leaks();
  console.log(table.toString());
  console.log(
    `Behind the model at p95: ${behind} characters (a token has up to ${longestToken}); clean text whole: ${isWhole}`,
  );
  console.log(
    `A planted secret in ${values.chunkings} random chunkings: ${leaked} where anything beyond the text before it left.`,
  );
  console.log(
    `Written to ${writeResult('gateway', { calls, streams, added, behindP95: behind, chunkings: Number(values.chunkings), leaked })}`,
  );
  const isPrompt = Math.max(added.firstTokenPacedMs, added.firstTokenUnthrottledMs) <= FIRST_TOKEN_BUDGET_MS;
  return isPrompt && isWhole && leaked === 0 && behind <= longestToken * TOKENS_OF_DELAY;
}

try {
  if (!(await measure())) process.exitCode = 1;
} finally {
  await server.stop();
  await upstream.close();
  rmSync(home, { recursive: true, force: true });
}
