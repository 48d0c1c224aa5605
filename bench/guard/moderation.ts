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

function goalsOf(folder: string, names: readonly string[], isMeant: (request: Request) => boolean): string[] {
  const requests = names.flatMap((name) => readLines<Request>(folder, name) ?? []);
  return [...new Set(requests.filter(isMeant).map(({ goal }) => goal))];
}

/** XSTest asks for harm in its contrast prompts alone; the others look as if they did (Röttger et al. 2024). */
const isContrast = ({ prompt_type }: Request): boolean => prompt_type?.startsWith('contrast') === true;
const xstest = ['judge_train_refusal', 'judge_dev_refusal'];

function filesOf(folder: string): Record<string, readonly string[]> {
  return {
    'harmful: XSTest': goalsOf(folder, xstest, isContrast),
    'harmful: GPTFuzz': goalsOf(folder, ['judge_train_gptfuzz', 'judge_dev_gptfuzz'], () => true),
    'harmless in like words: XSTest': goalsOf(folder, xstest, (request) => !isContrast(request)),
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
