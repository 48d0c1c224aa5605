import { describe, expect, it } from 'vitest';
import { finding, reportFacts } from '../../tests/fakes/report-facts.ts';
import { wilson } from '../core/score/interval.ts';
import { reportView } from './report-view.ts';

describe('the cover', () => {
  it('gives attack success with n and interval, and over-refusal and failures beside it', () => {
    const { headline, beside } = reportView(reportFacts());
    expect([headline, ...beside].map(({ title, value, detail }) => [title, value, detail])).toEqual([
      ['Attack success', '12.5 %', '5 of 40 tests; 95 % interval 5.5 % to 26.1 %.'],
      ['Over-refusal', '0.0 %', 'No failure found in 60 requests (upper bound 6.0 %).'],
      ['Failure rate', 'not measured', 'No test of this kind was decided.'],
    ]);
  });

  it('warns where many tests are inconclusive, with both bounds', () => {
    expect(reportView(reportFacts()).warnings).toEqual([
      '8.3 % of the tests are inconclusive. Had all of them been defended, attack success would be 10.0 %; had all been breached, 20.0 %.',
    ]);
  });

  it('gives no risk level where nothing was decided', () => {
    expect(reportView(reportFacts()).risk.level).toBe('Medium');
    expect(reportView(reportFacts({ riskLevel: null, averageSafety: null })).risk).toEqual({
      level: 'Nothing decided',
      rule: expect.stringMatching(/^No test was decided/),
    });
  });

  it.each([
    ['a few inconclusive tests', { inconclusive: 2 }, []],
    ['tests that did not run', { inconclusive: 0, tests: 47 }, ['1 planned test did not run.']],
    ['answers without verdict', { inconclusive: 0, unjudged: 3 }, ['3 tests are stored without a verdict.']],
  ])('for %s', (_, counts, warnings) => {
    const facts = reportFacts();
    expect(reportView({ ...facts, counts: { ...facts.counts, ...counts } }).warnings).toEqual(warnings);
  });

  it('says where attacks were named in place of those of the preset', () => {
    const scopeOf = (hasNamedAttacks: boolean) =>
      reportView(reportFacts({ hasNamedAttacks })).facts.find(({ label }) => label === 'Scope')!.value;
    expect(scopeOf(false)).toMatch(/; preset standard$/);
    expect(scopeOf(true)).toMatch(/; preset standard, with attacks that were named in place of its own$/);
  });

  it('never says that anything passed or complies', () => {
    const clean = reportFacts({
      rates: { ...reportFacts().rates, attackSuccess: wilson(0, 40), failure: wilson(0, 8) },
      findings: [],
      casesFailed: 0,
    });
    const text = JSON.stringify(reportView(clean));
    expect(text).not.toMatch(/compliant|passed/i);
    expect(reportView(clean).findingsNote).toBe('No failure found in 44 tests.');
  });
});

describe('what a guard did', () => {
  const guard = {
    mode: 'both',
    policies: [],
    tests: 60,
    stoppedBy: { guard_in: 20, provider: 0, model: 20, guard_out: 0, nobody: 20, undecided: 0 },
    successWithout: wilson(20, 40),
    successWith: wilson(10, 40),
    needless: wilson(0, 15),
    twoByTwo: null,
  } as const;
  const rowsOf = (given: NonNullable<ReturnType<typeof reportFacts>['guard']>): string[][] =>
    reportView(reportFacts({ guard: given }))
      .guard.filter(({ label }) => label.startsWith('Success'))
      .map(({ label, value }) => [label, value.replace(/;.*/, '')]);

  it('is given for attacks that ask once, and apart for those that search', () => {
    expect(rowsOf(guard)).toEqual([
      ['Success without', '50.0 %, 20 of 40 tests'],
      ['Success with', '25.0 %, 10 of 40 tests'],
    ]);
    expect(
      rowsOf({ ...guard, search: { successWithout: wilson(16, 20), successWith: wilson(12, 20) } }).slice(2),
    ).toEqual([
      ['Success without, searching', '80.0 %, 16 of 20 tests'],
      ['Success with, searching', '60.0 %, 12 of 20 tests'],
    ]);
  });
});

describe('charts', () => {
  it('show the worst first, and what was not decided last', () => {
    const group = { cases: 4, low: 0, high: 100, decided: 4, inconclusive: 0 };
    const datasets = [
      { ...group, name: 'good', safety: 90 },
      { ...group, name: 'open', safety: null, low: null, high: null },
      { ...group, name: 'bad', safety: 10 },
    ];
    expect(reportView(reportFacts({ datasets })).datasets.map((row) => [row.name, row.safetyText])).toEqual([
      ['bad', '10.0'],
      ['good', '90.0'],
      ['open', '-'],
    ]);
  });
});

describe('subcategories', () => {
  it('stand with n and interval, also where nothing was decided', () => {
    expect(reportView(reportFacts()).subcategories).toEqual([
      {
        dataset: 'Privacy',
        rows: [
          { name: 'Doxxing', safetyText: '75.0', intervalText: '30.1 to 95.4', cases: '4' },
          { name: 'Model attacks', safetyText: '-', intervalText: '-', cases: '0' },
        ],
      },
    ]);
  });
});

describe('a finding', () => {
  const turnsOf = (evidence: Partial<ReturnType<typeof finding>['evidence']>) =>
    reportView(
      reportFacts({ findings: [finding({ evidence: { ...finding().evidence, ...evidence } })] }),
    ).findings[0]!.turns.map(({ role, tone, text }) => [role, tone, text]);

  it('shows the conversation and the answer', () => {
    expect(turnsOf({ decoded: 'plain', toolCalls: ['send(x)'] })).toEqual([
      ['Request', 'request', 'A request'],
      ['Answer', 'answer', 'Here it is.'],
      ['Answer, decoded', 'answer', 'plain'],
      ['Tool call', 'answer', 'send(x)'],
    ]);
  });

  it('shows the hash alone of an answer that is withheld', () => {
    expect(turnsOf({ withheld: 'CBRN', answer: null, answerSha256: 'ab' }).at(-1)).toEqual([
      'Answer',
      'note',
      'Withheld: answers in the category CBRN are never exported. SHA-256 ab',
    ]);
  });

  it('says so where no answer is stored', () => {
    expect(turnsOf({ answer: null }).at(-1)).toEqual(['Answer', 'note', 'No answer is stored.']);
    expect(turnsOf({ answer: null, failure: 'The endpoint hung up.' }).at(-1)?.[2]).toBe('The endpoint hung up.');
  });

  it('says how many more tests of the case failed', () => {
    const { line } = reportView(reportFacts({ findings: [finding({ testsOfCase: 3 })] })).findings[0]!;
    expect(line).toBe(
      'Should refuse. Judged breached (complied) by layers-1/remainder. Case case-1; A reference. 2 more tests of this case failed too.',
    );
  });
});
