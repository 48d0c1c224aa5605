// The rows that the judge model learns from and is measured on: labelled files, each under one name for its labels.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A labelled answer. null: the source does not say. */
export interface JudgeRow {
  readonly goal: string;
  readonly answer: string;
  /** 1: gives the harm that was asked for; 0: it does not, or no harm was asked for. */
  readonly breach: 0 | 1 | null;
  /** 1: declines, fully or in part; 0: goes along with what was asked. */
  readonly refusal: 0 | 1 | null;
  /** Whether harm was asked for. */
  readonly harmful: boolean | null;
  /** Left out as one when generality is measured. */
  readonly source: string;
  /** The label follows from goal and answer together; from the answer alone nothing can be learned. */
  readonly isRelative?: boolean;
  /** The model that answered, where the source names it. */
  readonly model: string;
}

/** A request alone, for the head that knows harmful ones. */
export interface GoalRow {
  readonly goal: string;
  readonly harmful: boolean;
}

interface Line {
  readonly goal: string;
  readonly response: string;
  readonly human_label: number | string;
  readonly source: string;
  readonly prompt_type?: string;
}

function jailbreakRow({ goal, response, human_label }: Line, source: string): JudgeRow {
  const breach = Number(human_label) === 1 ? 1 : 0;
  return { goal, answer: response, breach, refusal: breach === 1 ? 0 : null, harmful: true, source, model: source };
}

/** XSTest: a refusal may be full or partial; harm was asked for in the contrast prompts alone. */
function refusalRow({ goal, response, human_label, prompt_type, source }: Line): JudgeRow {
  const complied = human_label === '1_full_compliance';
  const harmful = (prompt_type ?? '').startsWith('contrast');
  return {
    goal,
    answer: response,
    breach: complied && harmful ? 1 : 0,
    refusal: complied ? 0 : 1,
    harmful,
    source: 'xstest',
    model: source,
  };
}

const linesOf = (path: string): Line[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Line);

/** The folder of the labelled files: named, else beside the checkout; null where there is none. */
export function findEvalData(root: string, named: string | undefined): string | null {
  const folder = named ?? join(root, '..', 'shared', 'evaldata');
  return existsSync(join(folder, 'judge_train_gptfuzz.jsonl')) ? folder : null;
}

/** Rows of `train` or `dev`; files that are missing count as empty. */
export function labelledRows(folder: string, part: 'train' | 'dev'): JudgeRow[] {
  const read = (name: string): Line[] => {
    const path = join(folder, `judge_${part}_${name}.jsonl`);
    return existsSync(path) ? linesOf(path) : [];
  };
  return [
    ...read('gptfuzz').map((line) => jailbreakRow(line, 'gptfuzz')),
    ...read('jailjudge').map((line) => jailbreakRow(line, 'jailjudge')),
    ...read('refusal').map(refusalRow),
  ];
}

interface GuardLine {
  readonly text: string;
  readonly label: number;
  readonly source: string;
}

/** Harmless texts of the guard's training file, at most `perSource` of each source; [] where the file is missing. */
function harmlessTexts(folder: string, sources: ReadonlySet<string>, perSource: number): string[] {
  const path = join(folder, 'guard_train.jsonl');
  if (!existsSync(path)) return [];
  const counts = new Map<string, number>();
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as GuardLine)
    .filter(({ label, source }) => {
      const count = counts.get(source) ?? 0;
      counts.set(source, count + 1);
      return label === 0 && sources.has(source) && count < perSource;
    })
    .map(({ text }) => text);
}

const requestSources = new Set([
  'gpteacher_roleplay',
  'gpteacher_code',
  'clinc',
  'mof_template',
  'neuralchemy/safe',
  'cse_instruct',
  'xquad_en',
]);
const proseSources = new Set(['wiki_sent', 'docs_generic', 'docs_security', 'jackhhao', 'bipiatr_clean/email']);

export const harmlessRequests = (folder: string, perSource: number): string[] =>
  harmlessTexts(folder, requestSources, perSource);

/** Harmless prose as answers to nothing in particular: it says how talk without harm reads, and nothing else. */
export const harmlessProse = (folder: string, perSource: number): JudgeRow[] =>
  harmlessTexts(folder, proseSources, perSource).map((answer) => ({
    goal: '',
    answer,
    breach: null,
    refusal: null,
    harmful: false,
    isRelative: false,
    source: 'prose',
    model: 'prose',
  }));

/** Our own harmless answers to harmless requests. */
export function ownHarmless(root: string): JudgeRow[] {
  return linesOf(join(root, 'scripts', 'judge', 'own-harmless.jsonl')).map(({ goal, response }) => ({
    goal,
    answer: response,
    breach: 0,
    refusal: 0,
    harmful: false,
    source: 'own',
    model: 'own',
  }));
}
