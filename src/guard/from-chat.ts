// A scan's conversation in the words of the guard.
import { type ChatMessage, type ToolCall, textOf } from '../core/chat.ts';
import type { GuardMessage } from './message.ts';

export const fromCalls = (calls: readonly ToolCall[] = []): GuardMessage[] =>
  calls.map((call) => ({ role: 'assistant', content: call.arguments }));

export const fromMessage = ({ role, content, toolCalls }: ChatMessage): GuardMessage[] => [
  ...(textOf(content) === '' ? [] : [{ role, content: textOf(content) }]),
  ...fromCalls(toolCalls),
];
