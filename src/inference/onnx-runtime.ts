// Loads the optional ONNX runtime, once and only where a model is asked for.
import { createRequire } from 'node:module';
import { RedoubtError } from '../core/errors.ts';

type Onnx = typeof import('onnxruntime-node');

const PACKAGE = 'onnxruntime-node';

let loading: Promise<Onnx | null> | null = null;

/** Null where the package is not installed or has no build for this platform. */
function load(): Promise<Onnx | null> {
  loading ??= import('onnxruntime-node').catch(() => null);
  return loading;
}

/** Whether the package is there at all; loads nothing, so that a start may ask. */
export function isOnnxInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve(PACKAGE);
    return true;
  } catch {
    return false;
  }
}

/** Whether small transformers can run here: loads the runtime. */
export const hasOnnxRuntime = async (): Promise<boolean> => (await load()) !== null;

/** A loaded model: rows of token ids in, `width` numbers a row out. */
export interface OnnxModel {
  run(rows: readonly (readonly number[])[]): Promise<Float32Array>;
}

/**
 * Opens a model with inputs `ids` and `mask` (int64, batch x length) and output `out` (float32). One thread: latency
 * stays even while a scan runs beside it. Throws RUNTIME_MISSING where there is no runtime.
 */
export async function openOnnxModel(path: string, padding: number): Promise<OnnxModel> {
  const onnx = await load();
  if (onnx === null) throw new RedoubtError('RUNTIME_MISSING', { field: PACKAGE });
  const session = await onnx.InferenceSession.create(path, { intraOpNumThreads: 1, interOpNumThreads: 1 });

  async function run(rows: readonly (readonly number[])[]): Promise<Float32Array> {
    const length = Math.max(...rows.map((row) => row.length));
    const ids = new BigInt64Array(rows.length * length).fill(BigInt(padding));
    const mask = new BigInt64Array(rows.length * length);
    for (const [place, row] of rows.entries())
      for (const [offset, id] of row.entries()) {
        ids[place * length + offset] = BigInt(id);
        mask[place * length + offset] = 1n;
      }
    const shape = [rows.length, length];
    const feeds = { ids: new onnx!.Tensor('int64', ids, shape), mask: new onnx!.Tensor('int64', mask, shape) };
    return (await session.run(feeds)).out!.data as Float32Array;
  }

  return { run };
}
