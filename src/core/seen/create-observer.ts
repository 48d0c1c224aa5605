// Makes stretches and tells listeners when each has ended. A scan's trace is the scan's own id, so that what all workers
// did meets there without anything being handed on.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../ports.ts';
import type { Observer, ScanPlace, Stretch, StretchFacts, StretchName } from './observer.ts';

/** A stretch that has ended. */
export interface EndedStretch {
  readonly name: StretchName;
  /** What holds for all stretches of its trace: scan and project. */
  readonly scope: StretchFacts;
  readonly facts: StretchFacts;
  readonly outcome: string;
  readonly failed: boolean;
  /** Milliseconds since 1970, with fractions. */
  readonly startedAt: number;
  readonly ms: number;
  /** 32 and 16 hexadecimal digits, as in W3C Trace Context. */
  readonly trace: string;
  readonly id: string;
  readonly parent: string | null;
}

export interface StretchListener {
  begun?(name: StretchName): void;
  ended(stretch: EndedStretch): void;
}

const SPAN_BYTES = 8;
const TRACE_BYTES = 16;

/** The end of the scan's id, then how often it was resumed. */
const idOfScan = ({ scan, resumes }: ScanPlace): string =>
  `${scan.replaceAll('-', '').slice(20)}${resumes.toString(16).padStart(4, '0').slice(-4)}`;

interface Origin {
  readonly scope: StretchFacts;
  readonly parent: StretchUnderWay | null;
  readonly trace: () => string;
  readonly id?: string;
}

class StretchUnderWay implements Stretch, EndedStretch {
  readonly name: StretchName;
  readonly startedAt: number;
  outcome = '';
  failed = false;
  ms = 0;
  facts: StretchFacts;
  readonly #origin: Origin;
  readonly #tell: Teller;
  #id: string | null;

  constructor(name: StretchName, facts: StretchFacts, origin: Origin, tell: Teller) {
    this.name = name;
    this.facts = facts;
    this.#origin = origin;
    this.#tell = tell;
    this.#id = origin.id ?? null;
    this.startedAt = tell.now();
  }

  get scope(): StretchFacts {
    return this.#origin.scope;
  }

  get trace(): string {
    return this.#origin.trace();
  }

  // Made when somebody asks: figures and logs never do.
  get id(): string {
    this.#id ??= randomBytes(SPAN_BYTES).toString('hex');
    return this.#id;
  }

  get parent(): string | null {
    return this.#origin.parent?.id ?? null;
  }

  begin(name: StretchName, facts: StretchFacts = {}): Stretch {
    this.#tell.begun(name);
    const { scope, trace } = this.#origin;
    return new StretchUnderWay(name, facts, { scope, trace, parent: this }, this.#tell);
  }

  end(outcome: string, more: { readonly failed?: boolean; readonly facts?: StretchFacts } = {}): void {
    this.outcome = outcome;
    this.failed = more.failed ?? false;
    if (more.facts !== undefined) this.facts = { ...this.facts, ...more.facts };
    this.ms = this.#tell.now() - this.startedAt;
    this.#tell.ended(this);
  }
}

interface Teller {
  now(): number;
  begun(name: StretchName): void;
  ended(stretch: EndedStretch): void;
}

export function createObserver(clock: Clock, listeners: readonly StretchListener[]): Observer {
  const epoch = clock.now() - clock.monotonic();
  const tell: Teller = {
    now: () => epoch + clock.monotonic(),
    begun(name) {
      for (const listener of listeners) listener.begun?.(name);
    },
    ended(stretch) {
      for (const listener of listeners) listener.ended(stretch);
    },
  };
  return {
    begin(name, scope) {
      tell.begun(name);
      let trace: string | null = null;
      const traceOf = (): string => {
        trace ??= randomBytes(TRACE_BYTES).toString('hex');
        return trace;
      };
      return new StretchUnderWay(name, {}, { scope, parent: null, trace: traceOf }, tell);
    },
    scan(place) {
      const { scan, project } = place;
      const trace = (): string => scan.replaceAll('-', '');
      return new StretchUnderWay(
        'scan',
        {},
        { scope: { scan, project }, parent: null, trace, id: idOfScan(place) },
        tell,
      );
    },
  };
}
