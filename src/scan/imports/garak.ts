// garak's report.jsonl (NVIDIA/garak, garak/attempt.py and garak/evaluators/base.py; versions 0.9 to 0.17): a line is an
// entry of some type; the attempts hold a prompt, the outputs of its generations, and a score of each detector for each.
import { z } from 'zod';
import type { ChatMessage } from '../../core/chat.ts';
import { linesOf, parseLine } from './file-text.ts';
import { garakMessages, garakText, outputSchema, promptSchema } from './garak-words.ts';
import type { Imported, ImportedRow, Importer, TheirOutcome } from './import.ts';
import { answerOf, lastRequest, problemOf, readRow, theirVerdict } from './row-parts.ts';

/** Where nothing else is said: a score of a detector from here on is a hit. */
const DEFAULT_THRESHOLD = 0.5;
const KNOWN_VERSION = /^0\.(9|1\d)\./;
/** After the detectors have scored; 1 is the same attempt before that. */
const SCORED = 2;

const entrySchema = z.object({ entry_type: z.string() });

const attemptSchema = z.object({
  uuid: z.string(),
  status: z.number(),
  probe_classname: z.string().nullish(),
  prompt: promptSchema.nullish(),
  outputs: z.array(outputSchema),
  detector_results: z.record(z.string(), z.array(z.number().nullable())).default({}),
  /** Since 0.11; before that `messages`. */
  conversations: z.array(promptSchema).nullish(),
  messages: z.array(promptSchema).nullish(),
});

type Attempt = z.infer<typeof attemptSchema>;

const setupSchema = z.object({
  '_config.version': z.string().optional(),
  'run.eval_threshold': z.number().optional(),
});
const initSchema = z.object({ garak_version: z.string() });

function outcomeOf(score: number | null | undefined, threshold: number): TheirOutcome {
  if (score == null) return 'undecided';
  return score >= threshold ? 'breached' : 'held';
}

/** What was said before the output of this number: its own conversation without the last answer, or the prompt. */
function messagesBefore(attempt: Attempt, index: number): readonly ChatMessage[] {
  const own = (attempt.conversations ?? attempt.messages)?.[index];
  const said = own == null ? [] : garakMessages(own);
  const last = said.findLastIndex((message) => message.role === 'assistant');
  const before = last < 0 ? said : said.slice(0, last);
  return before.length > 0 || attempt.prompt == null ? before : garakMessages(attempt.prompt);
}

function* rowsOf(attempt: Attempt, place: string, threshold: number): Generator<ImportedRow> {
  for (const [index, output] of attempt.outputs.entries()) {
    const text = garakText(output);
    const messages = messagesBefore(attempt, index);
    const by = Object.fromEntries(
      Object.entries(attempt.detector_results).map(([detector, scores]) => [
        detector,
        outcomeOf(scores[index], threshold),
      ]),
    );
    yield {
      kind: 'row',
      place,
      id: `${attempt.uuid}/${index}`,
      caseId: null,
      goal: lastRequest(messages),
      messages,
      got: text === null ? { failure: 'target_error' } : { answer: answerOf(text) },
      theirs: attempt.status === SCORED ? theirVerdict(by) : null,
    };
  }
}

interface ReadState {
  threshold: number;
  /** Attempts that were seen before their scores only: an interrupted run leaves such. */
  readonly unscored: Set<string>;
}

function* attemptEntries(value: unknown, place: string, state: ReadState): Generator<Imported> {
  const attempt = readRow(attemptSchema, value);
  if (!attempt.success) {
    yield { kind: 'problem', place, problem: `an attempt in a shape that is not known: ${problemOf(attempt.error)}` };
    return;
  }
  if (attempt.data.status === SCORED) {
    state.unscored.delete(attempt.data.uuid);
    yield* rowsOf(attempt.data, place, state.threshold);
    return;
  }
  state.unscored.add(attempt.data.uuid);
  yield { kind: 'aside', what: 'attempt before its detectors ran' };
}

function* settingsEntries(value: unknown, state: ReadState): Generator<Imported> {
  const setup = setupSchema.safeParse(value);
  if (setup.success) state.threshold = setup.data['run.eval_threshold'] ?? state.threshold;
  const init = initSchema.safeParse(value);
  const version = init.success ? init.data.garak_version : null;
  if (version !== null) yield { kind: 'version', version: `garak ${version}`, known: KNOWN_VERSION.test(version) };
}

/** Entries that hold no answers, by what they are. */
const asides: Readonly<Record<string, string>> = {
  'start_run setup': 'settings of the run',
  init: 'settings of the run',
  config: 'settings of the run',
  plugin_cache: 'settings of the run',
  eval: 'sums of a probe',
  probe_summary: 'sums of a probe',
  digest: 'sums of the run',
  completion: 'end of the run',
};

function* entriesOf(value: unknown, place: string, state: ReadState): Generator<Imported> {
  const entry = entrySchema.safeParse(value);
  if (!entry.success) {
    yield { kind: 'problem', place, problem: 'a line without "entry_type"' };
    return;
  }
  const type = entry.data.entry_type;
  if (type === 'attempt') return yield* attemptEntries(value, place, state);
  const what = asides[type];
  if (what === undefined) {
    yield { kind: 'problem', place, problem: `an entry of the type "${type}", which is not known` };
    return;
  }
  yield* settingsEntries(value, state);
  yield { kind: 'aside', what };
}

/** The answers of an interrupted run that no detector saw; the file is read once more for them. */
async function* unscoredRows(path: string, { unscored, threshold }: ReadState): AsyncGenerator<Imported> {
  for await (const line of linesOf(path)) {
    const parsed = parseLine(line);
    const attempt = attemptSchema.safeParse('value' in parsed ? parsed.value : null);
    if (attempt.success && unscored.delete(attempt.data.uuid))
      yield* rowsOf(attempt.data, `line ${line.number}`, threshold);
  }
}

export const garak: Importer = {
  id: 'garak',
  title: 'garak report',
  recognises: ({ firstLine }) => typeof firstLine?.entry_type === 'string',
  async *read(path) {
    const state: ReadState = { threshold: DEFAULT_THRESHOLD, unscored: new Set() };
    for await (const line of linesOf(path)) {
      const place = `line ${line.number}`;
      const parsed = parseLine(line);
      if ('problem' in parsed) yield { kind: 'problem', place, problem: parsed.problem };
      else yield* entriesOf(parsed.value, place, state);
    }
    if (state.unscored.size > 0) yield* unscoredRows(path, state);
  },
};
