// Trains the tagger: the likelihood of whole sequences, Adagrad (Duchi, Hazan and Singer, 2011), features hidden at random.
import { seededRandom, shuffled } from '../../src/core/random.ts';
import {
  bucketOf,
  type Features,
  movesOf,
  normalise,
  type TaggerWeights,
  type Ways,
  waysThrough,
} from '../../src/inference/sequence-tagger.ts';

/** One sequence with its tags. */
export interface TaggedRows {
  readonly rows: readonly Features[];
  readonly tags: readonly number[];
}

export interface TaggerTraining {
  readonly tags: number;
  readonly bits: number;
  readonly epochs: number;
  readonly rate: number;
  /** Share of the tokens whose first `hidden` features are left out. */
  readonly hide: number;
  readonly hidden: number;
}

const LEAST_SLOPE = 1e-4;

class Adagrad {
  readonly weights: Float32Array;
  readonly #squares: Float32Array;
  readonly #rate: number;

  constructor(size: number, rate: number) {
    this.weights = new Float32Array(size);
    this.#squares = new Float32Array(size).fill(1e-2);
    this.#rate = rate;
  }

  step(at: number, slope: number): void {
    this.#squares[at]! += slope * slope;
    this.weights[at]! -= (this.#rate * slope) / Math.sqrt(this.#squares[at]!);
  }
}

interface Steps {
  readonly emissions: Adagrad;
  readonly transitions: Adagrad;
}

/** How likely each tag is at a place. */
function chancesAt({ forward, backward }: Ways, here: number, tags: number): Float64Array {
  const chances = Float64Array.from({ length: tags }, (_, tag) => forward[here + tag]! * backward[here + tag]!);
  normalise(chances, 0, tags);
  return chances;
}

/** How likely each pair of tags is at a place and the one before it, at from * tags + to. */
function pairsAt({ own, forward, backward }: Ways, moves: Float64Array, here: number, tags: number): Float64Array {
  const pairs = Float64Array.from(moves, (move, at) => {
    const from = Math.floor(at / tags);
    const to = here + (at % tags);
    const reached = here > 0 ? forward[here - tags + from]! : from === 0 ? 1 : 0;
    return reached * move * own[to]! * backward[to]!;
  });
  normalise(pairs, 0, pairs.length);
  return pairs;
}

/** Moves the weights of a token's features against the slope of each tag. */
function learnToken({ tags, bits }: TaggerWeights, features: Features, slopes: Float64Array, emissions: Adagrad): void {
  for (let index = 0; index < features.length; index++) {
    const from = bucketOf(features[index]!, bits) * tags;
    for (let tag = 0; tag < tags; tag++)
      if (Math.abs(slopes[tag]!) >= LEAST_SLOPE) emissions.step(from + tag, slopes[tag]!);
  }
}

/** One step down the slope of what the sequence costs: expected less seen, by tag and by pair of tags. */
function learnSequence(model: TaggerWeights, { rows, tags }: TaggedRows, { emissions, transitions }: Steps): void {
  const count = model.tags;
  const moves = movesOf(model);
  const ways = waysThrough(model, moves, rows);
  for (const [place, features] of rows.entries()) {
    const slopes = chancesAt(ways, place * count, count);
    slopes[tags[place]!]! -= 1;
    learnToken(model, features, slopes, emissions);
    const pairs = pairsAt(ways, moves, place * count, count);
    pairs[(place === 0 ? 0 : tags[place - 1]!) * count + tags[place]!]! -= 1;
    for (let pair = 0; pair < pairs.length; pair++) transitions.step(pair, pairs[pair]!);
  }
}

export function fitTagger(sequences: readonly TaggedRows[], training: TaggerTraining): TaggerWeights {
  const random = seededRandom('tagger');
  const emissions = new Adagrad(2 ** training.bits * training.tags, training.rate);
  const transitions = new Adagrad(training.tags ** 2, training.rate);
  const model: TaggerWeights = {
    tags: training.tags,
    bits: training.bits,
    emissions: emissions.weights,
    step: 1,
    transitions: transitions.weights,
  };
  const veiled = (rows: readonly Features[]): Features[] =>
    rows.map((features) =>
      random.next() < training.hide ? Array.prototype.slice.call(features, training.hidden) : features,
    );
  for (let epoch = 0; epoch < training.epochs; epoch++)
    for (const { rows, tags } of shuffled(sequences, random))
      learnSequence(model, { rows: veiled(rows), tags }, { emissions, transitions });
  return model;
}
