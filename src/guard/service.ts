// The guard: which policies hold for a request, what their detectors find, what follows. Knows no dialect.
import { newId } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';
import type { Observer } from '../core/seen/observer.ts';
import { decide } from './decide.ts';
import type { DetectorServices, SessionRisk } from './detectors/detector.ts';
import { evaluate } from './evaluate.ts';
import type { Decision } from './finding.ts';
import { createInlinePolicies } from './inline-policies.ts';
import type { GuardMessage } from './message.ts';
import type { OpenPolicy, PolicyWords } from './open-policy.ts';
import type { PolicySource } from './policies.ts';
import type { Policy } from './policy.ts';
import { type Correction, redact } from './redact.ts';
import type { RedactionTokens } from './redaction-tokens.ts';
import { requirePolicy } from './require-policy.ts';
import { newFigures, type SessionFigures, sessionShelf } from './sessions.ts';
import { guardStream, type StreamGuard, type StreamMode } from './stream-guard.ts';

export interface GuardRequest {
  readonly projectId: string;
  readonly messages: readonly GuardMessage[];
  /** Index of the first message that is asked about; those before it are the conversation so far. Left out: 0. */
  readonly from?: number;
  readonly session: string | null;
  /** Policies that come with the request. */
  readonly inline: readonly Policy[];
  /** Exactly these, of the request first, then of the project; empty: those of the request, else the default set. */
  readonly enabled: readonly string[];
  /** What the caller calls the two lists, for error messages. */
  readonly fields: { readonly inline: string; readonly enabled: string; readonly words: PolicyWords };
  readonly overrideResponse: string | null;
  readonly failFast: boolean;
}

export interface GuardContext {
  readonly clock: Clock;
  readonly policies: Pick<PolicySource, 'all' | 'find' | 'defaults'>;
  readonly services: DetectorServices;
  readonly tokens: RedactionTokens;
  /** Without a session: of this request alone. */
  readonly sessionRisk: (projectId: string, session: string | null) => SessionRisk;
  /** Looks on; left out: nobody does. */
  readonly observer?: Observer | undefined;
  /** Hears of every decision: for the log and the figures. */
  readonly onDecided: (request: GuardRequest, result: GuardResult) => void;
}

/** A decision with what goes back to the caller. */
export interface GuardResult {
  readonly id: string;
  readonly decision: Decision;
  /** Null where nothing was redacted, or an override is said instead. */
  readonly correction: Correction | null;
  /** Mean over the session's requests of the strongest score that fired; null without a session. */
  readonly sessionRisk: number | null;
  readonly ms: number;
}

export interface GuardService {
  /** Decides on the messages. Throws UNKNOWN_VALUE or INVALID_FIELD for policies that cannot be used. */
  check(request: GuardRequest): Promise<GuardResult>;
  /** Guards an answer to these messages while it is written: each text of it gets a guard of its own. Throws as `check`. */
  openAnswer(request: GuardRequest, mode: StreamMode): Promise<() => StreamGuard>;
}

const MOST_SESSIONS = 10_000;
const SESSION_LIFETIME_MS = 60 * 60 * 1000;

async function chosenPolicies(
  policies: GuardContext['policies'],
  open: ReturnType<typeof createInlinePolicies>,
  request: GuardRequest,
): Promise<readonly OpenPolicy[]> {
  const { projectId, inline, enabled, fields } = request;
  const openInline = (policy: Policy): Promise<OpenPolicy> =>
    open(policy, { ...fields.words, policy: `${fields.inline}[${inline.indexOf(policy)}]` });
  if (enabled.length === 0)
    return inline.length > 0 ? Promise.all(inline.map(openInline)) : policies.defaults(projectId);
  const chosen: OpenPolicy[] = [];
  const inlineIds = inline.map((policy) => policy.id);
  for (const [index, id] of enabled.entries()) {
    const own = inline.filter((policy) => policy.id === id);
    const place = `${fields.enabled}[${index}]`;
    if (own.length === 0) chosen.push(await requirePolicy(policies, projectId, id, place, inlineIds));
    else chosen.push(...(await Promise.all(own.map(openInline))));
  }
  return chosen;
}

function noteInSession(figures: SessionFigures, decision: Decision): number {
  const fired = decision.findings.filter((finding) => finding.detected).map((finding) => finding.score ?? 0);
  figures.requests += 1;
  figures.flagged += decision.flagged ? 1 : 0;
  figures.denied += decision.denied ? 1 : 0;
  figures.risk += Math.max(0, ...fired);
  return figures.risk / figures.requests;
}

const outcomeOf = ({ denied, flagged, redacted }: Decision): string => {
  if (denied) return 'denied';
  if (redacted) return 'redacted';
  return flagged ? 'flagged' : 'safe';
};

export function createGuardService(context: GuardContext): GuardService {
  const { clock, policies, sessionRisk, tokens, observer } = context;
  const openInline = createInlinePolicies(context.services);
  const figures = sessionShelf(clock, newFigures, { most: MOST_SESSIONS, lifetimeMs: SESSION_LIFETIME_MS });

  async function correctionOf(request: GuardRequest, decision: Decision): Promise<Correction | null> {
    if (decision.override !== null) return null;
    const maker = await tokens.makerFor(request.projectId, request.session);
    const correction = redact(request.messages, decision.findings, maker.tokenFor);
    await maker.keep();
    return correction;
  }

  return {
    async check(request) {
      const begun = clock.monotonic();
      const { projectId, messages, session, failFast, overrideResponse } = request;
      const chosen = await chosenPolicies(policies, openInline, request);
      const stretch = observer?.begin('guard', { project: projectId });
      const findings = await evaluate(
        chosen.flatMap((policy) => policy.checks),
        messages,
        { clock, session: sessionRisk(projectId, session), failFast, from: request.from ?? 0, stretch },
      );
      const decision = decide(findings, overrideResponse);
      const result: GuardResult = {
        id: newId(),
        decision,
        correction: decision.redacted ? await correctionOf(request, decision) : null,
        sessionRisk: session === null ? null : noteInSession(figures.of(projectId, session), decision),
        ms: clock.monotonic() - begun,
      };
      stretch?.end(outcomeOf(decision), { facts: { messages: messages.length } });
      context.onDecided(request, result);
      return result;
    },
    async openAnswer(request, mode) {
      const { projectId, session, messages } = request;
      const checks = (await chosenPolicies(policies, openInline, request)).flatMap((policy) => policy.checks);
      const maker = await tokens.makerFor(projectId, session);
      const risk = sessionRisk(projectId, session);
      return () => guardStream({ checks, context: messages, session: risk, clock, mode, tokens: maker });
    },
  };
}
