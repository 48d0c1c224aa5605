// The file of a linear model: a magic word, a header in JSON, then one byte a bucket and head. Read when first asked.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { RedoubtError } from '../core/errors.ts';
import { LinearModel } from './linear-model.ts';

const MAGIC = 'RDLM0001';
const LENGTH_BYTES = 4;

const orders = z.tuple([z.number().int().min(1).max(8), z.number().int().min(1).max(8)]).nullable();
const calibration = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('temperature'), scale: z.number(), shift: z.number() }),
  z.object({ kind: z.literal('isotonic'), points: z.array(z.tuple([z.number(), z.number()])).min(1) }),
]);

/** What stands in front of the weights. `id` names the model in verdicts and manifests. */
const headerSchema = z.object({
  id: z.string().min(1),
  bits: z.number().int().min(8).max(24),
  fields: z.array(
    z.object({ name: z.string(), words: orders, characters: orders, longest: z.number().int().positive() }),
  ),
  dense: z.array(z.object({ name: z.string(), mean: z.number(), inverse: z.number() })),
  heads: z
    .array(
      z.object({
        name: z.string(),
        bias: z.number(),
        step: z.number().nonnegative(),
        dense: z.array(z.number()),
        calibration,
      }),
    )
    .min(1),
});

/** The bytes of `model`. The same model gives the same bytes. */
export function packModel(id: string, { spec, scales, heads }: LinearModel): Uint8Array {
  const header = JSON.stringify({
    id,
    bits: spec.bits,
    fields: spec.fields,
    dense: spec.dense.map((name, index) => ({ name, ...scales[index]! })),
    heads: heads.map(({ name, bias, step, denseWeights, calibration: fitted }) => ({
      name,
      bias,
      step,
      dense: denseWeights,
      calibration: fitted,
    })),
  });
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(Buffer.byteLength(header));
  return Buffer.concat([
    Buffer.from(MAGIC),
    length,
    Buffer.from(header),
    ...heads.map((head) => asBytes(head.weights)),
  ]);
}

const asBytes = (weights: Int8Array): Uint8Array =>
  new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);

/** A model and the id that its file gives it. */
export interface NamedModel {
  readonly id: string;
  readonly model: LinearModel;
}

/** Reads what `packModel` wrote; throws BAD_WEIGHTS naming `place` where it is something else. */
export function unpackModel(bytes: Uint8Array, place: string): NamedModel {
  const start = MAGIC.length + LENGTH_BYTES;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fault = (reason: string): RedoubtError => new RedoubtError('BAD_WEIGHTS', { value: place, reason });
  if (buffer.length < start || buffer.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw fault(`it does not begin with ${MAGIC}`);
  const end = start + buffer.readUInt32LE(MAGIC.length);
  const header = readHeader(buffer.toString('utf8', start, end));
  if (header === null) throw fault('its header cannot be read');
  const buckets = 2 ** header.bits;
  if (buffer.length !== end + buckets * header.heads.length)
    throw fault(`it has ${buffer.length} bytes, and its header speaks of ${end + buckets * header.heads.length}`);
  const spec = { bits: header.bits, fields: header.fields, dense: header.dense.map(({ name }) => name) };
  const heads = header.heads.map(({ dense, ...head }, index) => ({
    ...head,
    denseWeights: dense,
    weights: new Int8Array(buffer.buffer, buffer.byteOffset + end + index * buckets, buckets),
  }));
  return { id: header.id, model: new LinearModel(spec, header.dense, heads) };
}

function readHeader(text: string): z.infer<typeof headerSchema> | null {
  try {
    return headerSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Reads the file at the first call and keeps the model; a missing file throws BAD_WEIGHTS at each call. */
export function lazyModel(path: string): () => NamedModel {
  let loaded: NamedModel | null = null;
  return () => {
    loaded ??= unpackModel(readWeights(path), path);
    return loaded;
  };
}

function readWeights(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new RedoubtError('BAD_WEIGHTS', {
      value: path,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}
