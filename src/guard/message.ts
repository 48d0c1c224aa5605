// What the guard is asked about: messages of one conversation, in the roles that it tells apart.

export const guardRoles = ['user', 'assistant', 'system', 'developer', 'context', 'tool'] as const;
/** `context`: documents that were fetched; `tool`: descriptions and results of tools. */
export type GuardRole = (typeof guardRoles)[number];

export interface GuardMessage {
  readonly role: GuardRole;
  readonly content: string;
}
