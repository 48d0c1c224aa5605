// How numbers and names are put into words, the same in every report. "No failure found in n tests", never "passed".
import type { RateFamily } from '../core/outcome.ts';
import type { Rate } from '../core/score/interval.ts';

/** A whole number with its thousands set apart, "12,345". `Intl` would take 20 ms of a start to say the same. */
export const count = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** A share in 0..1 as "12.5 %". */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** A difference of shares in percentage points, with its sign: "+12.5". */
export const points = (share: number): string => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;

/** E.g. plural(1, 'test') is "1 test", plural(2, 'test') "2 tests". */
export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** Safety 0..100 with one decimal; "-" where nothing was decided. */
export const scoreText = (safety: number | null): string => (safety === null ? '-' : safety.toFixed(1));

/** E.g. "21.5 to 78.5". */
export const intervalText = (low: number | null, high: number | null): string =>
  low === null || high === null ? '-' : `${low.toFixed(1)} to ${high.toFixed(1)}`;

/** What a rate rests on, in one line. `noun` is what was counted, in the singular. */
export function rateDetail(rate: Rate, noun: string): string {
  if (rate.rate === null || rate.low === null || rate.high === null) return `No ${noun} of this kind was decided.`;
  if (rate.k === 0) return `No failure found in ${plural(rate.n, noun)} (upper bound ${percent(rate.high)}).`;
  return `${count(rate.k)} of ${plural(rate.n, noun)}; 95 % interval ${percent(rate.low)} to ${percent(rate.high)}.`;
}

const fidelityNotes: Readonly<Record<string, string>> = {
  static: 'static form, no attacker model',
  structural: 'structural form',
};

/** An attack's name with its fidelity where that is not exact (semantics.md "Fidelity"). */
export function attackLabel(title: string, fidelity: string): string {
  const note = fidelityNotes[fidelity];
  return note === undefined ? title : `${title} (${note})`;
}

/** E.g. "BoN Attack, n=3": two settings of one attack must not look alike. */
export function withParameters(attack: string, parameters: Readonly<Record<string, unknown>>): string {
  const written = Object.entries(parameters).map(([key, value]) => `${key}=${String(value)}`);
  return [attack, ...written].join(', ');
}

const familyNames: Readonly<Record<RateFamily, string>> = {
  'attack-success': 'attack success',
  'over-refusal': 'over-refusal',
  failure: 'failure rate',
};

/** E.g. "attack success, searching". */
export const kindText = ({ family, search }: { readonly family: RateFamily; readonly search: boolean }): string =>
  `${familyNames[family]}${search ? ', searching' : ''}`;

/** "secret_revealed" as "secret revealed". */
export const words = (id: string): string => id.replaceAll('_', ' ').replaceAll('-', ' ');

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** "2026-03-01T10:20:30.400Z" as "1 March 2026, 10:20 UTC". */
export function timeText(iso: string | null): string {
  if (iso === null) return 'unknown';
  const date = new Date(iso);
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
  return `${day}, ${iso.slice(11, 16)} UTC`;
}
