// Asks a target that may use tools: its calls are answered from the case's script until it speaks. No tool is ever called.
import type { ChatAnswer, ChatMessage, ChatRequest, TokenUsage, ToolCall } from '../core/chat.ts';
import type { Guarded } from '../core/guarding.ts';
import type { ScriptedResult } from '../core/test-case.ts';
import { scriptedResult } from '../core/tool-calls.ts';
import { type AskContext, type Asked, askPatiently } from '../models/patience.ts';

/** Answers of the target in which it may call tools. */
export const MOST_STEPS = 8;

export interface AskedWithTools extends Asked {
  /** What was sent with the last call. */
  readonly messages: readonly ChatMessage[];
  /** Every call of a tool, in order, also where the target failed later on. */
  readonly toolCalls: readonly ToolCall[];
}

const sum = (left: TokenUsage | null, right: TokenUsage | null): TokenUsage | null =>
  left === null || right === null
    ? (left ?? right)
    : { prompt: left.prompt + right.prompt, completion: left.completion + right.completion };

/** The target's turn and the results of its tools. */
function answered(answer: ChatAnswer, script: readonly ScriptedResult[], given: Set<ScriptedResult>): ChatMessage[] {
  const results = answer.toolCalls.map((call): ChatMessage => {
    const { entry, result } = scriptedResult(script, call, given);
    if (entry !== null) given.add(entry);
    return { role: 'tool', content: result, toolCallId: call.id };
  });
  return [{ role: 'assistant', content: answer.text, toolCalls: answer.toolCalls }, ...results];
}

/** The last answer, with all tool calls and tokens of the way there. */
export async function askWithTools(
  ask: AskContext,
  request: ChatRequest,
  script: readonly ScriptedResult[],
): Promise<AskedWithTools> {
  const given = new Set<ScriptedResult>();
  const calls: string[] = [];
  const toolCalls: ToolCall[] = [];
  let guard: Guarded | undefined;
  let messages = request.messages;
  let usage: TokenUsage | null = null;
  let latencyMs = 0;
  for (let step = 1; ; step++) {
    const asked = await askPatiently(ask, { ...request, messages });
    calls.push(...asked.calls);
    latencyMs += asked.latencyMs;
    const { result } = asked;
    if (!result.ok) return { result, calls, latencyMs, messages, toolCalls };
    toolCalls.push(...result.answer.toolCalls);
    // Whatever the guard stops on the way ends the conversation for its reader.
    if (guard === undefined || guard.at === null) guard = result.answer.guard;
    usage = sum(usage, result.answer.usage);
    if (script.length === 0 || result.answer.toolCalls.length === 0 || step === MOST_STEPS) {
      const answer = { ...result.answer, toolCalls, usage, ...(guard === undefined ? {} : { guard }) };
      return { result: { ok: true, answer }, calls, latencyMs, messages, toolCalls };
    }
    messages = [...messages, ...answered(result.answer, script, given)];
  }
}
