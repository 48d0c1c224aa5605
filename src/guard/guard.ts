// The parts of the guard, made and handed to one another: what a dialect, a gateway or a command is given.
import type { ChatModel } from '../core/chat.ts';
import type { RedoubtError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { Observer } from '../core/seen/observer.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../store/vault.ts';
import { createDecisionLog, type DecisionLog, type LogSettings } from './decision-log.ts';
import type { SessionRisk } from './detectors/detector.ts';
import { type DryRun, dryRun } from './dry-run.ts';
import { createHardening, type Hardening } from './hardening/hardening.ts';
import { createMetrics, type GuardMetrics } from './metrics.ts';
import { openPolicy, ownWords } from './open-policy.ts';
import { openPolicySource, type PolicySource } from './policies.ts';
import type { Policy } from './policy.ts';
import { createRedactionTokens, type RedactionTokens } from './redaction-tokens.ts';
import { createGuardService, type GuardService } from './service.ts';
import { newSessionMemory, sessionRiskOver } from './session-risk.ts';
import { sessionShelf } from './sessions.ts';
import { sessionWeights, turnReader } from './turn-risk.ts';

export interface Guard {
  readonly service: GuardService;
  readonly hardening: Hardening;
  readonly policies: PolicySource;
  readonly tokens: RedactionTokens;
  readonly log: DecisionLog;
  readonly metrics: GuardMetrics;
  /** What a draft would have done to the latest recorded decisions. Throws what `openPolicy` throws. */
  dryRun(
    projectId: string,
    draft: Policy,
    limits: { readonly decisions: number; readonly most: number },
  ): Promise<DryRun>;
  /** Writes what is still to be recorded. */
  close(): Promise<void>;
}

export interface GuardOptions {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  /** Folders of policy files; a later one holds over an earlier. The first is what ships. */
  readonly folders: readonly string[];
  /** Policies of redoubt.yaml by name, as written. */
  readonly inSettings?: Readonly<Record<string, unknown>>;
  readonly judge: ChatModel | null;
  /** `recording` false: decisions leave no trace. */
  readonly logging: LogSettings & { readonly recording: boolean };
  readonly onError: (error: unknown) => void;
  /** Looks on; left out: nobody does. */
  readonly observer?: Observer | undefined;
  /** Told of policy files that become wrong while the server runs. */
  readonly onProblem: (problem: RedoubtError) => void;
}

const SESSION_LIFETIME_MS = 60 * 60 * 1000;
const TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Throws FILE_INVALID for a policy file that is wrong, SETTING_INVALID for a policy of the settings. */
export async function createGuard(options: GuardOptions): Promise<Guard> {
  const { store, vault, clock, folders, inSettings = {}, judge, logging, onProblem, onError, observer } = options;
  const services = { judge };
  const policies = await openPolicySource({ store, clock, services, folders, inSettings, onProblem });
  const tokens = createRedactionTokens(store, vault, clock, TOKEN_LIFETIME_MS);
  const reader = turnReader(services);
  const memories = sessionShelf(clock, newSessionMemory, { most: 10_000, lifetimeMs: SESSION_LIFETIME_MS });
  const sessionRisk = (projectId: string, session: string | null): SessionRisk =>
    sessionRiskOver(session === null ? newSessionMemory() : memories.of(projectId, session), reader, sessionWeights());
  const log = createDecisionLog({ store, vault, clock, settings: logging, onError });
  const metrics = createMetrics();
  const service = createGuardService({
    clock,
    policies,
    services,
    tokens,
    sessionRisk,
    observer,
    onDecided: (request, result) => {
      metrics.note(request.projectId, result);
      if (logging.recording) log.note(request, result);
    },
  });
  return {
    service,
    hardening: createHardening({ store, clock, services, policies, log }),
    policies,
    tokens,
    log,
    metrics,
    close: () => log.close(),
    async dryRun(projectId, draft, { decisions, most }) {
      const open = await openPolicy(draft, services, ownWords('draft'));
      return dryRun(open, await log.latest(projectId, decisions), { clock, reader, most });
    },
  };
}
