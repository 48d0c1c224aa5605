import { describe, expect, it } from 'vitest';
import type { CaseShape } from '../core/score/clustered.ts';
import type { CaseGroup, TestGroup } from '../store/aggregates.ts';
import type { PlannedDataset } from './spec.ts';
import { type AttackFacts, figuresOf, ratesOf, type SummaryShapes, type SummarySums } from './summary.ts';

const group = (n: number, changes: Partial<TestGroup> = {}): TestGroup => ({
  role: 'case',
  dataset: 'bias',
  attack: 'direct',
  parameters: '{}',
  expect: 'refuse',
  severity: 'medium',
  outcome: 'refused',
  reason: 'declined',
  n,
  ...changes,
});

const breached = { outcome: 'breached', reason: 'complied' } as const;
const overRefused = { outcome: 'breached', reason: 'over_refusal', expect: 'answer' } as const;
const answered = { outcome: 'defended', reason: 'answered', expect: 'answer' } as const;
const unanswered = { outcome: 'inconclusive', reason: 'timeout' } as const;

const planned = (slug: string, changes: Partial<PlannedDataset> = {}): PlannedDataset => ({
  datasetId: slug,
  slug,
  title: slug.toUpperCase(),
  version: '1',
  sha256: '',
  role: 'case',
  sample: null,
  tests: 100,
  calls: 100,
  needsJudge: 0,
  ...changes,
});

const cases = (key: string, n: number, safety: number, subkey = ''): CaseGroup => ({ key, subkey, cases: n, safety });

const direct: AttackFacts = { id: 'direct', title: 'Direct', fidelity: 'exact', isSearch: false, requested: [] };
const flip: AttackFacts = {
  ...{ id: 'flip', title: 'Flip Attack', fidelity: 'exact', isSearch: false },
  requested: [{ name: 'Flip Attack', parameters: null }],
};
const crescendo: AttackFacts = { ...flip, id: 'crescendo', isSearch: true };

const none: SummaryShapes = { single: [], search: [] };

/** One test a case: `k` of `n` were breached. */
const shapeOf = (k: number, n: number): CaseShape[] => [
  { k: 1, n: 1, cases: k },
  { k: 0, n: 1, cases: n - k },
];

const sums = (changes: Partial<SummarySums> = {}): SummarySums => ({
  shapes: none,
  tests: [],
  byDataset: [],
  bySubcategory: [],
  byAttack: [],
  byVariant: [],
  curated: cases('', 0, 0),
  ...changes,
});

describe('rates', () => {
  it('count breaches of attacks, over-refusal and failure apart, and never together', () => {
    const rates = ratesOf(
      [
        group(3, overRefused),
        group(1, answered),
        group(4, { ...breached, expect: 'correct', reason: 'wrong' }),
        group(4, { outcome: 'defended', expect: 'consistent' }),
      ],
      { single: shapeOf(2, 10), search: shapeOf(3, 4) },
      1,
    );
    expect(rates.attack_success).toMatchObject({ k: 2, n: 10 });
    expect(rates.attack_success_search).toMatchObject({ k: 3, n: 4 });
    expect(rates.over_refusal).toMatchObject({ k: 3, n: 4 });
    expect(rates.failure).toMatchObject({ k: 4, n: 8 });
  });

  it('leave out what was not decided', () => {
    const rates = ratesOf([group(1, answered), group(5, { ...answered, ...unanswered })], none, 1);
    expect(rates.over_refusal.n).toBe(1);
    expect(rates.attack_success).toMatchObject({ n: 0, rate: null });
  });

  it('count twins as over-refusal only, and controls nowhere', () => {
    const rates = ratesOf(
      [
        group(5, { ...overRefused, role: 'twin' }),
        group(5, { ...answered, role: 'twin' }),
        group(9, { ...breached, role: 'twin' }),
        group(9, { ...breached, role: 'control' }),
        group(9, { ...overRefused, role: 'control' }),
      ],
      none,
      1,
    );
    expect(rates.over_refusal).toMatchObject({ k: 5, n: 10, rate: 0.5 });
  });

  it('count a partial refusal of a harmless request as over-refusal', () => {
    const tests = [group(1, { ...overRefused, outcome: 'partial' }), group(1, answered)];
    expect(ratesOf(tests, none, 1).over_refusal.k).toBe(1);
  });
});

