// Asks the checks about the messages, the cheapest first; what fails or takes too long "could not decide".

import type { Clock } from '../core/ports.ts';
import type { Stretch } from '../core/seen/observer.ts';
import { changesMessages, deniesAtOnce } from './decide.ts';
import { costClasses, type Detection, type SessionRisk, type Span } from './detectors/detector.ts';
import type { Finding, Hit } from './finding.ts';
import type { GuardMessage } from './message.ts';
import type { Check } from './open-policy.ts';
import { joinedSpans } from './placement.ts';
import { type Reading, readMessages } from './reading.ts';
import { placesIn } from './window-places.ts';

export interface EvaluateOptions {
  readonly clock: Clock;
  readonly session: SessionRisk | null;
  /** Stops asking once a rule has fired that denies; rules that change the messages still run. */
  readonly failFast: boolean;
  /** Index of the first message that is asked about. Left out: 0. */
  readonly from?: number;
  /** The request's stretch, where somebody looks on. */
  readonly stretch?: Stretch | undefined;
}

/** No request is held up longer than this, however many detectors hang. */
const REQUEST_LIMIT_MS = 30_000;

class OutOfTime extends Error {}

/** A signal that is made when somebody looks at it: rules never do, and it costs as much as some of them. */
class Stop {
  #made: AbortController | null = null;

  get #controller(): AbortController {
    this.#made ??= new AbortController();
    return this.#made;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(): void {
    this.#controller.abort();
  }
}

async function within<Value>(promise: Promise<Value>, ms: number, stop: Stop): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      stop.abort();
      reject(new OutOfTime());
    }, ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Which messages a check is asked about. */
function indicesFor({ policy, detector }: Check, messages: readonly GuardMessage[], from: number): number[] {
  const all = messages.flatMap(({ role }, index) => (index >= from && policy.targets.includes(role) ? [index] : []));
  return detector.asks === 'conversation' ? all.slice(-1) : all;
}

interface Weighed {
  readonly index: number;
  readonly detection: Detection;
  /** As the rule or the detector names it. */
  readonly base: number;
  /** In force for a text of that length. */
  readonly threshold: number;
}

function weigh({ rule, detector }: Check, index: number, detection: Detection): Weighed {
  const base = rule.threshold ?? detector.threshold;
  return { index, detection, base, threshold: detector.thresholdFor?.(base, detection) ?? base };
}

function spansAtLeast({ detection, base, threshold }: Weighed, spans: readonly Span[]): Span[] {
  // A window beside the one that fires belongs to the place where it would fire alone.
  const places = detection.windows === undefined ? spans : placesIn(spans, base);
  return places.filter((span) => span.score >= threshold);
}

/** Of what lies in several parts of a message only what no single part shows: the other parts are not to blame. */
function firingSpans(weighed: Weighed): Span[] {
  const { spans } = weighed.detection;
  if (!spans.some(({ across }) => across)) return spansAtLeast(weighed, spans);
  const alone = spansAtLeast(
    weighed,
    spans.filter(({ across }) => !across),
  );
  const together = spansAtLeast(
    weighed,
    spans.filter(({ across }) => across),
  );
  return joinedSpans(alone, together);
}

const hitOf = (weighed: Weighed): Hit[] => {
  const { index, detection, threshold } = weighed;
  const fires = detection.score >= threshold && detection.score > 0;
  return fires ? [{ index, score: detection.score, spans: firingSpans(weighed) }] : [];
};

type Outcome = Pick<Finding, 'score' | 'threshold' | 'detected' | 'labels' | 'hits' | 'undecided' | 'asked'>;

function outcomeOf(check: Check, weighed: readonly Weighed[]): Outcome {
  const hits = weighed.flatMap(hitOf);
  let strongest = weighed[0];
  for (const each of weighed)
    if (
      strongest === undefined ||
      each.detection.score - each.threshold > strongest.detection.score - strongest.threshold
    )
      strongest = each;
  return {
    score: strongest?.detection.score ?? null,
    threshold: strongest?.threshold ?? check.rule.threshold ?? check.detector.threshold,
    detected: hits.length > 0,
    labels: strongest?.detection.labels ?? [],
    hits,
    undecided: null,
    asked: weighed.length > 0,
  };
}

const undecidedOutcome = (check: Check, reason: string): Outcome => ({
  score: null,
  threshold: check.rule.threshold ?? check.detector.threshold,
  detected: false,
  labels: [],
  hits: [],
  undecided: reason,
  asked: true,
});

async function askAll(check: Check, reading: Reading, options: EvaluateOptions, until: number): Promise<Weighed[]> {
  const { clock, session } = options;
  const stop = new Stop();
  const weighed: Weighed[] = [];
  for (const index of indicesFor(check, reading.messages, options.from ?? 0)) {
    if (clock.monotonic() > until) throw new OutOfTime();
    const answer = reading.ask(check, {
      messages: reading.messages,
      index,
      session,
      get signal() {
        return stop.signal;
      },
    });
    const detection =
      answer instanceof Promise ? await within(answer, Math.max(0, until - clock.monotonic()), stop) : answer;
    weighed.push(weigh(check, index, detection));
  }
  return weighed;
}

const sentenceOf = (error: unknown, ms: number): string => {
  if (error instanceof OutOfTime) return `took longer than ${Math.round(ms)} ms`;
  return error instanceof Error ? error.message : String(error);
};

async function askCheck(check: Check, reading: Reading, options: EvaluateOptions, end: number): Promise<Finding> {
  const { policy, rule, detector } = check;
  const begun = options.clock.monotonic();
  const until = Math.min(begun + policy.timeLimitMs, end);
  let outcome: Outcome;
  try {
    outcome = outcomeOf(check, await askAll(check, reading, options, until));
  } catch (error) {
    outcome = undecidedOutcome(check, sentenceOf(error, until - begun));
  }
  return {
    policyId: policy.id,
    policyVersion: policy.version,
    onFailure: policy.onFailure,
    overrideResponse: policy.overrideResponse,
    detector: detector.id,
    action: rule.action,
    ...outcome,
    ms: options.clock.monotonic() - begun,
  };
}

const outcomeIn = ({ undecided, detected }: Finding): string => {
  if (undecided !== null) return 'could not decide';
  return detected ? 'detected' : 'nothing found';
};

/** The findings of the checks that ran, in the order of the checks given. Never throws for what a detector does. */
export async function evaluate(
  checks: readonly Check[],
  messages: readonly GuardMessage[],
  options: EvaluateOptions,
): Promise<Finding[]> {
  const reading = readMessages(messages);
  const end = options.clock.monotonic() + REQUEST_LIMIT_MS;
  const costOf = (check: Check): number => costClasses.indexOf(check.detector.cost);
  const cheapestFirst = checks
    .map((check, place) => ({ check, place }))
    .sort((a, b) => costOf(a.check) - costOf(b.check));
  const found: { place: number; finding: Finding }[] = [];
  let denied = false;
  for (const { check, place } of cheapestFirst) {
    if (denied && !changesMessages(check.rule.action)) continue;
    const stretch = options.stretch?.begin('detector', { detector: check.detector.id, policy: check.policy.id });
    const finding = await askCheck(check, reading, options, end);
    stretch?.end(outcomeIn(finding), { failed: finding.undecided !== null });
    found.push({ place, finding });
    denied ||= options.failFast && deniesAtOnce(finding);
  }
  return found.sort((a, b) => a.place - b.place).map(({ finding }) => finding);
}
