// The guard as a scan asks it: conversations and answers in the scan's words, one decision each.
import type { ChatAnswer } from '../core/chat.ts';
import type { ScanGuard } from '../core/ports.ts';
import { hangsOnFailure } from './decide.ts';
import { fromCalls, fromMessage } from './from-chat.ts';
import { heldPolicies } from './held-policies.ts';
import type { GuardMessage } from './message.ts';
import { ownWords } from './open-policy.ts';
import type { PolicySource } from './policies.ts';
import type { GuardService } from './service.ts';

interface ScanGuardParts {
  readonly service: GuardService;
  readonly policies: Pick<PolicySource, 'defaults' | 'find'>;
}

const fromAnswer = ({ text, reasoning, toolCalls }: ChatAnswer): GuardMessage[] => [
  ...[text, reasoning ?? ''].filter((each) => each !== '').map((content) => ({ role: 'assistant' as const, content })),
  ...fromCalls(toolCalls),
];

/** `policies`: ids of stored policies; empty: the default set of the project. */
export function createScanGuard(
  { service, policies: source }: ScanGuardParts,
  { projectId, policies }: { readonly projectId: string; readonly policies: readonly string[] },
): ScanGuard {
  return {
    async check(messages, answer) {
      const before = messages.flatMap(fromMessage);
      const said = answer === null ? [] : fromAnswer(answer);
      const { decision } = await service.check({
        projectId,
        messages: [...before, ...said],
        from: answer === null ? 0 : before.length,
        session: null,
        inline: [],
        enabled: policies,
        fields: { inline: 'policies', enabled: '--guard-policy', words: ownWords('policies') },
        overrideResponse: null,
        failFast: true,
      });
      const firing = decision.findings.filter(({ detected, undecided }) => detected || undecided !== null);
      return {
        stopped: decision.denied,
        undecided: hangsOnFailure(decision.findings),
        policies: [...new Set(firing.map(({ policyId }) => policyId))],
      };
    },
    async held() {
      if (policies.length === 0) return heldPolicies(await source.defaults(projectId));
      const named = await Promise.all(policies.map((id) => source.find(projectId, id)));
      return heldPolicies(named.filter((each) => each !== undefined));
    },
  };
}