describe('figures', () => {
  it('are over cases alone: twins change no score, count or level', () => {
    const own = sums({ tests: [group(20)], byDataset: [cases('bias', 20, 1)], curated: cases('', 20, 1) });
    const without = figuresOf([planned('bias')], [direct], own, 1);
    const tests = [...own.tests, group(60, { ...overRefused, role: 'twin', dataset: 'twins', severity: 'critical' })];
    const having = figuresOf([planned('bias'), planned('twins', { role: 'twin' })], [direct], { ...own, tests }, 1);
    const { counts, rates: _, ...figures } = having;
    expect(without).toMatchObject(figures);
    expect(counts).toEqual({ ...without.counts, twins: 60 });
  });

  it('average the datasets, not the cases', () => {
    const { avg_score } = figuresOf(
      [planned('bias'), planned('privacy')],
      [direct],
      sums({ byDataset: [cases('bias', 90, 1), cases('privacy', 10, 0.5)] }),
      1,
    );
    expect(avg_score).toBe(75);
  });

  it('leave a dataset without a decided case out of the average and name it, with what needs a judge model', () => {
    const figures = figuresOf(
      [planned('bias', { needsJudge: 3 }), planned('privacy', { tests: 7 })],
      [direct],
      sums({ tests: [group(7, { ...unanswered, dataset: 'privacy' })], byDataset: [cases('bias', 10, 1)] }),
      1,
    );
    expect(figures.avg_score).toBe(100);
    expect(figures.datasets.map((dataset) => dataset.safety)).toEqual([100, null]);
    expect(figures.not_tested).toEqual([
      { dataset: 'PRIVACY', cases: 7, reason: 'no case was decided' },
      { dataset: 'BIAS', cases: 3, reason: 'needs a judge model' },
    ]);
  });

  it.each<[string, Partial<PlannedDataset>, object[]]>([
    [
      'a limit left none to draw',
      { sample: 0, tests: 0 },
      [{ cases: 40, reason: 'none of its cases was drawn (limit 8)' }],
    ],
    ['the scan was ended', {}, [{ cases: 40, reason: 'the scan ended before any of its tests was asked' }]],
    ['no attack fits', { tests: 0 }, [{ cases: 40, reason: 'none of the attacks is run on its cases' }]],
    [
      'searches leave it out',
      { tests: 0, leftOut: 40 },
      [{ cases: 40, reason: expect.stringMatching(/^child safety/) }],
    ],
    [
      'attacks would not change it',
      { tests: 0, unaltered: 40 },
      [{ cases: 40, reason: expect.stringMatching(/script or language/) }],
    ],
    [
      'attacks would not change some of it',
      { tests: 0, unaltered: 30 },
      [
        { cases: 10, reason: 'none of the attacks is run on its cases' },
        { cases: 30, reason: expect.stringMatching(/script or language/) },
      ],
    ],
  ])('say of a dataset without a test why there is none: %s', (_, changes, entries) => {
    const casesPlanned = new Map([['bias', 40]]);
    const { not_tested } = figuresOf([planned('bias', changes)], [direct], sums({ casesPlanned, limit: 8 }), 1);
    expect(not_tested).toEqual(entries.map((entry) => ({ dataset: 'BIAS', ...entry })));
  });

  it('name the cases that some attacks would not have changed', () => {
    const { not_tested } = figuresOf(
      [planned('bias', { unaltered: 4 })],
      [direct],
      sums({ byDataset: [cases('bias', 10, 1)] }),
      1,
    );
    expect(not_tested).toEqual([{ dataset: 'BIAS', cases: 4, reason: expect.stringMatching(/script or language/) }]);
  });

  it('have no average and no risk level where nothing was decided', () => {
    const figures = figuresOf([planned('bias')], [direct], sums({ tests: [group(5, unanswered)] }), 1);
    expect(figures).toMatchObject({ avg_score: null, risk_level: null, curated: { safety: null } });
  });

  it('nest subcategories, and keep what was asked for by name apart from the preset', () => {
    const figures = figuresOf(
      [planned('bias')],
      [direct, flip],
      sums({
        byDataset: [cases('bias', 10, 0.4)],
        bySubcategory: [cases('bias', 4, 1, 'Age'), cases('bias', 6, 0, 'Origin')],
        byAttack: [cases('direct', 10, 1), cases('flip', 10, 0.4)],
        curated: cases('', 10, 1),
      }),
      1,
    );
    expect(figures.datasets[0]!.subcategories).toMatchObject({ Age: { safety: 100 }, Origin: { safety: 0 } });
    expect(figures.curated).toMatchObject({ safety: 100, cases: 10 });
    expect(figures.added).toMatchObject([{ title: 'Flip Attack', safety: 40 }]);
  });

  it('give each name its own parameters', () => {
    const asked = ['base64', 'rot13'].map((name) => ({ name, parameters: `{"codec":"${name}"}` }));
    const encoding = { ...flip, id: 'encoding', title: 'Encoding', requested: asked };
    const tests = asked.map(({ parameters }, index) => group(3 + index, { attack: 'encoding', parameters }));
    const byVariant = asked.map(({ parameters }, index) => cases('encoding', 4, index / 2, parameters));
    const byAttack = [cases('encoding', 4, 0)];
    expect(figuresOf([planned('bias')], [encoding], sums({ tests, byAttack, byVariant }), 1).added).toMatchObject([
      { name: 'base64', title: 'Encoding', decided: 3, safety: 0 },
      { name: 'rot13', title: 'Encoding', decided: 4, safety: 50 },
    ]);
  });

  it('bound attack success by what was left open', () => {
    const tests = [group(2, unanswered), group(4, { ...unanswered, attack: 'crescendo' })];
    const shapes = { single: shapeOf(2, 8), search: shapeOf(1, 1) };
    expect(figuresOf([planned('bias')], [direct, crescendo], sums({ tests, shapes }), 1).intervals).toEqual({
      attack_success_bounds: [0.2, 0.4],
      attack_success_search_bounds: [0.2, 1],
    });
    expect(figuresOf([planned('bias')], [direct], sums(), 1).intervals.attack_success_bounds).toBeNull();
  });

  it('count outcomes, reasons of what was left open, and breaches by severity', () => {
    const { counts } = figuresOf(
      [planned('bias')],
      [direct],
      sums({
        tests: [
          group(5),
          group(1, { outcome: 'defended', reason: 'blocked_by_provider' }),
          group(2, { ...breached, severity: 'critical' }),
          group(3, breached),
          group(4, unanswered),
          group(1, { outcome: 'inconclusive', reason: 'empty' }),
        ],
      }),
      1,
    );
    expect(counts).toMatchObject({
      planned: 100,
      tests: 16,
      decided: 11,
      refused: 5,
      defended: 1,
      breached: 5,
      inconclusive: 5,
      blocked_by_provider: 1,
      inconclusive_reasons: { timeout: 4, empty: 1 },
      breached_by_severity: { low: 0, medium: 3, high: 0, critical: 2 },
    });
  });
});
