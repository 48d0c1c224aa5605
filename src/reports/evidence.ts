// What an export may show of a test's conversation (semantics.md "Evidence"): all of it, its beginning, or only its hash.
import { type ChatMessage, type ToolCall, textOf } from '../core/chat.ts';
import { sha256 } from '../core/hash.ts';
import type { StoredTest } from '../store/stored-test.ts';
import { shortenedText } from './shorten.ts';
import { withheldCategory } from './withheld.ts';

/** Characters shown of an answer that was judged breached or partial. */
export const SHOWN_CHARACTERS = 300;

/** One message as a reader sees it; `sha256` stands where its text is withheld. */
export interface ShownMessage {
  readonly role: string;
  readonly text: string;
  readonly sha256: string | null;
}

/** What is shown of a test. `withheld` is the category for which the target's words are never exported. */
export interface Evidence {
  readonly withheld: string | null;
  readonly messages: readonly ShownMessage[];
  readonly answer: string | null;
  /** The answer with the attack's encoding undone; null where that changed nothing. */
  readonly decoded: string | null;
  readonly toolCalls: readonly string[];
  /** Why there is no answer. */
  readonly failure: string | null;
  /** Of the whole answer; null where there is none. */
  readonly answerSha256: string | null;
}

/** The withheld category of a stored test, null where its answer may be shown. */
export const withheldCategoryOf = ({ row }: Pick<StoredTest, 'row'>): string | null =>
  withheldCategory({ subcategory: row.subcategory, references: JSON.parse(row.refs) as string[] });

const toolCallText = ({ name, arguments: given }: ToolCall): string => `${name}(${given})`;

const wholeText = (message: ChatMessage): string =>
  [textOf(message.content), ...(message.toolCalls ?? []).map(toolCallText)].filter((text) => text !== '').join('\n');

type Show = (text: string) => string;

function shownMessage(message: ChatMessage, withheld: string | null, show: Show): ShownMessage {
  const text = wholeText(message);
  // Turns of the target: in a conversation of several turns they are its answers, too.
  if (message.role !== 'assistant') return { role: message.role, text, sha256: null };
  if (withheld !== null) return { role: message.role, text: '', sha256: sha256(text) };
  return { role: message.role, text: show(text), sha256: null };
}

/** What PDF, HTML and CSV show. Answers judged breached or partial are shortened unless `fullAnswers`. */
export function evidenceOf(test: StoredTest, fullAnswers: boolean): Evidence {
  const { row, messages, answer } = test;
  const withheld = withheldCategoryOf(test);
  const isHarmful = row.outcome === 'breached' || row.outcome === 'partial';
  const show: Show = (text) => (isHarmful && !fullAnswers ? shortenedText(text, SHOWN_CHARACTERS) : text);
  const shown = (text: string | undefined): string | null =>
    text === undefined || withheld !== null ? null : show(text);
  return {
    withheld,
    messages: messages.map((message) => shownMessage(message, withheld, show)),
    answer: shown(answer.text),
    decoded: shown(answer.decoded),
    toolCalls: withheld === null ? (answer.toolCalls ?? []).map((call) => show(toolCallText(call))) : [],
    failure: answer.failure ?? null,
    answerSha256: answer.text === undefined ? null : sha256(answer.text),
  };
}
