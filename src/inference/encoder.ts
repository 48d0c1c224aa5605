// A fine-tuned transformer that gives one number a text: log-odds of being what it was trained to find.
import { openOnnxModel } from './onnx-runtime.ts';

const BATCH = 8;

export interface Encoder {
  /** Log-odds of each text, given as the numbers that its reader makes of it. */
  logits(rows: readonly (readonly number[])[]): Promise<number[]>;
}

/** `padding` fills up shorter rows. Throws RUNTIME_MISSING where the optional ONNX runtime is not installed. */
export async function openEncoder(modelPath: string, padding: number): Promise<Encoder> {
  const model = await openOnnxModel(modelPath, padding);
  return {
    async logits(rows) {
      const found: number[] = [];
      for (let from = 0; from < rows.length; from += BATCH)
        found.push(...(await model.run(rows.slice(from, from + BATCH))));
      return found;
    },
  };
}
