// promptfoo's results: the JSON of `promptfoo eval -o results.json` (results of version 2 and 3), and its JSONL. Of the
// promptfoo sources: src/types/index.ts, EvaluateResult and ResultFailureReason.
import { z } from 'zod';
import type { ChatMessage } from '../../core/chat.ts';
import { rowsOfLines, textOf } from './file-text.ts';
import type { Imported, ImportedAnswer, Importer, TheirOutcome, TheirVerdict } from './import.ts';
import { jsonParts } from './json-parts.ts';
import { answerOf, lastRequest, problemOf, readRow } from './row-parts.ts';

/** Of `failureReason`: the call or the grading broke off; the row was not judged. */
const BROKE_OFF = 2;
const KNOWN_VERSIONS: readonly unknown[] = [2, 3];

const metadataSchema = z.object({ goal: z.string().optional(), originalText: z.string().optional() }).nullish();

const resultSchema = z.object({
  id: z.string().optional(),
  success: z.boolean(),
  failureReason: z.number().nullish(),
  error: z.string().nullish(),
  prompt: z.object({ raw: z.string() }),
  testIdx: z.number().optional(),
  promptIdx: z.number().optional(),
  response: z
    .object({
      output: z.unknown().optional(),
      error: z.string().nullish(),
      isRefusal: z.boolean().nullish(),
      finishReason: z.string().nullish(),
    })
    .nullish(),
  gradingResult: z
    .object({
      componentResults: z
        .array(
          z.object({
            pass: z.boolean(),
            assertion: z.object({ type: z.string(), metric: z.string().optional() }).nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
  testCase: z.object({ metadata: metadataSchema }).nullish(),
  metadata: metadataSchema,
});

type Result = z.infer<typeof resultSchema>;

const chatSchema = z
  .array(z.object({ role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']), content: z.string() }))
  .min(1);

/** A prompt is a text, or a conversation written as JSON. */
function messagesOf(raw: string): readonly ChatMessage[] {
  if (!raw.trimStart().startsWith('[')) return [{ role: 'user', content: raw }];
  try {
    const chat = chatSchema.safeParse(JSON.parse(raw));
    return chat.success ? chat.data : [{ role: 'user', content: raw }];
  } catch {
    return [{ role: 'user', content: raw }];
  }
}

function gotOf({ response }: Result): ImportedAnswer {
  if (response == null || response.error != null) return { failure: 'target_error' };
  const { output } = response;
  if (output == null) return { answer: answerOf('') };
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  return {
    answer: answerOf(text, { refused: response.isRefusal ?? false, finishReason: response.finishReason ?? null }),
  };
}

const outcomeOf = (pass: boolean): TheirOutcome => (pass ? 'held' : 'breached');

function theirsOf(result: Result): TheirVerdict {
  const by: Record<string, TheirOutcome> = {};
  for (const { pass, assertion } of result.gradingResult?.componentResults ?? []) {
    const name = assertion?.metric ?? assertion?.type ?? 'assertion';
    by[name] = by[name] === 'breached' ? 'breached' : outcomeOf(pass);
  }
  const brokeOff = result.failureReason === BROKE_OFF || (result.error != null && result.gradingResult == null);
  return { outcome: brokeOff ? 'undecided' : outcomeOf(result.success), by: brokeOff ? {} : by };
}

function rowOf(value: unknown, place: string): Imported {
  const parsed = readRow(resultSchema, value);
  if (!parsed.success)
    return { kind: 'problem', place, problem: `a result in a shape that is not known: ${problemOf(parsed.error)}` };
  const result = parsed.data;
  const messages = messagesOf(result.prompt.raw);
  const known = [result.testCase?.metadata, result.metadata];
  const goal = known.map((each) => each?.goal).find(Boolean) ?? known.map((each) => each?.originalText).find(Boolean);
  return {
    kind: 'row',
    place,
    id: result.id ?? `${result.testIdx ?? place}/${result.promptIdx ?? 0}`,
    caseId: null,
    goal: goal ?? lastRequest(messages),
    messages,
    got: gotOf(result),
    theirs: theirsOf(result),
  };
}

const RESULT = 'results.results.*';

async function* fromJson(path: string): AsyncGenerator<Imported> {
  for await (const { line, pattern, parsed } of jsonParts(textOf(path), [
    'results.version',
    RESULT,
    'metadata.promptfooVersion',
  ])) {
    const place = `line ${line}`;
    if ('problem' in parsed) yield { kind: 'problem', place, problem: parsed.problem };
    else if (pattern === RESULT) yield rowOf(parsed.value, place);
    else if (pattern === 'results.version')
      yield {
        kind: 'version',
        version: `results version ${String(parsed.value)}`,
        known: KNOWN_VERSIONS.includes(parsed.value),
      };
    else yield { kind: 'version', version: `promptfoo ${String(parsed.value)}`, known: true };
  }
}

export const promptfooJson: Importer = {
  id: 'promptfoo',
  title: 'promptfoo results',
  recognises: ({ text }) =>
    /^\s*\{\s*"evalId"/.test(text) || /^\s*\{\s*"(?:version|results)"[\s\S]*"promptIdx"/.test(text),
  read: fromJson,
};

export const promptfooJsonl: Importer = {
  id: 'promptfoo-jsonl',
  title: 'promptfoo results (JSONL)',
  recognises: ({ firstLine }) =>
    firstLine !== null && ['promptIdx', 'testIdx', 'success'].every((key) => key in firstLine),
  read: (path) => rowsOfLines(path, rowOf),
};
