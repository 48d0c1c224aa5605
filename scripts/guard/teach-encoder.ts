// Teaches one of the injection detector's encoders what it is asked about.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EncoderName, encoderFiles } from '../../src/guard/encoders.ts';
import { openWordPiece } from '../../src/inference/word-piece.ts';
import { type EncoderMaterial, encoderRows } from './encoder-rows.ts';
import { chooseVocabulary } from './encoder-vocabulary.ts';
import type { Material } from './fit-linear.ts';
import { type EncoderTools, trainEncoder } from './train-encoder.ts';

const MULTILINGUAL_PIECES = 32_000;
const SHARE_OF_NEWS = 0.6;

export interface Course {
  readonly tools: EncoderTools;
  /** About how many windows. */
  readonly rows: number;
  readonly minutes: string;
  /** Encoders of earlier runs: their mean is taught further. */
  readonly start: readonly string[];
  /** What is new since: most of the windows are of it. Null: all alike. */
  readonly news: Pick<Material, 'rows' | 'lessons'> | null;
  readonly seed: number;
}

/** The pieces of what the encoder is asked about, null for other texts: the multilingual one reads what the English one cannot. */
export function readBy(name: EncoderName): EncoderMaterial['row'] {
  const { english, multilingual } = encoderFiles;
  const { row } = english.reader(english.vocabulary);
  if (name === 'english') return row;
  const other = multilingual.reader(multilingual.vocabulary);
  return (text) => (row(text) === null ? other.row(text) : null);
}

const groupOf: Record<EncoderName, EncoderMaterial['groupOf']> = {
  english: ({ family, language }) => `${family} ${language === 'en' ? 'en' : 'other'}`,
  multilingual: ({ family, language }) => `${family} ${language}`,
};

/** Writes the part of the published vocabulary that is kept, unless it was chosen before: weights hang on it. */
function keepVocabulary({ lessons }: Material, weights: string): void {
  const { english, multilingual } = encoderFiles;
  if (existsSync(multilingual.vocabulary)) return;
  const published = join(weights, 'assets/vocab.txt');
  const whole = openWordPiece(published, 'cased');
  const { row } = english.reader(english.vocabulary);
  const texts = lessons.flatMap(({ text }) => (row(text) === null ? [whole.encode(text).ids] : []));
  const pieces = readFileSync(published, 'utf8').trimEnd().split('\n');
  writeFileSync(multilingual.vocabulary, chooseVocabulary(pieces, texts, MULTILINGUAL_PIECES).join('\n'));
}

export function teachEncoder(name: EncoderName, material: Material, cache: string, course: Course): void {
  const { tools, rows, minutes, start, news, seed } = course;
  if (name === 'multilingual') keepVocabulary(material, tools.weights);
  const from = (source: Pick<Material, 'rows' | 'lessons'>, count: number) =>
    encoderRows({ ...source, row: readBy(name), groupOf: groupOf[name] }, count, seed);
  const chosen =
    news === null
      ? from(material, rows)
      : [...from(news, rows * SHARE_OF_NEWS), ...from(material, rows * (1 - SHARE_OF_NEWS))];
  const { weights: out, vocabulary } = encoderFiles[name];
  const isFurther = start.length > 0;
  const further = [
    ...['--minutes', minutes],
    ...(name === 'multilingual' ? ['--vocabulary', vocabulary, '--frozen', '1'] : []),
    ...(isFurther ? ['--start', ...start] : []),
  ];
  // What has been taught before is taught further at a gentler rate.
  trainEncoder(tools, chosen, join(cache, `guard-${name}-rows.jsonl`), out, {
    rate: isFurther ? '5e-5' : '8e-5',
    further,
  });
}
