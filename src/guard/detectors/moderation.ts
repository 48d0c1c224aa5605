// Harmful content by category, each with a score of its own. Experimental: it misses much of what people ask for (its model card).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { sigmoid } from '../../inference/calibration.ts';
import { similarity } from '../../inference/embedder.ts';
import { openTextVectors, type TextVectors } from '../../inference/text-vectors.ts';
import { windowsOf } from '../../inference/windows.ts';
import { type Detector, nothingDetected } from './detector.ts';
import { sharedEmbedder } from './shared-embedder.ts';

const folder = fileURLToPath(new URL('../../../data/models/moderation/', import.meta.url));

export const moderationLabels = [
  'HATE',
  'HARASSMENT',
  'SELF_HARM',
  'SEXUAL',
  'VIOLENCE',
  'WEAPONS',
  'CRIME',
  'FRAUD',
] as const;

/**
 * One a label: log-odds are `bias`, the product of `weights` with the text's unit vector, and the encoder's answer at the
 * label's place; 0 is the threshold.
 */
const headSchema = z.object({ label: z.enum(moderationLabels), bias: z.number(), weights: z.array(z.number()) });
const headsSchema = z.object({ id: z.string(), heads: z.array(headSchema).length(moderationLabels.length) });

const label = z.enum(moderationLabels);
const reference = z
  .union([label.transform((one) => [one]), z.array(label).min(1)])
  .nullish()
  .describe(`the categories to look for, one or a list of: ${moderationLabels.join(', ')}`);

const size = { length: 96, stride: 64 };
/** Enough for 2,000 words; what follows is not looked at. */
const MOST_WINDOWS = 32;

let opened: Promise<TextVectors> | null = null;
const sharedEncoder = (): Promise<TextVectors> => {
  opened ??= openTextVectors(`${folder}encoder.onnx`);
  return opened;
};

export const moderation: Detector = {
  id: 'moderation',
  title: 'Harmful content',
  summary: 'Scores hate, harassment, self-harm, sexual content, violence, weapons, crime and fraud in English texts.',
  version: 3,
  cost: 'encoder',
  experimental: true,
  reads: 'forms',
  asks: 'message',
  threshold: 0.5,
  reference,
  open(given) {
    const wanted = reference.parse(given) ?? moderationLabels;
    const all = headsSchema.parse(JSON.parse(readFileSync(`${folder}heads.json`, 'utf8'))).heads;
    const heads = all.map((head, at) => ({ ...head, at, weights: Float32Array.from(head.weights) }));
    const chosen = heads.filter((head) => wanted.includes(head.label));
    return {
      async detect(text) {
        const windows = windowsOf(text, size).slice(0, MOST_WINDOWS);
        if (windows.length === 0) return nothingDetected;
        const texts = windows.map(({ start, end }) => text.slice(start, end));
        const answers = await (await sharedEncoder())(texts);
        const vectors = await (await sharedEmbedder()).embed(texts);
        const scores = chosen.map(({ label, bias, weights, at }) => {
          const most = Math.max(...vectors.map((vector, place) => similarity(vector, weights) + answers[place]![at]!));
          return { label, score: sigmoid(bias + most) };
        });
        scores.sort((a, b) => b.score - a.score);
        return { score: scores[0]!.score, labels: scores, spans: [] };
      },
    };
  },
};
