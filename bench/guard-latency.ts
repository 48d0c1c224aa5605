// How long the guard takes: detectors in this process by length of text, and /v1/eval over HTTP beside a bare echo of
// the same framework, both measured in the same run: with rules only, and with prompt-defense at three lengths. CPU and
// memory are those of the server alone.
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
import { percentile, textOf as textOfTokens, lengths as tokenLengths } from './guard/latency.ts';
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

const latencyOf = (times: readonly number[]): Latency => ({
  p50: percentile(times, 0.5),
  p99: percentile(times, 0.99),
});

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
  /** What the server holds at the end, in MB. */
  readonly memory: number;
}

interface Used {
  /** Milliseconds of CPU since it was started. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

interface Server {
  readonly ask: () => Promise<void>;
  readonly used: () => Promise<Used>;
  readonly close: () => Promise<void>;
}

/** Starts a server in a process of its own, asked over one connection with one body after the other. */
async function startServer(kind: 'guard' | 'echo', bodies: readonly unknown[]): Promise<Server> {
  const script = fileURLToPath(new URL('./guard-server.ts', import.meta.url));
  const child = spawn(process.execPath, [script, kind], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const nextLine = async (): Promise<string> => ((await once(lines, 'line')) as [string])[0];
  const pool = new Pool(await nextLine(), { connections: 1 });
  const texts = bodies.map((body) => JSON.stringify(body));
  let asked = 0;
  return {
    async ask() {
      const body = texts[asked++ % texts.length];
      const headers = { authorization: `Bearer ${BENCH_KEY}`, 'content-type': 'application/json' };
      const reply = await pool.request({ path: '/v1/eval', method: 'POST', headers, body });
      const said = await reply.body.text();
      if (reply.statusCode !== 200) throw new Error(`${kind} answered ${reply.statusCode}: ${said.slice(0, 200)}`);
    },
    async used() {
      const line = nextLine();
      child.stdin.write('\n');
      return JSON.parse(await line) as Used;
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
  readonly memory: number;
}

async function takeTurn(server: Server, requests: number): Promise<Turn> {
  const before = await server.used();
  const times: number[] = [];
  for (let request = 0; request < requests; request++) {
    const begun = performance.now();
    await server.ask();
    times.push(performance.now() - begun);
  }
  const after = await server.used();
  return { times, cpu: (after.cpu - before.cpu) / requests, memory: after.memory };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const summed = (turns: readonly Turn[]): OverHttp => {
  const times = turns.flatMap((turn) => turn.times);
  const memory = Math.round(turns.at(-1)!.memory / 1e6);
  return { requests: times.length, cpu: meanOf(turns.map(({ cpu }) => cpu)), memory, ...latencyOf(times) };
};

interface Beside {
  readonly echo: OverHttp;
  readonly guard: OverHttp;
  /** CPU of the guard above the echo a request, in milliseconds, of each pair of turns; ascending. */
  readonly above: readonly number[];
}

/** Asks the guard and a bare echo in turns, so that whatever else the machine does falls on both. */
async function besideEcho(bodies: readonly unknown[], { turns, requests, warmUp }: Course): Promise<Beside> {
  const [echo, guard] = [await startServer('echo', bodies), await startServer('guard', bodies)];
  for (const server of [echo, guard]) await takeTurn(server, warmUp);
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

/** How many turns each has, and of how many requests; before them some that do not count. */
interface Course {
  readonly turns: number;
  readonly requests: number;
  readonly warmUp: number;
}

/**
 * A server runs for days: what the compiler does to code that is new to it is not measured. Turns are short and many:
 * what else the machine does falls on both of a pair.
 */
const rulesCourse: Course = { turns: 41, requests: 250, warmUp: 4000 };
const modelCourse: Course = { turns: 11, requests: 100, warmUp: 1000 };

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

/** Harmless texts, each another, for the injection detector. */
const modelBodies = (tokens: number): readonly unknown[] =>
  Array.from({ length: 100 }, (_, turn) => ({
    messages: [{ role: 'user', content: textOfTokens(tokens, turn) }],
    enabled_policies: ['prompt-defense'],
  }));

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
  const { echo, guard, above } = await besideEcho([rulesOnlyBody], rulesCourse);
  const http = new Table({
    head: ['/v1/eval', 'p50 ms', 'p99 ms', 'Server CPU ms', 'Memory MB'],
    style: { head: [], border: [] },
  });
  const show = (name: string, row: OverHttp): number =>
    http.push([name, shown(row.p50), shown(row.p99), shown(row.cpu), row.memory]);
  show('200 characters, bare echo', echo);
  show('200 characters, rules only', guard);
  const byTokens: Record<number, Pick<Beside, 'echo' | 'guard'>> = {};
  for (const tokens of tokenLengths) {
    const beside = await besideEcho(modelBodies(tokens), modelCourse);
    byTokens[tokens] = { echo: beside.echo, guard: beside.guard };
    show(`${tokens} tokens, bare echo`, beside.echo);
    show(`${tokens} tokens, prompt-defense`, beside.guard);
  }
  console.log(http.toString());
  const middle = above[Math.floor(above.length / 2)]!;
  console.log(
    `Guard above echo: ${shown(middle)} ms of CPU a request (budget 0.1), median of ${above.length} pairs of turns of ` +
      `${rulesCourse.requests} requests (${shown(above[0]!)} to ${shown(above.at(-1)!)}).`,
  );
  console.log(writeResult('guard-latency', { inProcess, http: { echo, guard, above, by_tokens: byTokens } }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
