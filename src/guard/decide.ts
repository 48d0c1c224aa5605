// From findings to a decision: the matrix of semantics.md "Guardion". Pure.
import type { Decision, Finding } from './finding.ts';
import type { Action } from './policy.ts';

const stops: Readonly<Record<Action, boolean>> = { block: true, redact: false, flag: false, strip: false };
const tells: Readonly<Record<Action, boolean>> = { block: true, redact: false, flag: true, strip: false };
const changes: Readonly<Record<Action, boolean>> = { block: false, redact: true, flag: false, strip: true };
/** Whether a rule that could not decide shuts the door, where its policy says closed: what was not redacted may not pass. */
const stopsUndecided: Readonly<Record<Action, boolean>> = { block: true, redact: true, flag: false, strip: true };

const isClosed = (finding: Finding): boolean => finding.undecided !== null && finding.onFailure === 'closed';

/** Whether a rule of this action changes the messages: it runs over all of them, whatever came before. */
export const changesMessages = (action: Action): boolean => changes[action];

/** Whether nothing that comes later can undo the refusal: fail_fast stops here. */
export const deniesAtOnce = (finding: Finding): boolean => finding.detected && stops[finding.action];

const isOpenQuestion = ({ undecided, action, onFailure }: Finding): boolean =>
  undecided !== null && (stops[action] || (onFailure === 'closed' && stopsUndecided[action]));

/** Whether it is a detector's failure that shut the door or left it open, and no detection. */
export const hangsOnFailure = (findings: readonly Finding[]): boolean =>
  !findings.some(deniesAtOnce) && findings.some(isOpenQuestion);

/** Whether the finding takes something out of the messages. */
export const takesOut = (finding: Finding): boolean => finding.detected && changes[finding.action];

/** The decision; `overrideResponse` is the one of the request. */
export function decide(findings: readonly Finding[], overrideResponse: string | null): Decision {
  const violated = findings.filter((finding) => finding.detected || isClosed(finding));
  const couldRedact = findings.every((finding) => finding.undecided === null || !changes[finding.action]);
  const ofPolicy = violated.find((finding) => finding.overrideResponse !== null)?.overrideResponse ?? null;
  return {
    flagged: violated.some((finding) => (finding.detected ? tells[finding.action] : true)),
    denied: violated.some((finding) => (finding.detected ? stops : stopsUndecided)[finding.action]),
    redacted: couldRedact && findings.some(takesOut),
    undecided: findings.some((finding) => finding.undecided !== null),
    findings,
    override: violated.length === 0 ? null : (overrideResponse ?? ofPolicy),
  };
}
