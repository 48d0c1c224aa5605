// Guards an answer while it is being written. Two guarantees (semantics.md "Guard"): of what a span detector finds, no
// character leaves, and text waits only while it may be the beginning of a match; what judges wholes is asked every
// 200 characters and at the ends of sentences, and then ends the stream.
import type { Clock } from '../core/ports.ts';
import { decide, takesOut } from './decide.ts';
import type { SessionRisk } from './detectors/detector.ts';
import { evaluate } from './evaluate.ts';
import { type Finding, firedLabel } from './finding.ts';
import type { GuardMessage } from './message.ts';
import type { Check } from './open-policy.ts';
import { redact } from './redact.ts';
import type { TokenMaker } from './redaction-tokens.ts';

/** `window`: text flows, and wholes are scored on the way. `hold`: a sentence waits until it was scored. */
export type StreamMode = 'window' | 'hold';

/** What may be shown now. */
export interface Release {
  readonly text: string;
  /** The findings that ended the stream: nothing more may be shown. Null while it goes on. */
  readonly stoppedBy: readonly Finding[] | null;
}

export interface StreamGuard {
  /** Takes the next piece of the answer. */
  push(text: string): Promise<Release>;
  /** The answer has ended, with this last piece: what was held back is decided. */
  end(text?: string): Promise<Release>;
  /** Characters that have left so far. */
  released(): number;
  /** What fired without ending the stream. */
  findings(): readonly Finding[];
}

export interface StreamGuardOptions {
  /** Of the policies in force; those that do not look at answers are left aside. */
  readonly checks: readonly Check[];
  /** The conversation before the answer, for detectors that judge a conversation. */
  readonly context: readonly GuardMessage[];
  readonly session: SessionRisk | null;
  readonly clock: Clock;
  readonly mode: StreamMode;
  /** What stands for a value that was taken out; `keep` is awaited before a token leaves. */
  readonly tokens: TokenMaker;
}

const SCORE_EVERY = 200;
/** Of a longer answer only the end is scored again, so that the cost stays linear. */
const LONGEST_SCORED = 2_000;
/** Shown text that span detectors see before what is held back: a key is known by the words before it. */
const LOOK_BACK = 256;
/** In `hold` a sentence that does not end is scored here. */
const LONGEST_HELD = 600;

