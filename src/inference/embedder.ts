// Sentences as unit vectors (all-MiniLM-L6-v2): how near two texts are in meaning.
import { fileURLToPath } from 'node:url';
import { openOnnxModel } from './onnx-runtime.ts';
import { openWordPiece } from './word-piece.ts';

const folder = fileURLToPath(new URL('../../data/models/all-minilm-l6-v2/', import.meta.url));

/** What the model was trained on; later pieces are not read. */
const MOST_PIECES = 254;
const BATCH = 16;

export interface Embedder {
  /** One vector of 384 numbers and length 1 a text, in the order given. English; other languages are placed poorly. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
}

/** Reads the weights (23 MB). Throws RUNTIME_MISSING where the optional ONNX runtime is not installed. */
export async function openEmbedder(): Promise<Embedder> {
  const pieces = openWordPiece(`${folder}vocab.txt`);
  const model = await openOnnxModel(`${folder}model.onnx`, pieces.padding);
  const rowOf = (text: string): number[] => [
    pieces.begin,
    ...pieces.encode(text).ids.slice(0, MOST_PIECES),
    pieces.end,
  ];

  async function embed(texts: readonly string[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let from = 0; from < texts.length; from += BATCH) {
      const rows = texts.slice(from, from + BATCH).map(rowOf);
      const flat = await model.run(rows);
      const width = flat.length / rows.length;
      for (let row = 0; row < rows.length; row++) vectors.push(flat.slice(row * width, (row + 1) * width));
    }
    return vectors;
  }

  return { embed };
}

/** Cosine of two unit vectors, -1..1. */
export function similarity(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < a.length; place++) sum += a[place]! * b[place]!;
  return sum;
}
