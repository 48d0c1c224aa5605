import { describe, expect, it } from 'vitest';
import { agreementOf } from './agreement.ts';

const pairings = (...counts: [string, string, number][]) => counts.map(([first, second, n]) => ({ first, second, n }));

describe('agreementOf', () => {
  it('gives the kappa of a worked example', () => {
    // Cohen's kappa as in Fleiss, Statistical Methods, 3rd ed., table 18.1 in counts of 100: kappa 0.676.
    const { agreed, kappa } = agreementOf(
      pairings(
        ['a', 'a', 75],
        ['a', 'b', 1],
        ['a', 'c', 4],
        ['b', 'a', 5],
        ['b', 'b', 4],
        ['b', 'c', 1],
        ['c', 'c', 10],
      ),
    );
    expect(agreed).toMatchObject({ k: 89, n: 100, rate: 0.89 });
    expect(kappa).toBeCloseTo(0.676, 3);
  });

  it('is 1 for judges that always agree, and about 0 at chance', () => {
    expect(agreementOf(pairings(['a', 'a', 5], ['b', 'b', 5])).kappa).toBe(1);
    expect(agreementOf(pairings(['a', 'a', 25], ['a', 'b', 25], ['b', 'a', 25], ['b', 'b', 25])).kappa).toBeCloseTo(0);
  });

  it('says nothing of nothing, and of judges that only ever said one thing', () => {
    expect(agreementOf([])).toMatchObject({ agreed: { n: 0, rate: null }, kappa: null });
    expect(agreementOf(pairings(['a', 'a', 9]))).toMatchObject({ agreed: { rate: 1 }, kappa: null });
  });
});
