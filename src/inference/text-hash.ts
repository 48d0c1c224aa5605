// Turns texts into hashed n-grams: no vocabulary is kept, one pass over the text, no object per n-gram.

/** Which n-grams of one field are read. Orders are [shortest, longest]; null reads none of the kind. */
export interface FieldSpec {
  readonly name: string;
  /** Of words: runs of letters, digits and inner apostrophes; characters of scripts without blanks are words. */
  readonly words: readonly [number, number] | null;
  /** Of characters: blanks count as one, line ends as another. */
  readonly characters: readonly [number, number] | null;
  /** Characters of the field that are read; the rest is left out, so that no text can make us work without end. */
  readonly longest: number;
}

/** The presence of n-grams, in groups (one a field and kind) of one value each. Valid until the hasher's next call. */
export interface HashedText {
  /** Buckets of the n-grams, each once within a group. */
  readonly buckets: Uint32Array;
  /** How many of `buckets` count. */
  readonly length: number;
  /** Ends of the groups within `buckets`, ascending. */
  readonly ends: readonly number[];
}

const BASE = 0x01000193;
const PRIME = 0x9e3779b1;
const SPACE = 0x20;
const LINE = 0x0a;
/** The last eight words or characters are kept: no n-gram is longer. */
const RING_MASK = 7;

/** Letter case is folded before; digits become one digit, curly apostrophes straight ones, blanks one blank. */
function foldCode(code: number): number {
  if (code >= 0x30 && code <= 0x39) return 0x30;
  if (code === 0x2019) return 0x27;
  if (code === 0x09 || code === 0x0d || code === 0xa0) return SPACE;
  return code;
}

const isSolitary = (code: number): boolean =>
  (code >= 0x3040 && code <= 0x9fff) || (code >= 0x0e00 && code <= 0x0e7f) || (code >= 0xf900 && code <= 0xfaff);

function isWordCode(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || code === 0x30 || code === 0x27;
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba;
  return (
    !(code >= 0x2000 && code <= 0x206f) && !(code >= 0x3000 && code <= 0x303f) && !(code >= 0xff00 && code <= 0xff0f)
  );
}

/** Spreads the bits of a rolling hash (finaliser of MurmurHash3). */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Hashes texts of fixed fields into 2^bits buckets. Holds buffers: one hasher is used by one caller at a time. */
export class TextHasher {
  readonly #fields: readonly FieldSpec[];
  readonly #mask: number;
  readonly #seen: Uint32Array;
  #round = 0;
  #buckets = new Uint32Array(4096);
  #length = 0;
  readonly #ring = new Int32Array(RING_MASK + 1);

  /** `bits` lies in 8..24. */
  constructor(fields: readonly FieldSpec[], bits: number) {
    if (bits < 8 || bits > 24) throw new RangeError(`bits: ${bits} lies outside 8..24`);
    this.#fields = fields;
    this.#mask = 2 ** bits - 1;
    this.#seen = new Uint32Array(2 ** bits);
  }

  /** `texts` in the order of the fields; a missing one is read as empty. */
  hash(texts: readonly string[]): HashedText {
    this.#length = 0;
    const ends: number[] = [];
    for (const [index, field] of this.#fields.entries()) {
      const whole = texts[index] ?? '';
      const text = (whole.length > field.longest ? whole.slice(0, field.longest) : whole).toLowerCase();
      if (field.words) {
        this.#startGroup();
        this.#hashWords(text, field.words, Math.imul(2 * index + 1, PRIME));
        ends.push(this.#length);
      }
      if (field.characters) {
        this.#startGroup();
        this.#hashCharacters(text, field.characters, Math.imul(2 * index + 2, PRIME));
        ends.push(this.#length);
      }
    }
    return { buckets: this.#buckets, length: this.#length, ends };
  }

  #startGroup(): void {
    this.#round = (this.#round + 1) >>> 0;
    if (this.#round !== 0) return;
    this.#seen.fill(0);
    this.#round = 1;
  }

  /** Room for `count` more buckets. */
  #makeRoom(count: number): void {
    if (this.#length + count <= this.#buckets.length) return;
    const larger = new Uint32Array((this.#length + count) * 2);
    larger.set(this.#buckets.subarray(0, this.#length));
    this.#buckets = larger;
  }

  #hashWords(text: string, [shortest, longest]: readonly [number, number], seed: number): void {
    const ring = this.#ring;
    this.#makeRoom(text.length * longest);
    let count = 0;
    let word = 0;
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? foldCode(text.charCodeAt(at)) : SPACE;
      const isAlone = isSolitary(code);
      if (!isAlone && isWordCode(code)) {
        word = Math.imul(word ^ code, BASE) | 1;
        continue;
      }
      if (word !== 0) this.#emitWord(ring, count++, word, shortest, longest, seed);
      word = 0;
      if (isAlone) this.#emitWord(ring, count++, Math.imul(code, BASE) | 1, shortest, longest, seed);
    }
  }

  #emitWord(ring: Int32Array, at: number, word: number, shortest: number, longest: number, seed: number): void {
    ring[at & RING_MASK] = word;
    this.#emit(ring, at, shortest, Math.min(longest, at + 1), seed);
  }

  /** Takes in the n-grams that end at `at`, from the newest part backwards. */
  #emit(ring: Int32Array, at: number, shortest: number, longest: number, seed: number): void {
    const seen = this.#seen;
    const buckets = this.#buckets;
    const round = this.#round;
    let hash = seed;
    for (let order = 1; order <= longest; order++) {
      hash = (Math.imul(hash, BASE) + ring[(at - order + 1) & RING_MASK]!) | 0;
      if (order < shortest) continue;
      const bucket = mixed(hash + order) & this.#mask;
      if (seen[bucket] === round) continue;
      seen[bucket] = round;
      buckets[this.#length++] = bucket;
    }
  }

  #hashCharacters(text: string, [shortest, longest]: readonly [number, number], seed: number): void {
    const ring = this.#ring;
    this.#makeRoom((text.length + 1) * longest);
    ring[0] = SPACE;
    let count = 1;
    let last = SPACE;
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? foldCode(text.charCodeAt(at)) : SPACE;
      if ((code === SPACE || code === LINE) && (last === SPACE || last === LINE)) continue;
      last = code;
      ring[count & RING_MASK] = code;
      count++;
      this.#emit(ring, count - 1, shortest, Math.min(longest, count), seed);
    }
  }
}
