// How long the guard takes: detectors in this process by length of text, and /v1/eval over HTTP beside a bare echo of
// the same framework, both measured in the same run. CPU is that of the server alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { Pool } from 'undici';
import { systemClock } from '../src/core/clock.ts';
import { evaluate } from '../src/guard/evaluate.ts';
import type { GuardMessage } from '../src/guard/message.ts';
import { type OpenPolicy, openPolicy, ownWords } from '../src/guard/open-policy.ts';
import { policySchema } from '../src/guard/policy.ts';
import { writeResult } from './machine.ts';
import { BENCH_KEY } from './process.ts';

const paragraph =
  'Please look through the quarterly report before Friday, call the team in room 12 about the plan for the next release, and write down what is still open. ';
const textOf = (length: number): string => paragraph.repeat(Math.ceil(length / paragraph.length)).slice(0, length);

export interface Latency {
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export function latencyOf(times: readonly number[]): Latency {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { p50: at(0.5), p99: at(0.99) };
}

export interface InProcess extends Latency {
  readonly detector: string;
  readonly characters: number;
  /** Milliseconds of CPU a text. */
  readonly cpu: number;
}

/** One detector over one message, with all forms of the text read, `rounds` times after warming up. */
export async function inProcessLatency(
  detector: string,
  text: string,
  rounds: number,
  reference?: unknown,
): Promise<InProcess> {
  const policy = await openPolicy(
    policySchema.parse({ id: 'bench', rules: [{ detector, ...(reference === undefined ? {} : { reference }) }] }),
    { judge: null },
    ownWords(''),
  );
  const messages: GuardMessage[] = [{ role: 'user', content: text }];
  const ask = (checks: OpenPolicy['checks']) =>
    evaluate(checks, messages, { clock: systemClock, session: null, failFast: false });
  for (let round = 0; round < rounds / 4; round++) await ask(policy.checks);
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    await ask(policy.checks);
    times.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(before);
  return { detector, characters: text.length, cpu: (user + system) / 1000 / rounds, ...latencyOf(times) };
}

interface OverHttp extends Latency {
  /** Milliseconds of the server's CPU a request. */
  readonly cpu: number;
  readonly requests: number;
}

interface Server {
  readonly ask: () => Promise<void>;
  /** Milliseconds of CPU that its process has used. */
  readonly cpu: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Starts a server in a process of its own, asked over one connection. */
async function startServer(kind: 'guard' | 'echo', body: unknown): Promise<Server> {
  const script = fileURLToPath(new URL('./guard-server.ts', import.meta.url));
  const child = spawn(process.execPath, [script, kind], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const nextLine = async (): Promise<string> => ((await once(lines, 'line')) as [string])[0];
  const pool = new Pool(await nextLine(), { connections: 1 });
  const text = JSON.stringify(body);
  return {
    async ask() {
      const headers = { authorization: `Bearer ${BENCH_KEY}`, 'content-type': 'application/json' };
      const reply = await pool.request({ path: '/v1/eval', method: 'POST', headers, body: text });
      const said = await reply.body.text();
      if (reply.statusCode !== 200) throw new Error(`${kind} answered ${reply.statusCode}: ${said.slice(0, 200)}`);
    },
    async cpu() {
      const line = nextLine();
      child.stdin.write('\n');
      return Number(await line);
    },
    async close() {
      await pool.close();
      child.stdin.end();
      await once(child, 'close');
    },
  };
}

interface Turn {
  readonly times: readonly number[];
  /** Milliseconds of CPU a request. */
  readonly cpu: number;
}

async function takeTurn(server: Server, requests: number): Promise<Turn> {
  const before = await server.cpu();
  const times: number[] = [];
  for (let request = 0; request < requests; request++) {
    const begun = performance.now();
    await server.ask();
    times.push(performance.now() - begun);
  }
  return { times, cpu: ((await server.cpu()) - before) / requests };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const summed = (turns: readonly Turn[]): OverHttp => {
  const times = turns.flatMap((turn) => turn.times);
  return { requests: times.length, cpu: meanOf(turns.map(({ cpu }) => cpu)), ...latencyOf(times) };
};

interface Beside {
  readonly echo: OverHttp;
  readonly guard: OverHttp;
  /** CPU of the guard above the echo a request, in milliseconds, of each pair of turns; ascending. */
  readonly above: readonly number[];
}

/** Asks the guard and a bare echo in turns, so that whatever else the machine does falls on both. */
async function besideEcho(body: unknown, turns: number, requests: number): Promise<Beside> {
  const [echo, guard] = [await startServer('echo', body), await startServer('guard', body)];
  for (const server of [echo, guard]) await takeTurn(server, WARM_UP_REQUESTS);
  const echoTurns: Turn[] = [];
  const guardTurns: Turn[] = [];
  for (let turn = 0; turn < turns; turn++) {
    echoTurns.push(await takeTurn(echo, requests));
    guardTurns.push(await takeTurn(guard, requests));
  }
  await Promise.all([echo.close(), guard.close()]);
  const above = guardTurns.map(({ cpu }, turn) => cpu - echoTurns[turn]!.cpu).sort((a, b) => a - b);
  return { echo: summed(echoTurns), guard: summed(guardTurns), above };
}

/** A server runs for days: what the compiler does to code that is new to it is not measured. */
const WARM_UP_REQUESTS = 4000;
/** Short turns, and many: what else the machine does falls on both of a pair. */
const PAIRS = 41;
const REQUESTS_A_TURN = 250;

const lengths = [200, 8 * 1024, 64 * 1024];
const ruleDetectors: readonly (readonly [string, unknown?])[] = [
  ['pii'],
  ['secrets'],
  ['contains', ['an absent phrase', 'another one']],
  ['regex', ['\\b\\d{3}-\\d{2}-\\d{4}\\b']],
  ['invisible-text'],
  ['urls'],
  ['system-prompt-leak'],
  ['tool-poisoning'],
];

/** `/v1/eval` with rules only, on 200 characters: what design.md's budget speaks of. */
export const rulesOnlyBody = {
  messages: [{ role: 'user', content: textOf(200) }],
  enabled_policies: ['secrets', 'hidden-text', 'personal-data'],
};

const shown = (ms: number): string => ms.toFixed(ms < 1 ? 4 : 2);

async function main(): Promise<void> {
  const inProcess: InProcess[] = [];
  for (const [detector, reference] of ruleDetectors)
    for (const length of lengths)
      inProcess.push(await inProcessLatency(detector, textOf(length), length > 10_000 ? 40 : 400, reference));
  const table = new Table({
    head: ['Detector', 'Characters', 'p50 ms', 'p99 ms', 'CPU ms'],
    style: { head: [], border: [] },
  });
  for (const row of inProcess)
    table.push([row.detector, row.characters, shown(row.p50), shown(row.p99), shown(row.cpu)]);
  console.log(table.toString());
  const { echo, guard, above } = await besideEcho(rulesOnlyBody, PAIRS, REQUESTS_A_TURN);
  const http = new Table({
    head: ['/v1/eval, 200 characters', 'p50 ms', 'p99 ms', 'Server CPU ms'],
    style: { head: [], border: [] },
  });
  for (const [name, row] of Object.entries({ 'bare echo': echo, 'guard, rules only': guard }))
    http.push([name, shown(row.p50), shown(row.p99), shown(row.cpu)]);
  console.log(http.toString());
  const middle = above[Math.floor(above.length / 2)]!;
  console.log(
    `Guard above echo: ${shown(middle)} ms of CPU a request (budget 0.1), median of ${above.length} pairs of turns of ` +
      `${REQUESTS_A_TURN} requests (${shown(above[0]!)} to ${shown(above.at(-1)!)}).`,
  );
  console.log(writeResult('guard-latency', { inProcess, http: { echo, guard, above } }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
