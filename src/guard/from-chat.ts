// A scan's conversation in the words of the guard.
import { type ChatMessage, type ToolCall, textOf } from '../core/chat.ts';
import { type GuardMessage, messageOf } from './message.ts';

export const fromCalls = (calls: readonly ToolCall[] = []): GuardMessage[] =>
  calls.map((call) => ({ role: 'assistant', content: call.arguments }));

const partsIn = (content: ChatMessage['content']): string[] =>
  typeof content === 'string' ? [content] : content.flatMap((part) => (part.type === 'text' ? [part.text] : []));

export const fromMessage = ({ role, content, toolCalls }: ChatMessage): GuardMessage[] => [
  ...(textOf(content) === '' ? [] : [messageOf(role, partsIn(content))]),
  ...fromCalls(toolCalls),
];
