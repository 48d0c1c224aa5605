// How a row of figures rises with time: least squares over means of equal windows, so that neighbours, which are alike, do
// not count as many.

export interface Slope {
  /** In the figure's unit an hour, with a 95 % interval. */
  readonly perHour: number;
  readonly low: number;
  readonly high: number;
  /** Windows. */
  readonly n: number;
}

export interface Sample {
  readonly minute: number;
  readonly value: number;
}

const WINDOWS = 20;
const MINUTES_AN_HOUR = 60;
/** Quantiles of Student's t at 97.5 % by degrees of freedom, for few; beyond them the normal one is near enough. */
const quantiles = [
  12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.1,
];
const NORMAL = 1.96;

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

function windowsOf(samples: readonly Sample[]): Sample[] {
  const size = Math.max(1, Math.floor(samples.length / WINDOWS));
  const whole = Math.floor(samples.length / size);
  return Array.from({ length: whole }, (_, place) => {
    const part = samples.slice(place * size, (place + 1) * size);
    return { minute: mean(part.map(({ minute }) => minute)), value: mean(part.map(({ value }) => value)) };
  });
}

/** Null for fewer than three windows: nothing can be said then. */
export function slopeOf(samples: readonly Sample[]): Slope | null {
  const windows = windowsOf(samples);
  const n = windows.length;
  if (n < 3) return null;
  const [x, y] = [mean(windows.map(({ minute }) => minute)), mean(windows.map(({ value }) => value))];
  const spread = windows.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
  const slope = windows.reduce((sum, { minute, value }) => sum + (minute - x) * (value - y), 0) / spread;
  const left = windows.reduce((sum, { minute, value }) => sum + (value - y - slope * (minute - x)) ** 2, 0);
  const error = Math.sqrt(left / (n - 2) / spread) * (quantiles[n - 3] ?? NORMAL);
  const perHour = slope * MINUTES_AN_HOUR;
  return { perHour, low: perHour - error * MINUTES_AN_HOUR, high: perHour + error * MINUTES_AN_HOUR, n };
}
