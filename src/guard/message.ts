// What the guard is asked about: messages of one conversation, in the roles that it tells apart.

export const guardRoles = ['user', 'assistant', 'system', 'developer', 'context', 'tool'] as const;
/** `context`: documents that were fetched; `tool`: descriptions and results of tools. */
export type GuardRole = (typeof guardRoles)[number];

export interface GuardMessage {
  readonly role: GuardRole;
  /** Parts of a message stand on lines of their own. */
  readonly content: string;
  /** Where the line breaks between its parts stand in the content; left out where it has but one. */
  readonly joints?: readonly number[];
}

/** One message out of its parts. */
export function messageOf(role: GuardRole, parts: readonly string[]): GuardMessage {
  const content = parts.join('\n');
  if (parts.length < 2) return { role, content };
  let at = -1;
  return { role, content, joints: parts.slice(0, -1).map((part) => (at += part.length + 1)) };
}

/** A part of a message, as a place in its content. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

export const partsOf = ({ content, joints = [] }: GuardMessage): Part[] =>
  [...joints, content.length].map((end, index) => ({ start: index === 0 ? 0 : joints[index - 1]! + 1, end }));

/** What each part says. */
export const textsOf = (message: GuardMessage): string[] =>
  partsOf(message).map(({ start, end }) => message.content.slice(start, end));
