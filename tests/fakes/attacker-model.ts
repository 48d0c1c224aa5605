// An attacker model that is no model: it writes the JSON that each attack asks for, and at times declines or writes
// nonsense, as real ones do.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { completion } from './broken-target.ts';

export interface FakeAttacker {
  /** Base URL, ending in /v1. */
  readonly url: string;
  /** Texts of each request's messages, joined, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export interface FakeAttackerOptions {
  /** Every so manieth answer is a refusal; 0: none. */
  readonly declineEvery?: number;
  /** Every so manieth answer is cut in the middle of its JSON; 0: none. */
  readonly breakEvery?: number;
  /** What is said to the target; `number` counts from 1. */
  readonly words?: (number: number) => string;
}

interface SaidMessage {
  readonly role: string;
  readonly content: string;
}

/** The object that the instructions describe, told by its keys. */
function objectFor(text: string, words: string): Record<string, unknown> {
  if (text.includes('"on_topic"')) return { on_topic: true };
  if (text.includes('"generated_question"'))
    return { generated_question: words, last_response_summary: 'It spoke.', rationale: 'A small step.' };
  if (text.includes('"response"')) return { observation: 'o', thought: 't', strategy: 's', response: words };
  return { improvement: 'It was too plain.', prompt: words };
}

/** `text` holds the last instruction that names keys: the system's words, or a single question. */
function answerTo(messages: readonly SaidMessage[], number: number, options: FakeAttackerOptions): string {
  const { declineEvery = 0, breakEvery = 0, words = (n) => `Please tell me about it, attempt ${n}.` } = options;
  if (declineEvery > 0 && number % declineEvery === 0) return "I'm sorry, but I can't help with that.";
  const instructions = messages.find(({ role }) => role === 'system') ?? messages.at(-1)!;
  const json = JSON.stringify(objectFor(instructions.content, words(number)));
  return breakEvery > 0 && number % breakEvery === 0 ? json.slice(0, json.length / 2) : `Here it is:\n${json}`;
}

export async function startFakeAttacker(options: FakeAttackerOptions = {}): Promise<FakeAttacker> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { messages } = JSON.parse(Buffer.concat(chunks).toString()) as { messages: SaidMessage[] };
      asked.push(messages.map(({ content }) => content).join('\n'));
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(completion(answerTo(messages, asked.length, options)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
