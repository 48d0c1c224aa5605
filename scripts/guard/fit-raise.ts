// Finds how suspicious one stage is to be so that it flags as many harmless texts as another, or as in another language.

/** A harmless window: its log-odds for an attack, 0 and above being flagged. */
export interface Valued {
  readonly family: string;
  readonly value: number;
}

const STEP = 0.05;
const MOST_RAISED = 6;
const FEWEST_OF_A_FAMILY = 100;

const shareFrom = (level: number, windows: readonly Valued[]): number =>
  windows.filter(({ value }) => value >= level).length / windows.length;

/**
 * What is to be added to the log-odds of `others` so that they are flagged as often as `known` are: in the middle of the
 * families, as ours are hard on purpose, each in its way. At least `lowest`.
 */
export function raisedAs(known: readonly Valued[], others: readonly Valued[], lowest: number): number {
  const byFamily = Map.groupBy(others, ({ family }) => family);
  const pairs = [...Map.groupBy(known, ({ family }) => family)].flatMap(([family, windows]) => {
    const theirs = byFamily.get(family) ?? [];
    const isEnough = Math.min(windows.length, theirs.length) >= FEWEST_OF_A_FAMILY;
    return isEnough ? [{ theirs, share: shareFrom(0, windows) }] : [];
  });
  for (let raised = Math.max(-MOST_RAISED, lowest); raised < MOST_RAISED; raised += STEP) {
    const more = pairs.map(({ theirs, share }) => shareFrom(-raised, theirs) - share).sort((a, b) => a - b);
    if ((more[Math.floor(more.length / 2)] ?? 0) >= 0) return Math.round(raised * 100) / 100;
  }
  return MOST_RAISED;
}
