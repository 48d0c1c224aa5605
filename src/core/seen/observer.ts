// How the work is seen from outside: stretches of time with a name, what came of them, and ids. Never what was said.

/** `scan` and `chunk` as a worker runs them, `call` to a model, `judge` of one answer, `guard` request, its `detector`. */
export type StretchName = 'scan' | 'chunk' | 'call' | 'judge' | 'guard' | 'detector';

export type StretchFacts = Readonly<Record<string, string | number>>;

/** A stretch that has begun. */
export interface Stretch {
  /** Begins a part of it. */
  begin(name: StretchName, facts?: StretchFacts): Stretch;
  /** `outcome` in a word or two; `failed`: it is to be seen as an error. Further facts are added. */
  end(outcome: string, more?: { readonly failed?: boolean; readonly facts?: StretchFacts }): void;
}

export interface ScanPlace {
  readonly scan: string;
  readonly project: string;
  /** How often the scan had been resumed: a scan that was paused has a stretch for each time. */
  readonly resumes: number;
}

/** Where stretches begin. Left out wherever nobody looks on. */
export interface Observer {
  begin(name: StretchName, scope: StretchFacts): Stretch;
  /** The stretch of a scan, the same in every process: the one that owns the scan ends it, the others begin parts of it. */
  scan(place: ScanPlace): Stretch;
}
