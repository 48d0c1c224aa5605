import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../core/random.ts';
import { fitTemperature } from './calibration.ts';
import { LinearModel, type LinearSpec } from './linear-model.ts';
import { defaultTraining, type Lesson, TrainingSet, trainHead } from './linear-trainer.ts';
import { lazyModel, packModel, unpackModel } from './weights-file.ts';

const spec: LinearSpec = {
  bits: 14,
  fields: [
    { name: 'question', words: [1, 2], characters: null, longest: 1000 },
    { name: 'reply', words: [1, 3], characters: [3, 5], longest: 1000 },
  ],
  dense: ['length', 'noise'],
};

const things = ['bread', 'soup', 'bicycles', 'gardens', 'clocks', 'trains', 'songs', 'maps', 'kites', 'lamps'];
const ends = ['today', 'tomorrow', 'at noon', 'in spring', 'with care', 'once more', 'for free', 'together'];

/** Whether the reply declines is what `declines` learns; `isAboutFood` can only be read from the question. */
const rows = Array.from({ length: 400 }, (_, index) => {
  const random = seededRandom('toy', index);
  const thing = things[random.below(things.length)]!;
  const end = ends[random.below(ends.length)]!;
  const declines = random.next() < 0.3;
  const reply = declines ? `I will not speak of ${thing} ${end}.` : `Let us speak of ${thing} ${end}.`;
  return {
    texts: [`What about ${thing}?`, reply],
    dense: [reply.length, random.next()],
    declines,
    isAboutFood: thing === 'bread' || thing === 'soup',
  };
});
const lessonsOf = (label: (row: (typeof rows)[number]) => boolean, part: readonly number[]): Lesson[] =>
  part.map((row) => ({ row, target: label(rows[row]!) ? 1 : 0, weight: 1 }));
const learned = Array.from({ length: 300 }, (_, index) => index);
const held = Array.from({ length: 100 }, (_, index) => 300 + index);

const train = (seed = 1): LinearModel => {
  const set = new TrainingSet(spec, rows);
  const options = { ...defaultTraining, seed, epochs: 8 };
  return new LinearModel(spec, set.scales, [
    trainHead(
      set,
      'declines',
      lessonsOf((row) => row.declines, learned),
      options,
    ),
    trainHead(
      set,
      'food',
      lessonsOf((row) => row.isAboutFood, learned),
      options,
    ),
  ]);
};
const model = train();
const folder = mkdtempSync(join(tmpdir(), 'weights-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a trained model', () => {
  it.each([
    [0, 'declines'],
    [1, 'isAboutFood'],
  ] as const)('says of rows it has not seen, by head %i, whether %s', (head, label) => {
    const right = held.filter((at) => {
      const { texts, dense } = rows[at]!;
      return model.probabilities(texts, dense)[head]! > 0.5 === rows[at]![label];
    });
    expect(right.length).toBeGreaterThanOrEqual(98);
  });

  it('comes out the same from the same rows and seed, byte by byte, and otherwise from another seed', () => {
    expect(packModel('m', train())).toEqual(packModel('m', model));
    expect(packModel('m', train(2))).not.toEqual(packModel('m', model));
  });

  it('gives the head the weight of the lessons, and forgets none', () => {
    const set = new TrainingSet(spec, rows);
    const doubtful = (weight: number): Lesson[] => [
      ...lessonsOf((row) => row.declines, learned),
      ...lessonsOf((row) => !row.declines, learned).map((lesson) => ({ ...lesson, weight })),
    ];
    const logit = (lessons: Lesson[]): number => {
      const head = trainHead(set, 'declines', lessons);
      return new LinearModel(spec, set.scales, [head]).logits(['', 'I will not speak of maps.'], [25, 0.5])[0]!;
    };
    expect(logit(doubtful(0.01))).toBeGreaterThan(0.5);
    expect(Math.abs(logit(doubtful(1)))).toBeLessThan(0.5);
    expect(logit(doubtful(100))).toBeLessThan(-0.5);
  });

  it('learns from a dense feature where the texts say nothing', () => {
    const blank = Array.from({ length: 200 }, (_, index) => ({ texts: ['', ''], dense: [index % 2, 7] }));
    const set = new TrainingSet(spec, blank);
    const head = trainHead(
      set,
      'odd',
      blank.map((_, row) => ({ row, target: row % 2, weight: 1 })),
    );
    const [odd, even] = [1, 0].map((value) => new LinearModel(spec, set.scales, [head]).logits([], [value, 7])[0]!);
    expect(odd).toBeGreaterThan(1);
    expect(even).toBeLessThan(-1);
    expect(head.denseWeights[1]).toBeCloseTo(0);
  });

  it('is moved by the texts, not by their length, and a dense value far outside cannot take over', () => {
    const far = model.logits(['What about maps?', 'Let us speak of maps.'], [1e9, 0.5])[0]!;
    expect(Number.isFinite(far)).toBe(true);
    expect(Math.abs(far)).toBeLessThan(50);
  });
});

describe('the file of weights', () => {
  const bytes = packModel('toy-1', model);

  it('gives back a model that says the same', () => {
    const { id, model: read } = unpackModel(bytes, 'here');
    expect(id).toBe('toy-1');
    for (const { texts, dense } of rows.slice(0, 50))
      expect(read.logits(texts, dense)).toEqual(model.logits(texts, dense));
  });

  it('keeps the calibration', () => {
    const fitted = fitTemperature([-2, -1, 1, 2].map((logit) => ({ logit, label: logit > 0 ? 1 : 0 })));
    const heads = model.heads.map((head) => ({ ...head, calibration: fitted }));
    const packed = packModel('toy-1', new LinearModel(spec, model.scales, heads));
    expect(unpackModel(packed, 'here').model.heads[0]!.calibration).toEqual(fitted);
  });

  it('holds no word that was learned', () => {
    const text = Buffer.from(bytes).toString('latin1');
    for (const word of [...things, 'speak']) expect(text).not.toContain(word);
  });

  it.each([
    ['another file', Buffer.from('PNG and much else'), /does not begin with RDLM0001/],
    ['an empty file', Buffer.alloc(0), /does not begin/],
    ['half of it', bytes.slice(0, bytes.length / 2), /bytes, and its header speaks of/],
    ['a broken header', Buffer.from(bytes).fill(0x20, 12, 40), /header cannot be read/],
  ])('is refused where it is %s', (_, broken, reason) => {
    expect(() => unpackModel(broken, 'there.bin')).toThrow(reason);
    expect(() => unpackModel(broken, 'there.bin')).toThrow(/there\.bin/);
  });

  it('is read once, when it is first asked for', () => {
    const path = join(folder, 'late.bin');
    const late = lazyModel(path);
    expect(() => late()).toThrow(/late\.bin cannot be used/);
    writeFileSync(path, bytes);
    const first = late();
    rmSync(path);
    expect(late()).toBe(first);
  });
});
