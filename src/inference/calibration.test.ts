import { describe, expect, it } from 'vitest';
import { seededRandom } from '../core/random.ts';
import { type Calibration, calibrated, fitIsotonic, fitTemperature, sigmoid, uncalibrated } from './calibration.ts';

/** Log-odds that boast: the truth is half as sure, and shifted by one. */
const rows = Array.from({ length: 4000 }, (_, index) => {
  const random = seededRandom('calibration', index);
  const logit = random.next() * 12 - 6;
  return { logit, label: random.next() < sigmoid(logit / 2 + 1) ? 1 : 0 } as const;
});

describe('a calibration', () => {
  it.each<[string, Calibration]>([
    ['temperature', fitTemperature(rows)],
    ['isotonic', fitIsotonic(rows)],
  ])('by %s finds what the log-odds are worth', (_, fitted) => {
    for (const logit of [-5, -3, -1, 0, 1, 3, 5])
      expect(Math.abs(calibrated(fitted, logit) - sigmoid(logit / 2 + 1))).toBeLessThan(0.08);
  });

  it('by isotonic never falls as the log-odds rise, and is flat outside', () => {
    const fitted = fitIsotonic(rows);
    let last = 0;
    for (let logit = -20; logit <= 20; logit += 0.05) {
      const probability = calibrated(fitted, logit);
      expect(probability).toBeGreaterThanOrEqual(last);
      last = probability;
    }
    expect(calibrated(fitted, 100)).toBe(calibrated(fitted, 1000));
    expect(calibrated(fitted, -100)).toBe(calibrated(fitted, -1000));
  });

  it.each([
    [-1, 0.1],
    [0, 0.1],
    [1, 0.3],
    [2, 0.5],
    [3, 0.5],
  ])('reads between its points: %d gives %d', (logit, probability) => {
    const fitted: Calibration = {
      kind: 'isotonic',
      points: [
        [0, 0.1],
        [2, 0.5],
      ],
    };
    expect(calibrated(fitted, logit)).toBeCloseTo(probability);
  });

  it('stays as it is where there is nothing to learn from', () => {
    expect(fitTemperature([])).toEqual(uncalibrated);
    expect(fitTemperature([{ logit: 1, label: 1 }])).toEqual(uncalibrated);
    expect(fitIsotonic([])).toEqual(uncalibrated);
  });

  it('keeps finite numbers where the classes lie apart', () => {
    const apart = [-3, -2, 2, 3].map((logit) => ({ logit, label: logit > 0 ? 1 : 0 }) as const);
    const fitted = fitTemperature(apart);
    expect(calibrated(fitted, 3)).toBeGreaterThan(0.6);
    expect(calibrated(fitted, -3)).toBeLessThan(0.4);
  });
});
