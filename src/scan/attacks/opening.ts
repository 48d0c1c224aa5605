// The conversation as a case tells it: its system prompt, its documents, its turns. Attacks change the last turn.
import { type ChatMessage, textOf } from '../../core/chat.ts';
import type { TestCase } from '../../core/test-case.ts';

const withDocuments = (testCase: TestCase, request: string): string => {
  if (testCase.documents.length === 0) return request;
  const documents = testCase.documents.map((each) => `[${each.title}]\n${each.content}`).join('\n\n');
  return `${documents}\n\n${request}`;
};

/** The user's last request in plain words, without the documents that come with it. */
export function requestOf(testCase: TestCase): string {
  const last = testCase.messages.at(-1);
  return last ? textOf(last.content) : '';
}

/**
 * The whole conversation of a case; `request` stands in for the last turn's text. `instructions` follow the case's own
 * system prompt: only for attacks that are published so, as whoever attacks an application seldom writes its system prompt.
 */
export function openingWith(testCase: TestCase, request: string, instructions: string | null = null): ChatMessage[] {
  const parts = [testCase.system, instructions].filter((part) => part !== null);
  const system: ChatMessage[] = parts.length === 0 ? [] : [{ role: 'system', content: parts.join('\n\n') }];
  const last: ChatMessage = { role: 'user', content: withDocuments(testCase, request) };
  return [...system, ...testCase.messages.slice(0, -1), last];
}
