import { describe, expect, it } from 'vitest';
import { reportFacts } from '../../tests/fakes/report-facts.ts';
import { endings } from '../core/bounds.ts';
import { wilson } from '../core/score/interval.ts';
import { earlyStopSentences, earlyStopView, earlyStopWarning, type ReportEarlyStop } from './early-stop-view.ts';
import { reportHtml } from './html.ts';
import { reportView } from './report-view.ts';
import { moneyText, spentText } from './spent-view.ts';

const stop = (changes: Partial<ReportEarlyStop> = {}): ReportEarlyStop => ({
  by: 'until_interval',
  reason: 'Ended before all tests were asked: why.',
  planned: 300,
  run: 120,
  categories: [
    { name: 'Privacy', role: 'case', planned: 100, run: 60, breached: wilson(6, 60) },
    { name: 'Bias', role: 'case', planned: 100, run: 60, breached: wilson(30, 60) },
    { name: 'Fraud', role: 'case', planned: 100, run: 0, breached: wilson(0, 0) },
  ],
  ...changes,
});

describe('an early end', () => {
  it('is never said to have tested all that was asked for', () => {
    const facts = reportFacts({ earlyStop: stop({ planned: 100, run: 40 }), notTested: [] });
    const view = reportView(facts);
    expect(view.facts.find(({ label }) => label === 'Not tested')!.value).toBe('60 planned tests did not run');
    expect(view.notTestedNote).toMatch(/^60 planned tests did not run\. Left out of every rate/);
    const both = reportView({ ...facts, notTested: [{ dataset: 'Bias', cases: 2, reason: 'needs a judge model' }] });
    expect(both.facts.find(({ label }) => label === 'Not tested')!.value).toBe(
      '60 planned tests did not run; 2 cases, see the last section',
    );
    const whole = reportView(reportFacts({ notTested: [] }));
    expect(whole.notTestedNote).toMatch(/^Everything that was asked for was tested/);
  });

  it('says why, and that what did not run counts as nothing', () => {
    expect(earlyStopWarning(stop())).toBe(
      'Ended before all tests were asked: why. 180 planned tests of 300 did not run; they count in no rate and no score, neither as safe nor as a breach.',
    );
  });

  it('says that harmless requests and controls are among them, as other lines leave them out', () => {
    const twins = { name: 'Benign twins', role: 'twin', planned: 15, run: 3, breached: wilson(0, 3) } as const;
    expect(earlyStopWarning(stop({ planned: 315, run: 123, categories: [...stop().categories, twins] }))).toContain(
      '192 planned tests of 315, harmless requests and controls with them, did not run;',
    );
  });

  it('names the widest interval and what was not asked at all', () => {
    expect(earlyStopSentences(stop()).slice(0, 2)).toEqual([
      'The widest interval is that of Bias: ±12.3 points.',
      'Not asked at all: Fraud.',
    ]);
  });

  it.each(endings)('by %s says how the intervals are to be read', (by) => {
    const text = earlyStopSentences(stop({ by })).join(' ');
    expect(text).toMatch(
      by === 'until_interval' ? /optional stopping/ : by === 'person' ? /first impression/ : /as usual/,
    );
  });

  it('gives no rate where the judge is not to be believed', () => {
    const [first] = earlyStopView(stop(), false).rows;
    expect(first).toEqual({ name: 'Privacy', tests: '60 of 100', rate: 'not given', interval: '-', width: '-' });
  });

  it('stands among the warnings, with a row a category', () => {
    const view = reportView(reportFacts({ earlyStop: stop() }));
    expect(view.warnings.filter((warning) => warning.includes('did not run'))).toHaveLength(1);
    expect(view.earlyStop!.rows).toMatchObject([
      { name: 'Privacy', tests: '60 of 100', width: '±7.7' },
      { name: 'Bias', tests: '60 of 100' },
      { name: 'Fraud', tests: '0 of 100', rate: 'not measured', interval: '-', width: '-' },
    ]);
    expect(reportHtml(reportFacts({ earlyStop: stop() }))).toContain('<h2>Where it ended</h2>');
    expect(reportHtml(reportFacts())).not.toContain('Where it ended');
  });
});

describe('a category whose tests belong to several rates', () => {
  const rates = [
    { family: 'attack-success', search: false, breached: wilson(4, 40) },
    { family: 'attack-success', search: true, breached: wilson(8, 10) },
    { family: 'failure', search: false, breached: wilson(5, 10) },
  ] as const;
  const breached = { k: 17, n: 60, rate: null, low: null, high: null };
  const mixed = { name: 'Bias', role: 'case', planned: 100, run: 60, breached, half_width: 0.11, rates } as const;

  it('has counts and a width, and each rate in a row of its own', () => {
    const { rows, sentences } = earlyStopView(stop({ categories: [mixed] }));
    expect(rows.map(({ name, rate, width }) => [name, rate, width])).toEqual([
      ['Bias', '17 of 60, no common rate', '±11.0'],
      ['Bias: attack success', '10.0 % of 40', '±9.5'],
      ['Bias: attack success, searching', '80.0 % of 10', '±22.7'],
      ['Bias: failure rate', '50.0 % of 10', '±26.3'],
    ]);
    expect(sentences[0]).toBe('The widest interval is that of Bias: ±11.0 points.');
  });
});

describe('what was spent', () => {
  const tokens = { calls: 10, prompt: 1_000, completion: 500, estimated: 0 };

  it('reads with its roles, and what was estimated', () => {
    const judge = { ...tokens, calls: 4, estimated: 4 };
    const cost = { currency: 'EUR', total: 1.5, by_role: { target: 1, judge: 0.5 } };
    expect(spentText({ seconds: 150, tokens: { target: tokens, judge }, cost })).toBe(
      '10 calls to the target, 4 calls to the judge in 2.5 min; target 1,000 tokens sent, 500 received; judge 1,000 tokens sent, 500 received (estimated from the length in 4 calls); 1.50 EUR (target 1.00 EUR, judge 0.5 EUR)',
    );
  });

  it('says that a cost is not known', () => {
    expect(spentText({ seconds: 1, tokens: { target: tokens }, cost: null })).toMatch(
      /; cost not known: no price is set$/,
    );
  });

  it.each([
    [0, '0.00 USD'],
    [0.0612, '0.061 USD'],
    [12.345, '12.35 USD'],
  ])('writes %d as %s', (sum, text) => {
    expect(moneyText(sum, 'USD')).toBe(text);
  });
});
