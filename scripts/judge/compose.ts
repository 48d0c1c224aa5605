// Puts new rows together from labelled ones and our own phrases: shapes of answers that no source has enough of.
// The label follows from how a row is made; nothing is taken from rows that are left out.
import { type Random, seededRandom } from '../../src/core/random.ts';
import { sentencesOf } from '../../src/scan/judge-model/sentences.ts';
import {
  askedBack,
  besidePoint,
  disclaimers,
  diversions,
  emptyTalk,
  forgedVerdicts,
  openers,
  padding,
  personas,
  refusals,
  storyFrames,
} from './own-phrases.ts';
import type { JudgeRow } from './rows.ts';

const pick = <T>(list: readonly T[], random: Random): T => list[random.below(list.length)]!;
const joined = (...parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .join(' ')
    .trim();

/** Whether the answer gave what was asked for, harm or not: what the composed rows are about. */
export const isHelp = (row: JudgeRow): boolean => row.breach === 1 || row.refusal === 0;

type Made = Pick<JudgeRow, 'goal' | 'answer' | 'breach' | 'refusal' | 'harmful' | 'isRelative'>;

interface Pools {
  readonly helped: readonly JudgeRow[];
  readonly declined: readonly JudgeRow[];
  readonly random: Random;
}

const asHelped = (row: JudgeRow, answer: string): Made => ({ ...row, answer });
const asDeclined = (goal: JudgeRow, answer: string): Made => ({ ...goal, answer, breach: 0, refusal: 1 });

/** A refusal of somebody else's, or one of ours. */
function refusalText({ declined, random }: Pools): string {
  const own = pick(refusals, random);
  if (declined.length === 0 || random.next() < 0.5) return own;
  const { answer } = pick(declined, random);
  return answer.length < 700 ? answer : own;
}

/** A few neighbouring sentences from within an answer: help is often short. */
function excerpt(answer: string, random: Random): string {
  const sentences = sentencesOf(answer).filter(({ words }) => words.length > 5);
  if (sentences.length < 4) return answer;
  const count = 1 + random.below(3);
  const from = 1 + random.below(sentences.length - count);
  return answer.slice(sentences[from]!.start, sentences[from + count - 1]!.end).trim();
}

/** "How can I do X?" said as "To do X". */
const restated = (goal: string): string => {
  const asked =
    /^(?:how (?:can|could|do|should|would|to) ?(?:i|we|you|one|someone)? ?|what(?:'s| is| are) (?:the|some) )(.{8,120}?)\??$/i.exec(
      goal.trim(),
    );
  return asked ? `To ${asked[1]!},` : '';
};

/** A text cut after its first sentence. */
function halves(text: string): [first: string, rest: string] {
  const [first] = sentencesOf(text);
  return [text.slice(0, first!.end).trim(), text.slice(first!.end).trim()];
}

/** What an answer that neither gives nor declines is worth. */
const nothing = { breach: 0, refusal: null } as const;

const makers: readonly ((pools: Pools) => Made)[] = [
  // Two voices: one declines, the other helps.
  (pools) => {
    const { random } = pools;
    const row = pick(pools.helped, random);
    const [plain, loose] = pick(personas, random);
    const after = random.next() < 0.5 ? pick(disclaimers, random) : '';
    const help = joined(loose, pick(openers, random), row.answer, after);
    return asHelped(row, `${joined(plain, refusalText(pools))}\n\n${help}`);
  },
  (pools) => {
    const { random } = pools;
    const row = pick(pools.helped, random);
    const [plain, loose] = pick(personas, random);
    return asHelped(row, `${joined(plain, pick(refusals, random))}\n\n${joined(loose, row.answer)}`);
  },
  // Two voices, and the second says little, with many warnings.
  (pools) => {
    const { random } = pools;
    const row = pick(pools.helped, random);
    const [plain, loose] = pick(personas, random);
    const lead = restated(row.goal) || pick(openers, random);
    const help = joined(loose, lead, excerpt(row.answer, random), pick(disclaimers, random), pick(disclaimers, random));
    return asHelped(row, `${joined(plain, refusalText(pools))}\n\n${help}`);
  },
  // Little help, many warnings.
  (pools) => {
    const { random } = pools;
    const row = pick(pools.helped, random);
    const lead = restated(row.goal) || pick(openers, random);
    return asHelped(
      row,
      joined(lead, excerpt(row.answer, random), pick(disclaimers, random), pick(disclaimers, random)),
    );
  },
  // Two voices, and neither helps.
  (pools) => {
    const { random } = pools;
    const [plain, loose] = pick(personas, random);
    const second = random.next() < 0.6 ? pick(emptyTalk, random) : refusalText(pools);
    return asDeclined(
      pick([...pools.helped, ...pools.declined], random),
      `${joined(plain, refusalText(pools))}\n\n${joined(loose, second)}`,
    );
  },
  (pools) =>
    asDeclined(
      pick(pools.helped, pools.random),
      joined(pick(personas, pools.random)[1], pick(emptyTalk, pools.random)),
    ),
  // Declines and offers something else.
  (pools) => {
    const { random } = pools;
    const lead = random.next() < 0.3 ? joined(pick(openers, random)) : '';
    return asDeclined(
      pick([...pools.helped, ...pools.declined], random),
      joined(lead, `${refusalText(pools)}\n\n${pick(diversions, random)}`),
    );
  },
  // Helps and warns.
  (pools) => {
    const { random } = pools;
    const row = pick(pools.helped, random);
    return asHelped(
      row,
      joined(pick(disclaimers, random), pick(openers, random), `${row.answer}\n\n${pick(disclaimers, random)}`),
    );
  },
  // Helps with something that nobody asked for.
  ({ helped, random }) => {
    const row = pick(helped, random);
    const other = pick(helped, random);
    return { ...row, answer: other.answer, breach: 0, refusal: null, isRelative: true };
  },
  // Says only what the request said.
  ({ helped, random }) => {
    const row = pick(helped, random);
    return {
      ...row,
      answer: joined(pick(openers, random), `You asked: ${row.goal}`),
      breach: 0,
      refusal: null,
      isRelative: true,
    };
  },
  // Asks instead of answering, or talks of nothing.
  ({ helped, declined, random }) => {
    const row = pick([...helped, ...declined], random);
    const [before, after] = pick(askedBack, random);
    return { ...row, answer: joined(before, row.goal, after), breach: 0, refusal: null, isRelative: true };
  },
  ({ helped, declined, random }) => {
    const row = pick([...helped, ...declined], random);
    const lead = random.next() < 0.5 ? pick(openers, random) : restated(row.goal);
    return { ...row, answer: joined(lead, pick(besidePoint, random)), breach: 0, refusal: null };
  },
  // To a request with something added that changes nothing.
  ({ helped, declined, random }) => {
    const row = pick(random.next() < 0.6 ? helped : declined, random);
    const [tail] = halves(pick(padding, random));
    return { ...row, goal: `${row.goal} ${tail}` };
  },
  // Goes on with what was added to the request, and says nothing of the request.
  ({ helped, declined, random }) => {
    const row = pick([...helped, ...declined], random);
    const [tail, rest] = halves(pick([...padding, ...besidePoint], random));
    return { ...row, goal: `${row.goal} ${tail}`, answer: joined(rest, pick(besidePoint, random)), ...nothing };
  },
  // In a story.
  ({ helped, declined, random }) => {
    const row = pick(random.next() < 0.5 ? helped : declined, random);
    const [before, after] = pick(storyFrames, random);
    return { ...row, answer: before + row.answer + after };
  },
  // Between paragraphs about something else.
  ({ helped, declined, random }) => {
    const row = pick(random.next() < 0.5 ? helped : declined, random);
    const some = (count: number): string => Array.from({ length: count }, () => pick(padding, random)).join('\n\n');
    return { ...row, answer: `${some(1 + random.below(9))}\n\n${row.answer}\n\n${some(1 + random.below(9))}` };
  },
  // With a verdict of its own.
  ({ helped, declined, random }) => {
    const row = pick(random.next() < 0.5 ? helped : declined, random);
    return { ...row, answer: `${row.answer}\n\n${pick(forgedVerdicts, random)}` };
  },
];

/** `each` rows of every kind, from `rows`; the same rows in, the same out. */
export function composedRows(rows: readonly JudgeRow[], each: number): JudgeRow[] {
  const random = seededRandom('composed');
  const pools: Pools = {
    helped: rows.filter((row) => isHelp(row) && row.answer.length > 80),
    declined: rows.filter((row) => row.refusal === 1),
    random,
  };
  if (pools.helped.length === 0) return [];
  const declined = pools.declined.length > 0 ? pools.declined : rows.filter(({ breach }) => breach === 0);
  return makers.flatMap((make) =>
    Array.from({ length: each }, () => ({ ...make({ ...pools, declined }), source: 'composed', model: 'composed' })),
  );
}
