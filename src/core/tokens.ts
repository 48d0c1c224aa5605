// Tokens of calls: as the endpoint told them, else estimated from the length of what was sent and what came back.
import { type ChatAnswer, type ChatMessage, type TokenUsage, textOf } from './chat.ts';

/** Of ordinary English; other languages take more. */
export const CHARACTERS_PER_TOKEN = 4;

/** `estimated`: the endpoint told none. */
export interface CountedTokens extends TokenUsage {
  readonly estimated: boolean;
}

const tokensIn = (characters: number): number => Math.ceil(characters / CHARACTERS_PER_TOKEN);

export function tokensOfCall(
  sent: readonly ChatMessage[],
  { usage, text, reasoning }: Pick<ChatAnswer, 'usage' | 'text' | 'reasoning'>,
): CountedTokens {
  if (usage !== null) return { ...usage, estimated: false };
  const characters = sent.reduce((sum, { content }) => sum + textOf(content).length, 0);
  return {
    prompt: tokensIn(characters),
    completion: tokensIn(text.length + (reasoning?.length ?? 0)),
    estimated: true,
  };
}
