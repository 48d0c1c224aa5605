import { describe, expect, it } from 'vitest';
import { openEmbedder, similarity } from './embedder.ts';
import { hasOnnxRuntime } from './onnx-runtime.ts';

describe.skipIf(!(await hasOnnxRuntime()))('embeddings - skipped without onnxruntime-node', () => {
  it('place like texts near one another, whatever else is in the batch', async () => {
    const embedder = await openEmbedder();
    const texts = ['How do I reset my password?', 'I forgot my login credentials.', 'The recipe needs two eggs.'];
    const [reset, forgot, recipe] = await embedder.embed(texts);
    expect(reset!.length).toBe(384);
    expect(similarity(reset!, reset!)).toBeCloseTo(1, 4);
    expect(similarity(reset!, forgot!)).toBeGreaterThan(similarity(reset!, recipe!) + 0.3);
    const [alone] = await embedder.embed([texts[2]!]);
    expect(similarity(alone!, recipe!)).toBeGreaterThan(0.98);
  });
});
