// What searches found, in words: success within one try and within all, raw and without what the judge alone made.
import type { Rate } from '../core/score/interval.ts';
import { printable } from './printable.ts';
import type { ReportSearch } from './report-data.ts';
import { count, percent } from './wording.ts';

export interface SearchView {
  readonly name: string;
  /** E.g. "25". */
  readonly tries: string;
  readonly success: string;
  readonly interval: string;
  readonly falseSuccess: string;
  readonly corrected: string;
  readonly tests: string;
}

export const searchNote =
  'Attacks that try again until they succeed, apart from those that ask once: their numbers are never added up. A success counts only when it was confirmed. False success is that of the same search on controls, which cannot succeed; the corrected share is without it.';

const shareText = (share: number | null): string => (share === null ? '-' : percent(share));

const rangeText = ({ low, high }: Rate): string =>
  low === null || high === null ? '-' : `${percent(low)} to ${percent(high)}`;

/** One row for each number of tries. */
export const searchViews = (searches: readonly ReportSearch[]): SearchView[] =>
  searches.flatMap(({ name, tests, unconfirmed, controls, at }) =>
    at.map(({ k, success, falseSuccess, corrected }) => ({
      name: printable(name),
      tries: count(k),
      success: shareText(success.rate),
      interval: rangeText(success),
      falseSuccess: falseSuccess.rate === null ? '-' : `${percent(falseSuccess.rate)} of ${count(controls)}`,
      corrected: shareText(corrected),
      tests: unconfirmed > 0 ? `${count(tests)} (${count(unconfirmed)} unconfirmed)` : count(tests),
    })),
  );
