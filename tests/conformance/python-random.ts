// Python's random.Random as far as reference implementations use it: MT19937 (Matsumoto and Nishimura, 1998), so that
// vectors that name only a seed can be replayed.
import type { RecordedDraw } from '../../src/scan/attacks/bon/augment.ts';

const [N, M] = [624, 397];

function seedState(seed: number): Uint32Array {
  const state = new Uint32Array(N);
  state[0] = 19_650_218;
  const from = (index: number): number => state[index - 1]! ^ (state[index - 1]! >>> 30);
  for (let i = 1; i < N; i++) state[i] = Math.imul(1_812_433_253, from(i)) + i;
  // init_by_array with the key [seed], as Python seeds from a whole number below 2^32.
  let i = 1;
  for (let k = 0; k < N; k++) {
    state[i] = (state[i]! ^ Math.imul(from(i), 1_664_525)) + seed;
    i += 1;
    if (i >= N) {
      state[0] = state[N - 1]!;
      i = 1;
    }
  }
  for (let k = 0; k < N - 1; k++) {
    state[i] = (state[i]! ^ Math.imul(from(i), 1_566_083_941)) - i;
    i += 1;
    if (i >= N) {
      state[0] = state[N - 1]!;
      i = 1;
    }
  }
  state[0] = 0x80000000;
  return state;
}

function twist(state: Uint32Array): void {
  for (let k = 0; k < N; k++) {
    const y = (state[k]! & 0x80000000) | (state[(k + 1) % N]! & 0x7fffffff);
    state[k] = state[(k + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}

export interface PythonRandom {
  random(): number;
  /** random.shuffle of 0, 1, ... length - 1. */
  shuffle(length: number): number[];
  /** random.choice of as many. */
  choice(length: number): number;
}

export function pythonRandom(seed: number): PythonRandom {
  const state = seedState(seed);
  let at = N;
  const next = (): number => {
    if (at >= N) {
      twist(state);
      at = 0;
    }
    let y = state[at]!;
    at += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  const below = (bound: number): number => {
    const bits = 32 - Math.clz32(bound);
    let value = next() >>> (32 - bits);
    while (value >= bound) value = next() >>> (32 - bits);
    return value;
  };
  return {
    random: () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992,
    choice: below,
    shuffle(length) {
      const places = Array.from({ length }, (_, index) => index);
      for (let last = length - 1; last > 0; last--) {
        const other = below(last + 1);
        [places[last], places[other]] = [places[other]!, places[last]!];
      }
      return places;
    },
  };
}

/** The draws of a seed as a list that is made while it is read: as long as anybody asks. */
export function recordingOf(seed: number) {
  const python = pythonRandom(seed);
  const recorded: RecordedDraw[] = [];
  const note = <Value>(value: Value, draw: RecordedDraw): Value => {
    recorded.push(draw);
    return value;
  };
  return {
    recorded,
    draws: {
      random() {
        const value = python.random();
        return note(value, ['random', value]);
      },
      shuffle(length: number) {
        const places = python.shuffle(length);
        return note(places, ['shuffle', places]);
      },
      choice() {
        const step = python.choice(2) === 0 ? -1 : 1;
        return note(step, ['choice', step]);
      },
    },
  };
}
