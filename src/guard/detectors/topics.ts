// What a text is about, by meaning: near a forbidden topic, or far from all allowed ones. English; accuracy unmeasured.
import { z } from 'zod';
import { similarity } from '../../inference/embedder.ts';
import { type Detector, type LabelScore, nothingDetected } from './detector.ts';
import { sharedEmbedder } from './shared-embedder.ts';

const topic = z.string().trim().min(1, 'must not be empty').max(500, 'must have at most 500 characters');
const listed = z.array(topic).max(50);
const reference = z
  .strictObject({ allowed: listed.default([]), forbidden: listed.default([]) })
  .refine(({ allowed, forbidden }) => allowed.length + forbidden.length > 0, 'must name at least one topic')
  .describe('lists of topics in plain words: allowed, forbidden');

/** Cosine at which a text is as likely about a topic as not, and how fast that changes. */
const MIDDLE = 0.33;
const STEEPNESS = 14;
/** Greetings and thanks are about nothing. */
const FEWEST_WORDS = 4;
const LONGEST_READ = 4000;

const likeness = (a: Float32Array, b: Float32Array): number =>
  1 / (1 + Math.exp(-STEEPNESS * (similarity(a, b) - MIDDLE)));

export const topics: Detector = {
  id: 'topics',
  title: 'Topics',
  summary: 'Tells by meaning whether a text is about a forbidden topic, or about none of the allowed ones.',
  version: 1,
  cost: 'encoder',
  experimental: true,
  reads: 'raw',
  asks: 'message',
  threshold: 0.5,
  reference,
  open(given) {
    const { allowed, forbidden } = reference.parse(given);
    let vectors: Promise<Float32Array[]> | null = null;
    const known = async (): Promise<Float32Array[]> => (await sharedEmbedder()).embed([...allowed, ...forbidden]);
    return {
      async detect(text) {
        if (text.trim().split(/\s+/).length < FEWEST_WORDS) return nothingDetected;
        vectors ??= known();
        const all = await vectors;
        const [vector] = await (await sharedEmbedder()).embed([text.slice(0, LONGEST_READ)]);
        const near = all.map((each) => likeness(vector!, each));
        const isForbidden = Math.max(0, ...near.slice(allowed.length));
        const isOther = allowed.length === 0 ? 0 : 1 - Math.max(...near.slice(0, allowed.length));
        const labels: LabelScore[] = [
          { label: 'FORBIDDEN_TOPIC', score: isForbidden },
          { label: 'OTHER_TOPIC', score: isOther },
        ];
        labels.sort((a, b) => b.score - a.score);
        return { score: labels[0]!.score, labels, spans: [] };
      },
    };
  },
};
