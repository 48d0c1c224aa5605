// The attacker model as a search uses it. Refusals and broken answers are asked again and counted; they are never a
// verdict on the target.
import type { ChatMessage, ChatModel } from '../core/chat.ts';
import type { Attacker } from './attacks/search.ts';
import type { Journal, Taken } from './journal.ts';
import { declines } from './judges/refusal.ts';

/** How often the attacker is asked for the same thing before the attack goes on without it. */
const MOST_ATTEMPTS = 4;

/** What came of a call: what was asked for, a refusal, something unreadable, or no answer after all retries. */
export type AttackerOutcome = 'ok' | 'declined' | 'unreadable' | 'failed';

interface Written {
  readonly text: string | null;
}

/** How a call ended, and how often the attack had to go on without what it had asked for. */
type AttackerCounts = Partial<Record<AttackerOutcome | 'gave_up', number>>;

/** How often the attacker model wrote nothing to go on with, by what a test has used of it. */
export const gaveUpOf = (use: AttackerCounts | null | undefined): number => use?.gave_up ?? 0;

/** What a test has used of the attacker model. */
export interface AttackerUse {
  readonly attacker: Attacker;
  /** Null until it was asked at all. */
  use(): Readonly<AttackerCounts> | null;
}

/** `conversationId` names the test; `model` retries and counts its calls by itself. */
export function attackerOf(model: ChatModel, journal: Journal, conversationId: string): AttackerUse {
  const counts: AttackerCounts = {};
  const count = (what: keyof AttackerCounts): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };

  async function call(messages: readonly ChatMessage[]): Promise<Taken<Written> | null> {
    const result = await model.call({ messages, conversationId: `${conversationId}:attacker` });
    if (result.ok) return { value: { text: result.answer.text }, calls: [], failed: false };
    return result.failure.kind === 'interrupted' ? null : { value: { text: null }, calls: [], failed: true };
  }

  return {
    use: () => (Object.keys(counts).length === 0 ? null : counts),
    attacker: {
      async write(messages, read, { isOptional } = { isOptional: false }) {
        for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
          const written = await journal.step({ attacker: messages, attempt }, () => call(messages));
          const value = written.text === null ? null : read(written.text);
          count(outcomeOf(written.text, value));
          if (value !== null) return value;
          if (written.text === null) break;
        }
        if (!isOptional) count('gave_up');
        return null;
      },
    },
  };
}

function outcomeOf(text: string | null, value: unknown): AttackerOutcome {
  if (text === null) return 'failed';
  if (value !== null) return 'ok';
  return declines(text) === 'yes' ? 'declined' : 'unreadable';
}