const sentenceEnd = /[.!?\u3002\uff01\uff1f\u061f\u0964]["'\u201d\u2019)\]]*\s|\n/gu;

const answer = (content: string): GuardMessage => ({ role: 'assistant', content });

/** Index behind the last sentence that has ended in the text; 0 where none has. */
function endOfSentences(text: string): number {
  let end = 0;
  for (const found of text.matchAll(sentenceEnd)) end = found.index + found[0].length;
  return end;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

const placesOf = (findings: readonly Finding[]): Place[] =>
  findings.flatMap((finding) => finding.hits.flatMap((hit) => hit.spans));

/** Where the text must wait, as some check may be in the middle of a match. */
function holdFrom(checks: readonly Check[], text: string): number {
  return checks.reduce((hold, { open }) => {
    const own = open.holdFrom?.(text) ?? text.length - (open.longestSpan ?? 0);
    return Math.min(hold, Math.max(0, own));
  }, text.length);
}

/** A match that reaches the end of the text may still grow; nothing is cut in the middle of a match. */
function beforeOpenMatches(places: readonly Place[], textLength: number, hold: number): number {
  let safe = hold;
  for (let moved = true; moved; ) {
    moved = false;
    for (const { start, end } of places)
      if (start < safe && (end > safe || (end === textLength && hold < textLength))) {
        safe = start;
        moved = true;
      }
  }
  return safe;
}

/** The finding without places in text that has left; null where it found nothing else, though it may be undecided. */
function notShownYet(finding: Finding, back: number, length: number): Finding | null {
  if (finding.undecided !== null) return finding;
  const label = firedLabel(finding) ?? 'REDACTED';
  const hits = finding.hits
    .map(({ spans, ...hit }) => {
      const places = spans.length > 0 ? spans : [{ start: back, end: length, label, score: hit.score }];
      const open = places.filter(({ end }) => end > back);
      return { ...hit, spans: open.map((span) => ({ ...span, start: Math.max(span.start, back) })) };
    })
    .filter(({ spans }) => spans.length > 0);
  return hits.length === 0 ? null : { ...finding, hits };
}

/** The finding with the places that end at or before `end` alone. */
function before(finding: Finding, end: number): Finding {
  const hits = finding.hits
    .map((hit) => ({ ...hit, spans: hit.spans.filter((span) => span.end <= end) }))
    .filter(({ spans }) => spans.length > 0);
  return { ...finding, hits };
}

class GuardedStream implements StreamGuard {
  /** The end of what was taken out of the stream before, as it was written; and what has not left yet. */
  #shown = '';
  #pending = '';
  #released = 0;
  #scoredTo = 0;
  #whole = '';
  #stoppedBy: readonly Finding[] | null = null;
  readonly #fired: Finding[] = [];
  readonly #spanChecks: readonly Check[];
  readonly #wholeChecks: readonly Check[];
  readonly #options: StreamGuardOptions;

  constructor(options: StreamGuardOptions) {
    const checks = options.checks.filter(({ policy }) => policy.targets.includes('assistant'));
    this.#options = options;
    this.#spanChecks = checks.filter(({ open }) => open.longestSpan !== undefined);
    this.#wholeChecks = checks.filter(({ open }) => open.longestSpan === undefined);
  }

  released = (): number => this.#released;
  findings = (): readonly Finding[] => this.#fired;

  async push(text: string): Promise<Release> {
    if (this.#stoppedBy !== null) return { text: '', stoppedBy: this.#stoppedBy };
    this.#pending += text;
    this.#whole += text;
    return this.#advance(false);
  }

  end(text = ''): Promise<Release> {
    if (this.#stoppedBy !== null) return Promise.resolve({ text: '', stoppedBy: this.#stoppedBy });
    this.#pending += text;
    this.#whole += text;
    return this.#advance(true);
  }

  async #advance(hasEnded: boolean): Promise<Release> {
    const held = this.#heldSentence(hasEnded);
    if (held === 0 && !hasEnded) return { text: '', stoppedBy: null };
    const stopped = await this.#scoreWhole(hasEnded);
    if (stopped !== null) return this.#stop('', stopped);
    return this.#releaseSpans(held, hasEnded);
  }

  /** How much of what is pending may be looked at for release: in `hold` only whole sentences. */
  #heldSentence(hasEnded: boolean): number {
    if (this.#options.mode === 'window' || this.#wholeChecks.length === 0 || hasEnded) return this.#pending.length;
    return this.#pending.length > LONGEST_HELD ? this.#pending.length : endOfSentences(this.#pending);
  }

  #isDue(hasEnded: boolean): boolean {
    const unscored = this.#whole.length - this.#scoredTo;
    if (unscored === 0) return false;
    if (hasEnded || unscored >= SCORE_EVERY || this.#options.mode === 'hold') return true;
    return endOfSentences(this.#whole.slice(Math.max(0, this.#scoredTo - 3))) > 3;
  }

  async #scoreWhole(hasEnded: boolean): Promise<readonly Finding[] | null> {
    if (this.#wholeChecks.length === 0 || !this.#isDue(hasEnded)) return null;
    this.#scoredTo = this.#whole.length;
    const last = answer(this.#whole.slice(-LONGEST_SCORED));
    const asksOne = this.#wholeChecks.filter(({ detector }) => detector.asks === 'message');
    const asksAll = this.#wholeChecks.filter(({ detector }) => detector.asks === 'conversation');
    const found = [
      ...(await this.#evaluate(asksOne, [last])),
      ...(await this.#evaluate(asksAll, [...this.#options.context, last])),
    ];
    this.#note(found);
    // What judges wholes cannot say what to take out of a text that has partly left: such a rule ends the stream too.
    const ends = found.filter((finding) => decide([finding], null).denied || takesOut(finding));
    return ends.length > 0 ? ends : null;
  }

  async #releaseSpans(upTo: number, hasEnded: boolean): Promise<Release> {
    if (this.#spanChecks.length === 0) return this.#release(this.#pending.slice(0, upTo), upTo);
    const back = this.#shown.length;
    const text = this.#shown + this.#pending.slice(0, upTo);
    const found = await this.#evaluate(this.#spanChecks, [answer(text)]);
    const fresh = found.map((finding) => notShownYet(finding, back, text.length)).filter((each) => each !== null);
    const denying = fresh.filter((finding) => decide([finding], null).denied);
    const hold = hasEnded ? text.length : holdFrom(this.#spanChecks, text);
    const firstDenied = Math.min(text.length, ...placesOf(denying).map(({ start }) => start));
    const safe = Math.max(back, beforeOpenMatches(placesOf(fresh), text.length, Math.min(hold, firstDenied)));
    const taken = fresh.map((finding) => before(finding, safe));
    const { tokens } = this.#options;
    const { messages, redactions } = redact([answer(text.slice(0, safe))], taken, tokens.tokenFor);
    if (redactions.length > 0) await tokens.keep();
    const corrected = messages[0]!.content;
    this.#note(taken.filter((finding) => finding.hits.length > 0));
    const isSure = (finding: Finding): boolean =>
      finding.undecided !== null || placesOf([finding]).some(({ end }) => end < text.length || hold === text.length);
    if (!denying.some(isSure)) return this.#release(corrected.slice(back), safe - back);
    this.#note(denying);
    return this.#stop(corrected.slice(back), denying);
  }

  #evaluate(checks: readonly Check[], messages: readonly GuardMessage[]): Promise<Finding[]> {
    const { clock, session } = this.#options;
    return checks.length === 0 ? Promise.resolve([]) : evaluate(checks, messages, { clock, session, failFast: false });
  }

  #note(findings: readonly Finding[]): void {
    for (const finding of findings) if (finding.detected || finding.undecided !== null) this.#fired.push(finding);
  }

  #release(text: string, taken: number): Release {
    this.#shown = (this.#shown + this.#pending.slice(0, taken)).slice(-LOOK_BACK);
    this.#pending = this.#pending.slice(taken);
    this.#released += text.length;
    return { text, stoppedBy: null };
  }

  #stop(text: string, stoppedBy: readonly Finding[]): Release {
    this.#stoppedBy = stoppedBy;
    this.#pending = '';
    this.#released += text.length;
    return { text, stoppedBy };
  }
}

/** A guard for one answer. */
export const guardStream = (options: StreamGuardOptions): StreamGuard => new GuardedStream(options);
