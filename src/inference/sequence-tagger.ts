// Says how likely each tag is for every token of a sequence: a linear-chain conditional random field over hashed features
// (Lafferty, McCallum and Pereira, 2001). Knows no words: what is read of a token are whole numbers, hashed already.
import { readFileSync } from 'node:fs';
import { RedoubtError } from '../core/errors.ts';

/** Features of one token. */
export type Features = ArrayLike<number>;

export interface TaggerWeights {
  readonly tags: number;
  /** 2^bits buckets. */
  readonly bits: number;
  /** Of bucket b and tag t at b * tags + t; times `step` they are log-odds. */
  readonly emissions: Float32Array | Int8Array;
  readonly step: number;
  /** Log-odds from tag a to tag b at a * tags + b. A sequence begins after tag 0. */
  readonly transitions: ArrayLike<number>;
}

/** Multiplicative hashing (Knuth, The Art of Computer Programming, 6.4). */
export const bucketOf = (feature: number, bits: number): number => Math.imul(feature, 0x9e3779b1) >>> (32 - bits);

/** Adds up what the features say for each tag, from `own` on. */
function addScores(
  { tags, bits, emissions }: TaggerWeights,
  features: Features,
  scores: Float64Array,
  own: number,
): void {
  for (let index = 0; index < features.length; index++) {
    const from = bucketOf(features[index]!, bits) * tags;
    for (let tag = 0; tag < tags; tag++) scores[own + tag]! += emissions[from + tag]!;
  }
}

/** Odds of every tag by the token's features alone, the best of a token 1. */
function emitted(weights: TaggerWeights, rows: readonly Features[]): Float64Array {
  const { tags, step } = weights;
  const odds = new Float64Array(rows.length * tags);
  for (let place = 0; place < rows.length; place++) {
    const own = place * tags;
    addScores(weights, rows[place]!, odds, own);
    let best = -Infinity;
    for (let tag = 0; tag < tags; tag++) best = Math.max(best, odds[own + tag]!);
    for (let tag = 0; tag < tags; tag++) odds[own + tag] = Math.exp((odds[own + tag]! - best) * step);
  }
  return odds;
}

/** Makes the `count` values from `start` on sum up to 1. */
export function normalise(values: Float64Array, start: number, count: number): void {
  let sum = 0;
  for (let at = start; at < start + count; at++) sum += values[at]!;
  for (let at = start; at < start + count; at++) values[at]! /= sum;
}

/** Of place p and tag t at p * tags + t: by the token alone, by all tokens up to it, by those behind it. */
export interface Ways {
  readonly own: Float64Array;
  readonly forward: Float64Array;
  readonly backward: Float64Array;
}

/** `moves` are the odds of transitions. Every place is scaled to sum up to 1. */
function forwardThrough(own: Float64Array, moves: Float64Array, tags: number): Float64Array {
  const forward = new Float64Array(own.length);
  for (let tag = 0; tag < Math.min(tags, own.length); tag++) forward[tag] = moves[tag]! * own[tag]!;
  if (own.length > 0) normalise(forward, 0, tags);
  for (let here = tags; here < own.length; here += tags) {
    for (let tag = 0; tag < tags; tag++) {
      let sum = 0;
      for (let from = 0; from < tags; from++) sum += forward[here - tags + from]! * moves[from * tags + tag]!;
      forward[here + tag] = sum * own[here + tag]!;
    }
    normalise(forward, here, tags);
  }
  return forward;
}

function backwardThrough(own: Float64Array, moves: Float64Array, tags: number): Float64Array {
  const backward = new Float64Array(own.length).fill(1);
  for (let here = own.length - tags; here > 0; here -= tags) {
    for (let from = 0; from < tags; from++) {
      let sum = 0;
      for (let tag = 0; tag < tags; tag++) sum += moves[from * tags + tag]! * own[here + tag]! * backward[here + tag]!;
      backward[here - tags + from] = sum;
    }
    normalise(backward, here - tags, tags);
  }
  return backward;
}

/** The forward-backward algorithm (Rabiner, 1989). */
export function waysThrough(weights: TaggerWeights, moves: Float64Array, rows: readonly Features[]): Ways {
  const own = emitted(weights, rows);
  return {
    own,
    forward: forwardThrough(own, moves, weights.tags),
    backward: backwardThrough(own, moves, weights.tags),
  };
}

/** How likely each tag is for each token, 0..1: of place p and tag t at p * tags + t. */
export type Tagger = (rows: readonly Features[]) => Float64Array;

export const movesOf = ({ transitions }: TaggerWeights): Float64Array => Float64Array.from(transitions, Math.exp);

export function taggerWith(weights: TaggerWeights): Tagger {
  const moves = movesOf(weights);
  return (rows) => {
    const { forward, backward } = waysThrough(weights, moves, rows);
    for (let at = 0; at < forward.length; at++) forward[at]! *= backward[at]!;
    for (let place = 0; place < rows.length; place++) normalise(forward, place * weights.tags, weights.tags);
    return forward;
  };
}

/** What stands in front of the weights: a magic word, the number of tags, the bits, an empty word, the size of a step. */
const MAGIC = 'RDTG0001';
const HEADER_BYTES = 16;

/** The bytes of `weights`: one a weight, in steps of -127..127. The same weights give the same bytes. */
export function packTagger({ tags, bits, emissions, step, transitions }: TaggerWeights): Uint8Array {
  let largest = 0;
  for (let at = 0; at < emissions.length; at++) largest = Math.max(largest, Math.abs(emissions[at]! * step));
  const packedStep = Math.fround(largest / 127);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 'latin1');
  header.writeUInt8(tags, 8);
  header.writeUInt8(bits, 9);
  header.writeFloatLE(packedStep, 12);
  return Buffer.concat([
    header,
    new Uint8Array(Float32Array.from(transitions).buffer),
    new Uint8Array(Int8Array.from(emissions, (value) => Math.round((value * step) / packedStep)).buffer),
  ]);
}

/** Reads what `packTagger` wrote; throws BAD_WEIGHTS naming the file where it is something else. */
export function readTagger(path: string): TaggerWeights {
  const bytes = readFileSync(path);
  const fault = (reason: string): RedoubtError => new RedoubtError('BAD_WEIGHTS', { value: path, reason });
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) throw fault(`it does not begin with ${MAGIC}`);
  const tags = bytes.readUInt8(8);
  const bits = bytes.readUInt8(9);
  const moves = tags * tags;
  const emissionsFrom = HEADER_BYTES + moves * Float32Array.BYTES_PER_ELEMENT;
  if (bytes.length !== emissionsFrom + tags * 2 ** bits) throw fault('it is not as long as its header says');
  return {
    tags,
    bits,
    step: bytes.readFloatLE(12),
    transitions: Array.from({ length: moves }, (_, at) => bytes.readFloatLE(HEADER_BYTES + at * 4)),
    emissions: new Int8Array(bytes.buffer, bytes.byteOffset + emissionsFrom, tags * 2 ** bits),
  };
}
