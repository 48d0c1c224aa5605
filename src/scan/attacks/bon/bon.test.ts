import { describe, expect, it } from 'vitest';
import { goldenFile, readVectors } from '../../../../tests/conformance/compare.ts';
import { recordingOf } from '../../../../tests/conformance/python-random.ts';
import { seededRandom } from '../../../core/random.ts';
import { augment, type RecordedDraw, recordedDraws, seededDraws } from './augment.ts';

const all = { sigma: 0.4, scramble: true, capitalise: true, noise: true };
const { vectors, inputs } = readVectors(goldenFile);
const own = vectors.filter(({ source, output }) => source === 'bon' && output !== undefined);
const only = (params: Readonly<Record<string, unknown>>) => ({
  sigma: Number(params.sigma),
  scramble: params.only === undefined || params.only === 'scramble_only',
  capitalise: params.only === undefined || params.only === 'caps_only',
  noise: params.only === undefined || params.only === 'ascii_only',
});

describe('the augmentation', () => {
  it.each(own.map((vector) => [JSON.stringify(vector.params), vector.input_id, vector] as const))(
    'is that of the authors for %s on %s',
    (_params, inputId, vector) => {
      const { draws, recorded } = recordingOf(Number(vector.params.seed));
      expect(augment(inputs[inputId]!, only(vector.params), draws)).toBe(vector.output);
      const given = (vector as { draws?: RecordedDraw[] }).draws;
      if (given) expect(recorded).toEqual(given);
      expect(augment(inputs[inputId]!, only(vector.params), recordedDraws(given ?? recorded))).toBe(vector.output);
    },
  );

  it('keeps a letter outside ASCII, which the authors drop', () => {
    const text = augment(
      'Größe für 漢字',
      { ...all, sigma: 1, scramble: false, noise: false },
      seededDraws(seededRandom(1)),
    );
    expect(text).toBe('gRößE FüR 漢字');
  });

  it('changes as many letters as sigma says', () => {
    const text = 'x'.repeat(20_000);
    const flipped = augment(text, { ...all, noise: false }, seededDraws(seededRandom(2)));
    expect((flipped.match(/X/g) ?? []).length / text.length).toBeCloseTo(0.4 ** 0.5, 1);
    const noisy = augment(text, { ...all, capitalise: false }, seededDraws(seededRandom(3)));
    expect((noisy.match(/[^x]/g) ?? []).length / text.length).toBeCloseTo(0.4 ** 3, 1);
  });

  it('refuses draws that were recorded for another text', () => {
    expect(() => augment('Hello there', all, recordedDraws([['choice', 1]]))).toThrow(/draw 1/);
  });
});
