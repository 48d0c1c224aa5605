// What a decision costs in process: time at 32, 128 and 512 tokens, and memory.
import { fileURLToPath } from 'node:url';
import { openWordPiece } from '../../src/inference/word-piece.ts';
import { type Arm, measure } from './arms.ts';

const vocabulary = fileURLToPath(new URL('../../data/models/all-minilm-l6-v2/vocab.txt', import.meta.url));

const english = [
  'The committee met on Tuesday and chose the second option after a long debate about the costs of the new bridge.',
  'Please send the signed form to the office before Friday, and tell us whether you need a place to stay.',
  'Revenue rose by three percent in the second quarter, while the number of visitors to the museum fell a little.',
  'How do I change the password of my account, and where can I see when it was used for the last time?',
];

/** Pieces are counted with the English vocabulary here, too: the multilingual one has a third fewer. */
const german = [
  'Der Ausschuss trat am Dienstag zusammen und wählte nach langer Aussprache über die Kosten der neuen Brücke den zweiten Vorschlag.',
  'Bitte schicken Sie das unterschriebene Formular vor Freitag an das Büro, und sagen Sie uns, ob Sie ein Zimmer brauchen.',
  'Der Umsatz stieg im zweiten Quartal um drei Prozent, während die Zahl der Besucher des Museums leicht zurückging.',
  'Wie ändere ich das Kennwort meines Kontos, und wo kann ich sehen, wann es zuletzt verwendet wurde?',
];

/** A harmless text of about so many pieces; each differs, so that nothing is remembered. */
export function textOf(tokens: number, turn: number, sentences: readonly string[] = english): string {
  const pieces = openPieces();
  const words: string[] = [];
  for (let at = turn; ; at++) {
    for (const word of sentences[at % sentences.length]!.split(' ')) {
      words.push(word);
      if (words.length % 8 === 0 && pieces.encode(words.join(' ')).ids.length >= tokens) return words.join(' ');
    }
    words.push(`Note ${turn}.`);
  }
}

let opened: ReturnType<typeof openWordPiece> | null = null;
const openPieces = () => {
  opened ??= openWordPiece(vocabulary);
  return opened;
};

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;

/** Pieces of the encoder's vocabulary. */
export const lengths = [32, 128, 512];

const RUNS = 100;
const WARM_UP = 20;

/** Milliseconds by arm and length; the cascade's are those of texts that the linear stage decides, and of the others. */
export async function latency(arms: readonly Arm[]) {
  const figures: Record<string, unknown> = {};
  for (const arm of arms)
    for (const tokens of lengths) figures[`${arm.name}_${tokens}`] = await timesOf(arm, tokens, english);
  const transformer = arms.filter(({ name }) => name === 'transformer');
  for (const arm of transformer)
    for (const tokens of lengths) figures[`${arm.name}_german_${tokens}`] = await timesOf(arm, tokens, german);
  return { ...figures, memory_mb: Math.round(process.memoryUsage().rss / 1e6) };
}

async function timesOf({ cascade }: Arm, tokens: number, sentences: readonly string[]) {
  const times: number[] = [];
  for (let run = 0; run < RUNS + WARM_UP; run++) {
    const text = textOf(tokens, run, sentences);
    const begun = performance.now();
    await measure(cascade, text);
    if (run >= WARM_UP) times.push(performance.now() - begun);
  }
  return { n: RUNS, p50_ms: percentile(times, 0.5), p99_ms: percentile(times, 0.99) };
}

/** Milliseconds of the cascade on real texts, apart for those that the linear stage decides. */
export async function latencyBySize(arm: Arm, texts: readonly string[]) {
  const alone: number[] = [];
  const asked: number[] = [];
  for (const text of texts) {
    const begun = performance.now();
    const measured = await measure(arm.cascade, text);
    (measured.asked ? asked : alone).push(performance.now() - begun);
  }
  const figures = (times: readonly number[]) =>
    times.length === 0
      ? { n: 0 }
      : { n: times.length, p50_ms: percentile(times, 0.5), p99_ms: percentile(times, 0.99) };
  return { decided_by_linear: figures(alone), encoder_asked: figures(asked) };
}
