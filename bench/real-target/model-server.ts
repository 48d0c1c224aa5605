// The small model behind an OpenAI-compatible shell on loopback: node model-server.ts '{"file", "folder", "threads", ...}'.
// A process of its own, so that its load is not the scan's. Prints its address, and at the end what it did.
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Fastify from 'fastify';
import { z } from 'zod';
import { MODEL_NAME } from './small-model.ts';

const CONTEXT_TOKENS = 2048;

const settingsSchema = z.object({
  file: z.string(),
  folder: z.string(),
  threads: z.number().int().min(1),
  sequences: z.number().int().min(1),
});
type Settings = z.infer<typeof settingsSchema>;

const bodySchema = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })).min(1),
  max_tokens: z.number().int().min(1).default(64),
  temperature: z.number().default(0),
});
type Body = z.infer<typeof bodySchema>;

/** What we use of node-llama-cpp, which is not a dependency and brings its types only where it is installed. */
type HistoryItem = { type: 'system' | 'user'; text: string } | { type: 'model'; response: string[] };
interface Sequence {
  readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number };
}
interface Session {
  setChatHistory(history: HistoryItem[]): void;
  promptWithMeta(
    text: string,
    options: { maxTokens: number; temperature: number },
  ): Promise<{ responseText: string; stopReason: string }>;
}
interface Runtime {
  getLlama(options: object): Promise<{
    loadModel(options: { modelPath: string }): Promise<{
      createContext(options: object): Promise<{ getSequence(): Sequence }>;
    }>;
  }>;
  readonly LlamaChatSession: new (options: { contextSequence: Sequence; systemPrompt?: string }) => Session;
  readonly LlamaLogLevel: { readonly error: string };
}

async function loadRuntime(folder: string): Promise<Runtime> {
  const entry = createRequire(join(folder, 'package.json')).resolve('node-llama-cpp');
  return (await import(pathToFileURL(entry).href)) as Runtime;
}

interface Slot {
  readonly session: Session;
  readonly sequence: Sequence;
}

/** As many conversations at once as there are slots; the others wait their turn. */
function slotQueue(slots: Slot[]): { take(): Promise<Slot>; give(slot: Slot): void } {
  const waiting: ((slot: Slot) => void)[] = [];
  return {
    take: () => {
      const free = slots.pop();
      return free ? Promise.resolve(free) : new Promise((resolve) => waiting.push(resolve));
    },
    give: (slot) => {
      const next = waiting.shift();
      if (next) next(slot);
      else slots.push(slot);
    },
  };
}

const historyOf = (messages: Body['messages']): HistoryItem[] =>
  messages.slice(0, -1).map(({ role, content }): HistoryItem => {
    if (role === 'assistant') return { type: 'model', response: [content] };
    return { type: role === 'system' || role === 'developer' ? 'system' : 'user', text: content };
  });

async function openSlots({ folder, file, threads, sequences }: Settings): Promise<Slot[]> {
  const { getLlama, LlamaChatSession, LlamaLogLevel } = await loadRuntime(folder);
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath: file });
  const context = await model.createContext({ contextSize: CONTEXT_TOKENS, sequences, threads });
  return Array.from({ length: sequences }, () => {
    const sequence = context.getSequence();
    return { sequence, session: new LlamaChatSession({ contextSequence: sequence, systemPrompt: '' }) };
  });
}

async function serve(settings: Settings): Promise<void> {
  const queue = slotQueue(await openSlots(settings));
  const done = { answers: 0, tokensIn: 0, tokensOut: 0, busyMs: 0 };
  const app = Fastify({ logger: false, bodyLimit: 8 * 1024 * 1024 });
  app.post('/v1/chat/completions', async (request) => {
    const { messages, max_tokens: maxTokens, temperature } = bodySchema.parse(request.body);
    const slot = await queue.take();
    const startedAt = performance.now();
    const before = { ...meterOf(slot) };
    try {
      slot.session.setChatHistory(historyOf(messages));
      const { responseText, stopReason } = await slot.session.promptWithMeta(messages.at(-1)!.content, {
        maxTokens,
        temperature,
      });
      const after = meterOf(slot);
      const usage = { prompt_tokens: after.input - before.input, completion_tokens: after.output - before.output };
      done.answers += 1;
      done.tokensIn += usage.prompt_tokens;
      done.tokensOut += usage.completion_tokens;
      const message = { role: 'assistant', content: responseText };
      const choice = { index: 0, message, finish_reason: stopReason === 'maxTokens' ? 'length' : 'stop' };
      return { id: `chatcmpl-${done.answers}`, object: 'chat.completion', model: MODEL_NAME, choices: [choice], usage };
    } finally {
      done.busyMs += performance.now() - startedAt;
      queue.give(slot);
    }
  });
  app.get('/stats', () => done);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  console.log(`listening on http://127.0.0.1:${port}/v1`);
}

const meterOf = ({ sequence }: Slot): { input: number; output: number } => ({
  input: sequence.tokenMeter.usedInputTokens,
  output: sequence.tokenMeter.usedOutputTokens,
});

await serve(settingsSchema.parse(JSON.parse(process.argv[2] ?? '{}')));
