// Our own input of `redoubt judge`: a line holds `goal` with `response` or `messages`; optional `id`, `case`.
import { z } from 'zod';
import { rowsOfLines } from './file-text.ts';
import type { Imported, Importer } from './import.ts';
import { answerOf, lastRequest, problemOf, readRow } from './row-parts.ts';

const messageSchema = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.string(),
});

const lineSchema = z
  .object({
    id: z.union([z.string(), z.number()]).optional(),
    goal: z.string().min(1).optional(),
    case: z.string().min(1).optional(),
    response: z.string().nullish(),
    messages: z.array(messageSchema).min(1).optional(),
  })
  .refine((line) => line.goal !== undefined || line.case !== undefined || line.messages !== undefined, {
    message: '"goal" is missing',
  })
  .refine((line) => line.response !== undefined || line.messages?.at(-1)?.role === 'assistant', {
    message: '"response" is missing, and "messages" does not end with an answer of the assistant',
  });

function rowOf(value: unknown, place: string, number: number): Imported {
  const parsed = readRow(lineSchema, value);
  if (!parsed.success) return { kind: 'problem', place, problem: problemOf(parsed.error) };
  const { id, goal, response, messages = [] } = parsed.data;
  const last = messages.at(-1);
  const answered = response === undefined && last?.role === 'assistant';
  const said = answered ? messages.slice(0, -1) : messages;
  const text = answered ? last.content : (response ?? '');
  const sent = said.length > 0 || goal === undefined ? said : [{ role: 'user' as const, content: goal }];
  return {
    kind: 'row',
    place,
    id: id === undefined ? String(number) : String(id),
    caseId: parsed.data.case ?? null,
    goal: goal ?? lastRequest(said),
    messages: sent,
    got: { answer: answerOf(text) },
    theirs: null,
  };
}

export const ownLines: Importer = {
  id: 'lines',
  title: 'lines with goal and response',
  recognises: ({ firstLine }) =>
    firstLine !== null && ['goal', 'case', 'response', 'messages'].some((key) => key in firstLine),
  read: (path) => rowsOfLines(path, rowOf),
};
