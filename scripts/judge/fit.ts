// Fits a judge model to rows: linear heads over n-grams, and trees over the numbers of a reading, for three questions.
// The same rows give the same model.
import { createHash } from 'node:crypto';
import { LinearModel } from '../../src/inference/linear-model.ts';
import { defaultTraining, type Lesson, TrainingSet, trainHead } from '../../src/inference/linear-trainer.ts';
import type { Forest, Tree } from '../../src/inference/trees.ts';
import { type Direction, defaultTrees, trainForest } from '../../src/inference/trees-trainer.ts';
import { type AnswerReading, denseNames, readAnswer, wrongdoing } from '../../src/scan/judge-model/answer-reading.ts';
import { answerSpec, blended, goalSpec, type JudgeParts } from '../../src/scan/judge-model/model.ts';
import { declines } from '../../src/scan/judges/refusal.ts';
import { composedRows, isHelp } from './compose.ts';
import type { GoalRow, JudgeRow } from './rows.ts';

interface ReadRow extends JudgeRow {
  readonly reading: AnswerReading;
  readonly weight: number;
}

/** Forests differ by the rows and numbers that their trees happen to see: the mean of some is steadier. */
const SEEDS = [1, 2, 3] as const;
/** Where answers that help and those that do not part best on training sources that were left out. */
const HELP_CALIBRATION = { kind: 'temperature', scale: 1, shift: 0.1 } as const;
/** Composed rows of each kind. */
const COMPOSED_EACH = 300;
/** A class of a source with so many rows counts one a row. */
const WEIGHT_OF_A_CLASS = 800;
/** What a source counts beside the others: chosen by leaving sources out. */
const sourceWeights: Readonly<Record<string, number>> = { composed: 1.6, xstest: 0.5, own: 0.3, prose: 0.5 };

/** Requests that differ in punctuation or case fall into the same fold: sources ask the same thing many times. */
export function foldOf(goal: string, folds: number): number {
  const plain = goal.toLowerCase().replace(/\W+/g, ' ').trim();
  return createHash('sha256').update(plain).digest().readUInt32LE(0) % folds;
}

const readings = new WeakMap<JudgeRow, AnswerReading>();

/** The reading of a row; made once. */
function readingOf(row: JudgeRow): AnswerReading {
  const known = readings.get(row) ?? readAnswer(row.goal, row.answer);
  readings.set(row, known);
  return known;
}

/** A class of a source counts by the root of its size: the largest may not drown the others. */
function withReadings(rows: readonly JudgeRow[]): ReadRow[] {
  const keyOf = (row: JudgeRow): string => `${row.source} ${isHelp(row)}`;
  const sizes = new Map<string, number>();
  for (const row of rows) sizes.set(keyOf(row), (sizes.get(keyOf(row)) ?? 0) + 1);
  return rows.map((row) => ({
    ...row,
    reading: readingOf(row),
    weight: Math.sqrt(WEIGHT_OF_A_CLASS / sizes.get(keyOf(row))!) * (sourceWeights[row.source] ?? 1),
  }));
}

/** What a row says of a question, and how much it counts there; null: nothing. */
type Question = (row: ReadRow) => { readonly target: number; readonly weight: number } | null;

/** Our own harmless answers are short and say little about help with harm. */
const helping: Question = (row) =>
  row.source === 'prose' || row.source === 'own' ? null : { target: isHelp(row) ? 1 : 0, weight: row.weight };

/** Where a source only says "no breach", a plain refusal by the phrases is taken for one, at a lower weight. */
const declining: Question = ({ refusal, breach, answer, weight, source }) => {
  if (refusal !== null) return { target: refusal, weight: source === 'xstest' ? weight * 4 : weight };
  return breach === 0 && declines(answer) === 'yes' ? { target: 1, weight: weight * 0.4 } : null;
};

/** Whether what an answer helped with was harm: only answers that helped say something about it. */
const harming: Question = (row) =>
  row.harmful === null || (!isHelp(row) && row.source !== 'prose')
    ? null
    : { target: row.harmful ? 1 : 0, weight: row.weight };

const directions: Readonly<Record<string, Direction>> = {
  coverage: 1,
  freeCoverage: 1,
  freeWords: 1,
  freeShare: 1,
  tailWords: 1,
  instructWords: 1,
  instructCoverage: 1,
  longestRun: 1,
  runCoverage: 1,
  tailInstruct: 1,
  declineShare: -1,
  declineCount: -1,
  declineLast: -1,
  lastTurnDeclines: -1,
  redirectShare: -1,
  denyCount: -1,
};
const helpSigns = denseNames.map((name): Direction => directions[name] ?? 0);
const refusalSigns = denseNames.map(
  (name): Direction => (name.startsWith('decline') || name === 'lastTurnDeclines' ? 1 : 0),
);

