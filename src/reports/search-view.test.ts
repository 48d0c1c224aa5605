import { describe, expect, it } from 'vitest';
import { reportFacts } from '../../tests/fakes/report-facts.ts';
import { wilson } from '../core/score/interval.ts';
import { searchViews } from './search-view.ts';

describe('the success of searches', () => {
  it('is shown within one try and within all, raw and corrected, with what it rests on', () => {
    expect(searchViews(reportFacts().searches)).toMatchObject([
      { name: 'BoN Attack', tries: '1', success: '5.0 %', corrected: '5.0 %', tests: '40 (2 unconfirmed)' },
      { tries: '25', success: '22.5 %', corrected: '22.5 %', falseSuccess: '0.0 % of 20' },
    ]);
  });

  it('says where nothing is known', () => {
    const at = [{ k: 25, success: wilson(0, 0), falseSuccess: wilson(0, 0), corrected: null }];
    const [row] = searchViews([{ name: 'BoN Attack', tests: 0, unconfirmed: 0, controls: 0, at }]);
    expect(row).toMatchObject({ success: '-', interval: '-', falseSuccess: '-', corrected: '-', tests: '0' });
  });
});
