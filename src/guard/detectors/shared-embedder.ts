// The sentence encoder, opened once for all detectors that ask it, and only when the first of them does.
import { type Embedder, openEmbedder } from '../../inference/embedder.ts';

let opened: Promise<Embedder> | null = null;

/** Throws RUNTIME_MISSING where the optional ONNX runtime is not installed: then nothing can be decided by meaning. */
export function sharedEmbedder(): Promise<Embedder> {
  opened ??= openEmbedder();
  return opened;
}
