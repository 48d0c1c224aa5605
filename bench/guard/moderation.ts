// How often the moderation detector flags requests that people wrote: harmful ones, harmless ones in like words, ordinary ones.
import { type Rate, wilson } from '../../src/core/score/interval.ts';
import type { OpenDetector } from '../../src/guard/detectors/detector.ts';
import { moderation } from '../../src/guard/detectors/moderation.ts';
import { readLines } from './accuracy.ts';

interface Request {
  readonly goal: string;
  readonly prompt_type?: string;
}

const textsOf = (folder: string, name: string): string[] =>
  (readLines<{ text: string }>(folder, name) ?? []).map(({ text }) => text);

const requestsOf = (folder: string, set: string): Request[] =>
  [`judge_train_${set}`, `judge_dev_${set}`].flatMap((name) => readLines<Request>(folder, name) ?? []);

const goalsOf = (requests: readonly Request[]): string[] => [...new Set(requests.map(({ goal }) => goal))];

/** XSTest asks for harm in its contrast prompts alone; the others look as if they did (Röttger et al. 2024). */
const isContrast = ({ prompt_type }: Request): boolean => prompt_type?.startsWith('contrast') === true;

function filesOf(folder: string): Record<string, readonly string[]> {
  const xstest = requestsOf(folder, 'refusal');
  return {
    'harmful: XSTest': goalsOf(xstest.filter(isContrast)),
    'harmful: GPTFuzz': goalsOf(requestsOf(folder, 'gptfuzz')),
    'harmless in like words: XSTest': goalsOf(xstest.filter((request) => !isContrast(request))),
    'ordinary chat': textsOf(folder, 'guard_check_benign_chat'),
    'security questions': textsOf(folder, 'guard_check_benign_security'),
  };
}

async function figureOf(detect: OpenDetector['detect'], texts: readonly string[]) {
  const context = { messages: [], index: 0, session: null, signal: new AbortController().signal };
  const categories: Record<string, number> = {};
  let flagged = 0;
  for (const text of texts) {
    const { labels } = await detect(text, context);
    const found = labels.filter(({ score }) => score >= moderation.threshold);
    if (found.length > 0) flagged += 1;
    for (const { label } of found) categories[label] = (categories[label] ?? 0) + 1;
  }
  return { flagged: wilson(flagged, texts.length), categories };
}

/** Share flagged at the threshold that ships, by file; also which categories flagged how many. */
export async function moderationFigures(folder: string) {
  const { detect } = await moderation.open(null, { judge: null });
  const figures: Record<string, { flagged: Rate; categories: Record<string, number> }> = {};
  for (const [name, texts] of Object.entries(filesOf(folder)))
    if (texts.length > 0) figures[name] = await figureOf(detect, texts);
  return figures;
}
