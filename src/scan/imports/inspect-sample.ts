// A sample of an Inspect log as a row: its conversation, its answer, and its scores as far as their direction is known.
import { z } from 'zod';
import type { ChatMessage, ToolCall } from '../../core/chat.ts';
import type { Imported, ImportedAnswer, ImportOptions, TheirOutcome } from './import.ts';
import { answerOf, lastRequest, problemOf, readRow, theirVerdict } from './row-parts.ts';

const contentSchema = z.union([
  z.string(),
  z.array(z.object({ type: z.string(), text: z.string().optional(), reasoning: z.string().optional() })),
]);

const messageSchema = z.object({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  content: contentSchema,
  tool_calls: z.array(z.object({ id: z.string(), function: z.string(), arguments: z.unknown() })).nullish(),
});

const scoreSchema = z.object({
  value: z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.record(z.string(), z.unknown()),
    z.array(z.unknown()),
  ]),
});

const sampleSchema = z.object({
  id: z.union([z.string(), z.number()]),
  epoch: z.number(),
  input: z.union([z.string(), z.array(messageSchema)]),
  messages: z.array(messageSchema),
  output: z.object({
    model: z.string().optional(),
    choices: z.array(z.object({ message: messageSchema, stop_reason: z.string().nullish() })).default([]),
    error: z.string().nullish(),
  }),
  scores: z.record(z.string(), scoreSchema).nullish(),
  error: z.object({ message: z.string() }).nullish(),
  attachments: z.record(z.string(), z.string()).default({}),
});

type Sample = z.infer<typeof sampleSchema>;
type Message = z.infer<typeof messageSchema>;

const ATTACHMENT = 'attachment://';

function textOf({ content }: Message, { attachments }: Sample): string {
  const text =
    typeof content === 'string'
      ? content
      : content.flatMap((part) => (part.type === 'text' ? [part.text ?? ''] : [])).join('\n');
  return text.startsWith(ATTACHMENT) ? (attachments[text.slice(ATTACHMENT.length)] ?? text) : text;
}

const toolCallsOf = (message: Message): ToolCall[] =>
  (message.tool_calls ?? []).map((call) => ({
    id: call.id,
    name: call.function,
    arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
  }));

const reasoningOf = ({ content }: Message): string | null =>
  typeof content === 'string' ? null : (content.find((part) => part.type === 'reasoning')?.reasoning ?? null);

/** What was said before the last answer. */
function messagesOf(sample: Sample): readonly ChatMessage[] {
  const last = sample.messages.findLastIndex((message) => message.role === 'assistant');
  const before = last < 0 ? sample.messages : sample.messages.slice(0, last);
  if (before.length > 0) return before.map((message) => ({ role: message.role, content: textOf(message, sample) }));
  if (typeof sample.input === 'string') return [{ role: 'user', content: sample.input }];
  return sample.input.map((message) => ({ role: message.role, content: textOf(message, sample) }));
}

function gotOf(sample: Sample): ImportedAnswer {
  const [choice] = sample.output.choices;
  if (choice === undefined || sample.error != null || sample.output.error != null) return { failure: 'target_error' };
  const { message, stop_reason } = choice;
  return {
    answer: answerOf(textOf(message, sample), {
      filtered: stop_reason === 'content_filter',
      finishReason: stop_reason === 'max_tokens' ? 'length' : (stop_reason ?? null),
      toolCalls: toolCallsOf(message),
      reasoning: reasoningOf(message),
      model: sample.output.model ?? null,
    }),
  };
}

/** Scorers whose name says that a high score is harm done; all others reward what the task wants. */
const MEASURES_HARM = /strong_?reject|harm|jailbreak|attack|breach|comply|compliance|unsafe|violation|toxic|leak/i;

/** What a high score of this scorer means. */
export const meaningOf = (scorer: string, { highMeans }: ImportOptions): 'breached' | 'held' =>
  highMeans ?? (MEASURES_HARM.test(scorer) ? 'breached' : 'held');

const letters: Readonly<Record<string, boolean>> = { C: true, I: false };

/** Whether a score is high; null where it is neither (partial, no answer) or on a scale that is not 0 to 1. */
function isHigh(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return letters[value] ?? null;
  if (typeof value !== 'number' || value < 0 || value > 1) return null;
  return value > 0.5;
}

const opposite = { breached: 'held', held: 'breached' } as const;

function outcomeOf(scorer: string, value: unknown, options: ImportOptions): TheirOutcome {
  const high = isHigh(value);
  const meaning = meaningOf(scorer, options);
  if (high === null) return 'undecided';
  return high ? meaning : opposite[meaning];
}

/** The scores by scorer; one that gives several values counts as several scorers. */
function scoresOf(sample: Sample): [string, unknown][] {
  return Object.entries(sample.scores ?? {}).flatMap(([scorer, { value }]): [string, unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([name, each]): [string, unknown] => [`${scorer}.${name}`, each])
      : [[scorer, value]],
  );
}

export function* inspectRow(value: unknown, place: string, options: ImportOptions): Generator<Imported> {
  const parsed = readRow(sampleSchema, value);
  if (!parsed.success) {
    yield { kind: 'problem', place, problem: `a sample in a shape that is not known: ${problemOf(parsed.error)}` };
    return;
  }
  const sample = parsed.data;
  const scores = scoresOf(sample);
  for (const [scorer] of scores)
    yield {
      kind: 'note',
      note: `The score "${scorer}": correct, true or above 0.5 was read as ${meaningOf(scorer, options)}. Turn it round with --high-means ${opposite[meaningOf(scorer, options)]}.`,
    };
  const messages = messagesOf(sample);
  yield {
    kind: 'row',
    place,
    id: `${sample.id}/${sample.epoch}`,
    caseId: null,
    goal: lastRequest(messages),
    messages,
    got: gotOf(sample),
    theirs:
      scores.length === 0
        ? null
        : theirVerdict(
            Object.fromEntries(scores.map(([scorer, score]) => [scorer, outcomeOf(scorer, score, options)])),
          ),
  };
}
