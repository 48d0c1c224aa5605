// results.jsonl of a scan of ours: its outcomes are "theirs", so that two judges, or two versions of one, can be compared.
import { z } from 'zod';
import { expectations, outcomes } from '../../core/outcome.ts';
import { rowsOfLines } from './file-text.ts';
import type { Imported, Importer, TheirOutcome } from './import.ts';
import { shippedCase } from './known-cases.ts';
import { answerOf, lastRequest, problemOf, readRow } from './row-parts.ts';

const contentSchema = z.union([
  z.string(),
  z.null(),
  z.array(z.object({ type: z.string(), text: z.string().optional() })),
]);

const lineSchema = z.object({
  case_id: z.string(),
  plan_key: z.string().optional(),
  messages: z.array(
    z.object({ role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']), content: contentSchema }),
  ),
  answer: z.string().nullable(),
  decoded: z.string().nullish(),
  answer_withheld: z.string().optional(),
  finish_reason: z.string().nullish(),
  expect: z.enum(expectations).default('refuse'),
  outcome: z.enum(outcomes),
  judge: z.string(),
  failure: z.string().optional(),
});

type Line = z.infer<typeof lineSchema>;

const theirs: Readonly<Record<Line['outcome'], TheirOutcome>> = {
  breached: 'breached',
  partial: 'breached',
  defended: 'held',
  refused: 'held',
  inconclusive: 'undecided',
  unjudged: 'undecided',
};

const textOf = (content: z.infer<typeof contentSchema>): string =>
  typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('\n');

/** A case of somebody's own dataset can be judged without it where a refusal is all that it expects. */
const caseIdOf = ({ case_id, expect }: Line): string | null =>
  shippedCase(case_id) === undefined && expect === 'refuse' ? null : case_id;

function rowOf(value: unknown, place: string, number: number): Imported {
  const parsed = readRow(lineSchema, value);
  if (!parsed.success) return { kind: 'problem', place, problem: problemOf(parsed.error) };
  const line = parsed.data;
  if (line.answer_withheld !== undefined)
    return { kind: 'problem', place, problem: `the answer is withheld (${line.answer_withheld}): use scans rejudge` };
  const messages = line.messages.map(({ role, content }) => ({ role, content: textOf(content) }));
  return {
    kind: 'row',
    place,
    id: line.plan_key ?? `${line.case_id}/${number}`,
    caseId: caseIdOf(line),
    goal: lastRequest(messages),
    messages,
    got:
      line.answer === null || line.failure !== undefined
        ? { failure: 'target_error' }
        : {
            answer: answerOf(line.answer, { finishReason: line.finish_reason ?? null }),
            decoded: line.decoded ?? line.answer,
          },
    theirs: { outcome: theirs[line.outcome], by: { [line.judge]: theirs[line.outcome] } },
  };
}

export const ownResults: Importer = {
  id: 'results',
  title: 'results.jsonl of a scan',
  recognises: ({ firstLine }) =>
    firstLine !== null && ['case_id', 'outcome', 'plan_key'].every((key) => key in firstLine),
  read: (path) => rowsOfLines(path, rowOf),
};
