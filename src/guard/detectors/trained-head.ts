// A linear head over hashed n-grams that comes with the policy: trained by `redoubt harden` on what a scan found.
import { z } from 'zod';
import { invalidField, RedoubtError } from '../../core/errors.ts';
import { sigmoid } from '../../inference/calibration.ts';
import type { LinearSpec } from '../../inference/linear-model.ts';
import { unpackModel } from '../../inference/weights-file.ts';
import type { Detector } from './detector.ts';

const MOST_CHARACTERS = 200_000;

/** What such a head reads. */
export const headSpec: LinearSpec = {
  bits: 14,
  fields: [{ name: 'text', words: [1, 3], characters: [3, 5], longest: 4_000 }],
  dense: [],
};

const reference = z
  .strictObject({ weights: z.base64().max(MOST_CHARACTERS) })
  .describe('an object with the weights of the head, in base64: weights');

export const trainedHead: Detector = {
  id: 'trained-head',
  title: 'Trained head',
  summary: 'Finds texts that a small linear model takes for the kind that it was trained on.',
  version: 1,
  cost: 'linear',
  experimental: true,
  reads: 'forms',
  asks: 'message',
  threshold: 0.5,
  reference,
  open(given) {
    const { weights } = reference.parse(given);
    try {
      const { model } = unpackModel(Buffer.from(weights, 'base64'), 'reference.weights');
      return {
        detect(text) {
          const score = sigmoid(model.logits([text])[0] ?? 0);
          return { score, labels: [{ label: 'TRAINED', score }], spans: [] };
        },
      };
    } catch (error) {
      if (!(error instanceof RedoubtError)) throw error;
      throw invalidField('reference.weights', error.message);
    }
  },
};
