// Numbers as people read them: counts with separators, shares with one digit and their intervals, times.
const counts = new Intl.NumberFormat(undefined);

/** A share with what it rests on, as our API gives it. */
export interface Rated {
  readonly k: number;
  readonly n: number;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export const count = (n: number): string => counts.format(n);

/** `1 scan`, `2 scans`. */
export const counted = (n: number, one: string): string => `${count(n)} ${one}${n === 1 ? '' : 's'}`;

export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;

/** `0.0 % to 3.8 %`; null where nothing was counted. */
export const interval = ({ low, high }: Pick<Rated, 'low' | 'high'>): string | null =>
  low === null || high === null ? null : `${percent(low)} to ${percent(high)}`;

export const milliseconds = (ms: number): string => (ms < 10 ? `${ms.toFixed(2)} ms` : `${Math.round(ms)} ms`);

const two = (n: number): string => String(n).padStart(2, '0');

/** Seconds as `2 h 05 min`, `3 min 20 s` or `12 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole >= 3600) return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
  if (whole >= 60) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${whole} s`;
}

/** Below this many decided tests a share says little: shown hatched. */
export const FEWEST_TESTS = 10;
