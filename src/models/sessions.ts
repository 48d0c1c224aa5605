// Which session of an application belongs to which conversation, for as many conversations as may run at once.
import type { CallFailure } from '../core/chat.ts';

export type SessionResult =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly failure: CallFailure };

export interface Sessions {
  /** The session of a conversation, begun once; `isNew` when this call began it. One that failed is forgotten. */
  of(conversationId: string, begin: () => Promise<SessionResult>): Promise<SessionResult & { readonly isNew: boolean }>;
  count(): number;
  clear(): void;
}

/** Keeps the `limit` sessions that were used last. */
export function createSessions(limit = 10_000): Sessions {
  // A Map keeps the order of insertion: what is used goes to its end, what is forgotten leaves from its beginning.
  const known = new Map<string, Promise<SessionResult>>();
  const keep = (conversationId: string, session: Promise<SessionResult>): void => {
    known.delete(conversationId);
    known.set(conversationId, session);
    const oldest = known.size > limit ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
  };
  return {
    async of(conversationId, begin) {
      const before = known.get(conversationId);
      const session = before ?? begin();
      keep(conversationId, session);
      const result = await session;
      if (!result.ok && known.get(conversationId) === session) known.delete(conversationId);
      return { ...result, isNew: before === undefined };
    },
    count: () => known.size,
    clear: () => known.clear(),
  };
}
