// The guard: which policies hold for a request, what their detectors find, what follows. Knows no dialect.
import { unknownValue } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { decide } from './decide.ts';
import type { DetectorServices, SessionRisk } from './detectors/detector.ts';
import { evaluate } from './evaluate.ts';
import type { Decision } from './finding.ts';
import type { GuardMessage } from './message.ts';
import { type OpenPolicy, openPolicy } from './open-policy.ts';
import type { Policy } from './policy.ts';

/** Where policies lie; `find` looks among those of the project and those of the files. */
export interface PolicySource {
  find(projectId: string, id: string): Promise<OpenPolicy | undefined>;
  defaults(projectId: string): Promise<readonly OpenPolicy[]>;
  ids(projectId: string): Promise<readonly string[]>;
}

export interface GuardRequest {
  readonly projectId: string;
  readonly messages: readonly GuardMessage[];
  readonly session: string | null;
  /** Policies that come with the request. */
  readonly inline: readonly Policy[];
  /** Exactly these, of the request first, then of the project; empty: those of the request, else the default set. */
  readonly enabled: readonly string[];
  /** What the caller calls the two lists, for error messages. */
  readonly fields: { readonly inline: string; readonly enabled: string };
  readonly overrideResponse: string | null;
  readonly failFast: boolean;
}

export interface GuardContext {
  readonly clock: Clock;
  readonly policies: PolicySource;
  readonly services: DetectorServices;
  readonly sessionRisk: (projectId: string, session: string) => SessionRisk;
}

export interface GuardService {
  /** Decides on the messages. Throws UNKNOWN_VALUE or INVALID_FIELD for policies that cannot be used. */
  check(request: GuardRequest): Promise<Decision>;
}

async function chosenPolicies(context: GuardContext, request: GuardRequest): Promise<readonly OpenPolicy[]> {
  const { policies, services } = context;
  const { projectId, inline, enabled, fields } = request;
  const openInline = (policy: Policy): Promise<OpenPolicy> =>
    openPolicy(policy, services, `${fields.inline}[${inline.indexOf(policy)}]`);
  if (enabled.length === 0)
    return inline.length > 0 ? Promise.all(inline.map(openInline)) : policies.defaults(projectId);
  const chosen: OpenPolicy[] = [];
  for (const [index, id] of enabled.entries()) {
    const own = inline.find((policy) => policy.id === id);
    const found = own ? await openInline(own) : await policies.find(projectId, id);
    if (!found) {
      const allowed = [...inline.map((policy) => policy.id), ...(await policies.ids(projectId))];
      throw unknownValue(`${fields.enabled}[${index}]`, id, allowed);
    }
    chosen.push(found);
  }
  return chosen;
}

export function createGuardService(context: GuardContext): GuardService {
  const { clock, sessionRisk } = context;
  return {
    async check(request) {
      const { projectId, messages, session, failFast, overrideResponse } = request;
      const chosen = await chosenPolicies(context, request);
      const findings = await evaluate(
        chosen.flatMap((policy) => policy.checks),
        messages,
        { clock, session: session === null ? null : sessionRisk(projectId, session), failFast },
      );
      return decide(findings, overrideResponse);
    },
  };
}
