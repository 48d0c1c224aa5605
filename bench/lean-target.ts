// A target that knows each prompt by its number: counts its calls, answers or fails as told, notes what it delivered.
// Apart from the simulated target because a bench must know for every prompt what really went out, and cost nothing.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTo, promptNumber } from './prompts.ts';

export const behaviours = [
  'answer',
  'rate-limited',
  'server-error',
  'hang',
  'empty',
  'cut',
  'no-choices',
  'broken-json',
] as const;
export type Behaviour = (typeof behaviours)[number];

export interface LeanTargetOptions {
  readonly prompts: number;
  readonly latencyMs: number;
  /** `call` is 1 for a prompt's first call. Left out: always an answer. */
  readonly behave?: (prompt: number, call: number) => Behaviour;
}

export interface LeanTarget {
  readonly url: string;
  /** Calls of each prompt so far. */
  readonly calls: readonly number[];
  /** What each prompt's latest call brought; null before the first. */
  readonly lastDelivered: readonly (Behaviour | null)[];
  /** When each call arrived, by performance.now(). */
  readonly arrivals: readonly number[];
  answered(): number;
  lastAnswerAt(): number | null;
  inFlight(): number;
  /** Of the calls that arrived since `mark`; null before the first. */
  firstCallAt(): number | null;
  maxInFlight(): number;
  /** Begins a new stretch for `firstCallAt` and `maxInFlight`. */
  mark(): void;
  close(): Promise<void>;
}

const RETRY_AFTER_S = 1;

const completion = (content: string): string =>
  JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 0,
    model: 'bench',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 20, completion_tokens: 20, total_tokens: 40 },
  });

const problem = (message: string): string => JSON.stringify({ error: { message, type: 'bench', code: null } });

function sendJson(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}

function sendHalf(response: ServerResponse, text: string): void {
  const bytes = Buffer.from(text);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}

const deliver: Readonly<Record<Behaviour, (response: ServerResponse, prompt: number) => void>> = {
  answer: (response, prompt) => sendJson(response, 200, completion(answerTo(prompt))),
  'rate-limited': (response) => sendJson(response, 429, problem('slow down'), { 'retry-after': String(RETRY_AFTER_S) }),
  'server-error': (response) => sendJson(response, 500, problem('out of order')),
  hang: () => undefined,
  empty: (response) => sendJson(response, 200, completion('')),
  cut: (response, prompt) => sendHalf(response, completion(answerTo(prompt))),
  'no-choices': (response) => sendJson(response, 200, JSON.stringify({ id: 'chatcmpl-bench', choices: [] })),
  'broken-json': (response, prompt) => sendJson(response, 200, `${completion(answerTo(prompt)).slice(0, -9)}`),
};

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

type Content = string | readonly { readonly text?: string }[];

/** Some clients send a text as a list of parts. */
function lastMessage(body: string): string {
  const { messages } = JSON.parse(body) as { messages: readonly { content: Content }[] };
  const content = messages.at(-1)?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');
}

/** Listens on loopback until closed. A request without a known prompt ends the process: then the bench is wrong. */
export async function startLeanTarget(options: LeanTargetOptions): Promise<LeanTarget> {
  const calls = Array.from({ length: options.prompts }, () => 0);
  const lastDelivered = Array.from({ length: options.prompts }, (): Behaviour | null => null);
  const arrivals: number[] = [];
  let answered = 0;
  let lastAnswerAt: number | null = null;
  let open = 0;
  let stretch = { firstAt: null as number | null, most: 0 };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    open += 1;
    arrivals.push(performance.now());
    stretch.most = Math.max(stretch.most, open);
    stretch.firstAt ??= performance.now();
    response.once('close', () => {
      open -= 1;
    });
    const prompt = promptNumber(lastMessage(await textOf(request)));
    const call = (calls[prompt] ?? Number.NaN) + 1;
    if (Number.isNaN(call)) throw new Error(`prompt ${prompt} is none of the ${options.prompts}`);
    calls[prompt] = call;
    const behaviour = options.behave?.(prompt, call) ?? 'answer';
    const reply = (): void => {
      lastDelivered[prompt] = behaviour;
      answered += 1;
      lastAnswerAt = performance.now();
      deliver[behaviour](response, prompt);
    };
    // A gateway turns away at once what is too much; only what reaches the model takes time.
    const timer = setTimeout(reply, behaviour === 'rate-limited' ? 0 : options.latencyMs);
    response.once('close', () => clearTimeout(timer));
  }

  const server = createServer((request, response) => {
    // Some look first whether anybody is there.
    if (request.method !== 'POST') return sendJson(response, 404, problem('nothing here'));
    serve(request, response).catch((error: unknown) => {
      // Killed in the middle of its request: nothing was asked.
      if (!request.complete) return;
      throw error;
    });
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    calls,
    lastDelivered,
    arrivals,
    answered: () => answered,
    lastAnswerAt: () => lastAnswerAt,
    inFlight: () => open,
    firstCallAt: () => stretch.firstAt,
    maxInFlight: () => stretch.most,
    mark: () => {
      stretch = { firstAt: null, most: 0 };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
