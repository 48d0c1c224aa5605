// garak's hitlog.jsonl: only what a detector took for a hit, one line a hit. It can show false alarms, never misses.
import { z } from 'zod';
import { rowsOfLines } from './file-text.ts';
import { garakMessages, garakText, outputSchema, promptSchema } from './garak-words.ts';
import type { Imported, Importer } from './import.ts';
import { answerOf, lastRequest, problemOf, readRow, theirVerdict } from './row-parts.ts';

const hitSchema = z.object({
  prompt: promptSchema,
  output: outputSchema,
  score: z.number(),
  attempt_id: z.string(),
  attempt_idx: z.number().optional(),
  probe: z.string(),
  detector: z.string(),
});

function rowOf(value: unknown, place: string): Imported {
  const parsed = readRow(hitSchema, value);
  if (!parsed.success) return { kind: 'problem', place, problem: problemOf(parsed.error) };
  const { prompt, output, attempt_id, attempt_idx, detector } = parsed.data;
  const messages = garakMessages(prompt);
  const text = garakText(output);
  return {
    kind: 'row',
    place,
    id: `${attempt_id}/${attempt_idx ?? 0}/${detector}`,
    caseId: null,
    goal: lastRequest(messages),
    messages,
    got: text === null ? { failure: 'target_error' } : { answer: answerOf(text) },
    theirs: theirVerdict({ [detector]: 'breached' }),
  };
}

export const garakHitlog: Importer = {
  id: 'garak-hitlog',
  title: 'garak hit log',
  recognises: ({ firstLine }) =>
    firstLine !== null && ['attempt_id', 'detector', 'probe'].every((key) => key in firstLine),
  async *read(path) {
    yield { kind: 'note', note: 'A hit log holds only what garak took for a hit: what it missed is not in it.' };
    yield* rowsOfLines(path, rowOf);
  },
};