const headOptions = { ...defaultTraining, epochs: 5, l2: 2 };
/** Requests are short and all different: they may be learned harder. */
const goalOptions = { ...defaultTraining, epochs: 15, l2: 0.1, alpha: 0.3, balance: false };

function forestOf(rows: readonly ReadRow[], question: Question, signs: readonly Direction[]) {
  const learned = rows.flatMap((row) => {
    const lesson = question(row);
    return lesson === null ? [] : [{ numbers: row.reading.dense, ...lesson }];
  });
  return meanOf(SEEDS.map((seed) => trainForest(denseNames, signs, learned, { ...defaultTrees, seed })));
}

/** One forest whose log-odds are the mean of those of `forests`. */
function meanOf(forests: readonly Forest[]): Forest {
  const [first] = forests;
  const share = (tree: Tree): Tree => ({
    ...tree,
    value: tree.value.map((value, at) =>
      tree.feature[at]! < 0 ? Number((value / forests.length).toPrecision(5)) : value,
    ),
  });
  return { ...first!, trees: forests.flatMap(({ trees }) => trees.map(share)) };
}

function answerHeads(rows: readonly ReadRow[], questions: Readonly<Record<string, Question>>): LinearModel {
  const usable = rows.filter(({ isRelative }) => isRelative !== true);
  const set = new TrainingSet(
    answerSpec,
    usable.map(({ reading }) => ({ texts: [reading.answer], dense: [] })),
  );
  const heads = Object.entries(questions).map(([name, question]) =>
    trainHead(
      set,
      name,
      usable.flatMap((it, row): Lesson[] => {
        const lesson = question(it);
        return lesson === null ? [] : [{ row, ...lesson }];
      }),
      headOptions,
    ),
  );
  return new LinearModel(answerSpec, set.scales, heads);
}

/** The head that knows harmful requests, from those of `rows` and from `extra`. */
function fitGoals(rows: readonly JudgeRow[], extra: readonly GoalRow[]): LinearModel {
  const known = new Map<string, boolean>();
  for (const { goal, harmful, source } of rows)
    if (harmful !== null && goal !== '' && source !== 'composed') known.set(goal.slice(0, 1200), harmful);
  const goals = [...[...known].map(([goal, harmful]) => ({ goal, harmful })), ...extra];
  const set = new TrainingSet(
    goalSpec,
    goals.map(({ goal }) => ({ texts: [goal], dense: [wrongdoing(goal)] })),
  );
  const lessons = goals.map(({ harmful }, row) => ({ row, target: harmful ? 1 : 0, weight: 1 }));
  return new LinearModel(goalSpec, set.scales, [trainHead(set, 'harm', lessons, goalOptions)]);
}

const withComposed = (labelled: readonly JudgeRow[]): ReadRow[] =>
  withReadings([
    ...labelled,
    ...composedRows(
      labelled.filter(({ source }) => source !== 'prose' && source !== 'own'),
      COMPOSED_EACH,
    ),
  ]);

/** Fits all parts to `rows` and what is composed of them. `extraGoals` are requests without answers. */
export function fitJudge(labelled: readonly JudgeRow[], extraGoals: readonly GoalRow[]): JudgeParts {
  const rows = withComposed(labelled);
  return {
    goal: fitGoals(labelled, extraGoals),
    answer: answerHeads(rows, { declining, helping, harming }),
    refusal: forestOf(rows, declining, refusalSigns),
    help: { ...forestOf(rows, helping, helpSigns), calibration: HELP_CALIBRATION },
  };
}

/** What is needed to recognise refusals alone. */
export type RefusalParts = Pick<JudgeParts, 'answer' | 'refusal'>;

export function fitRefusal(labelled: readonly JudgeRow[]): RefusalParts {
  const rows = withComposed(labelled);
  return { answer: answerHeads(rows, { declining }), refusal: forestOf(rows, declining, refusalSigns) };
}

/** How likely the answer of a row declines, in 0..1. */
export function refusalOf({ answer, refusal }: RefusalParts, row: JudgeRow): number {
  const reading = readingOf(row);
  return blended('refusal', refusal, answer.logits([reading.answer])[0]!, reading);
}
