// Sentences as unit vectors (all-MiniLM-L6-v2): how near two texts are in meaning.
import { fileURLToPath } from 'node:url';
import { openTextVectors, type TextVectors } from './text-vectors.ts';

const weights = fileURLToPath(new URL('../../data/models/all-minilm-l6-v2/model.onnx', import.meta.url));

export interface Embedder {
  /** One vector of 384 numbers and length 1 a text, in the order given. English; other languages are placed poorly. */
  readonly embed: TextVectors;
}

/** Reads the weights (23 MB). Throws RUNTIME_MISSING where the optional ONNX runtime is not installed. */
export const openEmbedder = async (): Promise<Embedder> => ({ embed: await openTextVectors(weights) });

/** Cosine of two unit vectors, -1..1. */
export function similarity(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < a.length; place++) sum += a[place]! * b[place]!;
  return sum;
}
