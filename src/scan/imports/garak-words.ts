// The messages of garak in their older form (texts) and their newer one (objects): shared by its report and its hit log.
import { z } from 'zod';
import type { ChatMessage } from '../../core/chat.ts';

const messageSchema = z.union([z.string(), z.object({ text: z.string().nullish() })]);

/** An output: since 0.11 an object with the text, before that the text alone; null where the target gave none. */
export const outputSchema = messageSchema.nullable();

const turnSchema = z.object({ role: z.string(), content: messageSchema.nullable() });

/** A prompt or a conversation: a text, an object with turns, or a list of turns. */
export const promptSchema = z.union([
  z.string(),
  z.object({ turns: z.array(turnSchema) }),
  z.array(turnSchema),
  messageSchema,
]);

type Prompt = z.infer<typeof promptSchema>;

export function garakText(output: z.infer<typeof outputSchema>): string | null {
  if (output === null || typeof output === 'string') return output;
  return output.text ?? null;
}

const roles: Readonly<Record<string, ChatMessage['role']>> = { system: 'system', user: 'user', assistant: 'assistant' };

export function garakMessages(prompt: Prompt): readonly ChatMessage[] {
  if (typeof prompt === 'string') return [{ role: 'user', content: prompt }];
  if ('text' in prompt) return [{ role: 'user', content: prompt.text ?? '' }];
  const turns = Array.isArray(prompt) ? prompt : 'turns' in prompt ? prompt.turns : [];
  return turns.map(({ role, content }) => ({ role: roles[role] ?? 'user', content: garakText(content) ?? '' }));
}
