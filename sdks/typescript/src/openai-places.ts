// Where text stands in the messages of a chat: each place can be read, and what stands there replaced.
import type { GuardMessage } from './generated.ts';

type Role = GuardMessage['role'];

export interface Place {
  readonly role: Role;
  readonly text: string;
  readonly put: (text: string) => void;
}

type Table = Record<string, unknown>;

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null;

const tablesIn = (value: unknown): Table[] => (Array.isArray(value) ? value.filter(isTable) : []);

const roles: ReadonlySet<unknown> = new Set(['user', 'assistant', 'system', 'developer', 'tool']);

/** `function` is what `tool` was called before; a message without a role is the model's. */
function roleOf(role: unknown): Role {
  if (role === 'function') return 'tool';
  return roles.has(role) ? (role as Role) : 'assistant';
}

function placeAt(role: Role, owner: unknown, key: string): Place[] {
  if (!isTable(owner)) return [];
  const text = owner[key];
  if (typeof text !== 'string' || text === '') return [];
  const put = (replaced: string): void => {
    owner[key] = replaced;
  };
  return [{ role, text, put }];
}

/** Content (text, or the text of its parts), a refusal, and the arguments of tool calls. Pictures and sound are not read. */
export function placesIn(message: unknown): Place[] {
  if (!isTable(message)) return [];
  const role = roleOf(message.role);
  return [
    ...placeAt(role, message, 'content'),
    ...tablesIn(message.content).flatMap((part) => [...placeAt(role, part, 'text'), ...placeAt(role, part, 'refusal')]),
    ...placeAt(role, message, 'refusal'),
    ...tablesIn(message.tool_calls).flatMap((call) => [
      ...placeAt(role, call.function, 'arguments'),
      ...placeAt(role, call.custom, 'input'),
    ]),
    ...placeAt(role, message.function_call, 'arguments'),
  ];
}

/** What tools are said to be for: models obey it. Nothing is replaced in it. */
export const placesInTools = (tools: readonly unknown[] | null | undefined): Place[] =>
  (tools ?? []).map((tool) => ({ role: 'tool', text: JSON.stringify(tool), put: () => undefined }));

/** The choices of a whole answer, as messages. */
export const messagesOf = (answer: unknown): unknown[] =>
  isTable(answer) ? tablesIn(answer.choices).map(({ message }) => message) : [];

interface Piece {
  readonly owner: Table;
  readonly key: string;
}

/** A piece with the name of what it is a part of. */
type Named = readonly [name: string, piece: Piece];

const namedPiece = (name: string, owner: unknown, key: string): Named[] =>
  isTable(owner) ? [[name, { owner, key }]] : [];

const piecesOf = (index: unknown, delta: Table): Named[] => [
  ...namedPiece(`${index} content`, delta, 'content'),
  ...namedPiece(`${index} refusal`, delta, 'refusal'),
  ...tablesIn(delta.tool_calls).flatMap((call) => [
    ...namedPiece(`${index} call ${call.index}`, call.function, 'arguments'),
    ...namedPiece(`${index} call ${call.index}`, call.custom, 'input'),
  ]),
  ...namedPiece(`${index} call`, delta.function_call, 'arguments'),
];

/** The same field of the same choice belongs together. */
const piecesIn = (chunk: unknown): Named[] =>
  isTable(chunk)
    ? tablesIn(chunk.choices).flatMap(({ index, delta }) => (isTable(delta) ? piecesOf(index, delta) : []))
    : [];

const textAt = ({ owner, key }: Piece): string => (typeof owner[key] === 'string' ? owner[key] : '');

/** The places of a streamed answer: what is put there stands whole in its first piece. */
export function placesInChunks(chunks: readonly unknown[]): Place[] {
  const together = new Map<string, Piece[]>();
  for (const chunk of chunks)
    for (const [name, piece] of piecesIn(chunk))
      if (textAt(piece) !== '') together.set(name, [...(together.get(name) ?? []), piece]);
  return [...together.values()].map((pieces) => ({
    role: 'assistant',
    text: pieces.map(textAt).join(''),
    put: (text) => {
      for (const [at, { owner, key }] of pieces.entries()) owner[key] = at === 0 ? text : '';
    },
  }));
}
