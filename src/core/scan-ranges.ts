// What the options of a scan may be, wherever they are written: as flags, in redoubt.yaml or over an API.

/** Both ends belong to it. */
export interface NumberRange {
  readonly min: number;
  readonly max?: number;
  /** Left out: only whole numbers fit. */
  readonly whole?: boolean;
}

/** An API may set a lower `max` where there is none here. */
export const scanRanges = {
  /** Calls in flight. */
  concurrency: { min: 1, max: 4096 },
  /** Calls a minute. */
  qpm: { min: 1 },
  /** Seconds that a call may take. */
  timeout: { min: 0.1, max: 3600, whole: false },
  temperature: { min: 0, max: 2, whole: false },
  maxTokens: { min: 1 },
  /** Cases in all. */
  limit: { min: 1 },
  seed: { min: 0 },
  /** In the currency of the prices. */
  maxCost: { min: 0.000001, whole: false },
  maxCalls: { min: 1 },
  /** Points to either side of a 95 % interval. */
  untilInterval: { min: 0.1, max: 50, whole: false },
} as const satisfies Readonly<Record<string, NumberRange>>;

/** What a target may take. */
export const inputModalities = ['text', 'image'] as const;
