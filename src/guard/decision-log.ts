// The decision log: what was decided, sampled, with what was found taken out, encrypted, and deleted after some days.
import type { Clock } from '../core/ports.ts';
import { isPassing } from '../store/failure.ts';
import { deleteExpired, insertDecisions, latestDecisions } from '../store/guard.ts';
import type { GuardDecisionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../store/vault.ts';
import type { Decision, Finding } from './finding.ts';
import type { GuardMessage } from './message.ts';
import { masked } from './redact.ts';
import type { GuardRequest, GuardResult } from './service.ts';

export interface LogSettings {
  /** Share of the decisions recorded in which nothing was found, in 0..1. Whatever was found is recorded. */
  readonly sample: number;
  readonly days: number;
  readonly messages: 'redacted' | 'full' | 'none';
}

/** What one rule found, as it is recorded: no text and no places. */
export type RecordedFinding = Pick<
  Finding,
  'policyId' | 'policyVersion' | 'detector' | 'action' | 'score' | 'threshold' | 'detected' | 'labels' | 'undecided'
>;

export interface RecordedDecision extends Omit<Decision, 'findings' | 'override'> {
  readonly id: string;
  readonly createdAt: number;
  readonly session: string | null;
  readonly findings: readonly RecordedFinding[];
  /** Null where messages are not kept. */
  readonly messages: readonly GuardMessage[] | null;
  readonly ms: number;
}

export interface DecisionLog {
  /** Takes a decision in; it reaches the database within a second. */
  note(request: GuardRequest, result: GuardResult): void;
  /** Writes what was noted and is not stored yet. */
  flush(): Promise<void>;
  /** The latest decisions of the project, newest first. */
  latest(projectId: string, most: number): Promise<RecordedDecision[]>;
  close(): Promise<void>;
}

export interface DecisionLogOptions {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly settings: LogSettings;
  readonly onError: (error: unknown) => void;
}

const WRITE_EVERY_MS = 1000;
/** Written together: sealing one after the other costs a fraction of sealing each between two requests. */
const MOST_AT_ONCE = 100;
/** Where the database is slower than the callers, decisions are lost from the log, never held up. */
const MOST_WAITING = 10_000;
const SWEEP_EVERY_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** More of one conversation is not kept. */
const MOST_KEPT_CHARACTERS = 64 * 1024;

const placeOf = (id: string): string => `guard-decision:${id}`;

/** A share of the ids, always the same ones: their last 32 bits are random (UUIDv7, RFC 9562). */
const isSampled = (id: string, share: number): boolean => Number.parseInt(id.slice(-8), 16) / 2 ** 32 < share;

function beginningOf(message: GuardMessage, length: number): GuardMessage {
  const content = message.content.slice(0, length);
  const { joints } = message;
  return { ...message, content, ...(joints && { joints: joints.filter((joint) => joint < content.length) }) };
}

function shortened(messages: readonly GuardMessage[]): GuardMessage[] {
  let left = MOST_KEPT_CHARACTERS;
  const kept: GuardMessage[] = [];
  // The end of a conversation says more about a decision than its beginning.
  for (const message of [...messages].reverse()) {
    if (left <= 0) break;
    kept.push(beginningOf(message, left));
    left -= message.content.length;
  }
  return kept.reverse();
}

const recorded = (finding: Finding): RecordedFinding => ({
  policyId: finding.policyId,
  policyVersion: finding.policyVersion,
  detector: finding.detector,
  action: finding.action,
  score: finding.score,
  threshold: finding.threshold,
  detected: finding.detected,
  labels: finding.labels.slice(0, 10),
  undecided: finding.undecided,
});

interface Waiting {
  readonly request: GuardRequest;
  readonly result: GuardResult;
  readonly decidedAt: number;
}

const flag = (on: boolean): 0 | 1 => (on ? 1 : 0);

const openDecision = (vault: Vault, row: GuardDecisionRow): RecordedDecision => ({
  id: row.id,
  createdAt: Number(row.created_at),
  session: row.session,
  flagged: row.flagged === 1,
  denied: row.denied === 1,
  redacted: row.redacted === 1,
  undecided: row.undecided === 1,
  findings: JSON.parse(row.findings) as RecordedFinding[],
  messages: row.messages === null ? null : (JSON.parse(vault.open(row.messages, placeOf(row.id))) as GuardMessage[]),
  ms: row.ms,
});

function rowMaker(vault: Vault, settings: LogSettings): (decided: Waiting) => GuardDecisionRow {
  function sealed(id: string, request: GuardRequest, findings: readonly Finding[]): Uint8Array | null {
    if (settings.messages === 'none') return null;
    const kept = settings.messages === 'full' ? request.messages : masked(request.messages, findings);
    return vault.seal(JSON.stringify(shortened(kept)), placeOf(id));
  }
  return ({ request, result: { id, decision, ms }, decidedAt }) => ({
    id,
    project_id: request.projectId,
    created_at: decidedAt,
    session: request.session,
    flagged: flag(decision.flagged),
    denied: flag(decision.denied),
    redacted: flag(decision.redacted),
    undecided: flag(decision.undecided),
    findings: JSON.stringify(decision.findings.map(recorded)),
    messages: sealed(id, request, decision.findings),
    ms,
  });
}

export function createDecisionLog(options: DecisionLogOptions): DecisionLog {
  const { store, vault, clock, settings, onError } = options;
  const waiting: Waiting[] = [];
  /** Those that are being written; they stay here while the database is away. */
  let group: readonly GuardDecisionRow[] = [];
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let sweptAt = 0;

  const rowOf = rowMaker(vault, settings);

  function writeLater(): void {
    timer ??= setTimeout(() => void flush(), WRITE_EVERY_MS).unref();
  }

  async function writeGroup(): Promise<void> {
    if (group.length === 0) group = waiting.splice(0, MOST_AT_ONCE).map(rowOf);
    try {
      await insertDecisions(store, group);
    } catch (error) {
      if (isPassing(error)) writeLater();
      else group = [];
      throw error;
    }
    group = [];
  }

  async function write(): Promise<void> {
    timer = null;
    while (group.length + waiting.length > 0) await writeGroup();
    const now = clock.now();
    if (now - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = now;
    await deleteExpired(store, now - settings.days * DAY_MS, now);
  }

  const flush = (): Promise<void> => {
    writing = writing.then(write).catch(onError);
    return writing;
  };

  return {
    note(request, result) {
      const { id, decision } = result;
      const clean = !decision.findings.some((finding) => finding.detected) && !decision.undecided;
      if ((clean && !isSampled(id, settings.sample)) || waiting.length >= MOST_WAITING) return;
      waiting.push({ request, result, decidedAt: clock.now() });
      writeLater();
    },
    flush,
    async latest(projectId, most) {
      await flush();
      return (await latestDecisions(store, projectId, most)).map((row) => openDecision(vault, row));
    },
    async close() {
      if (timer !== null) clearTimeout(timer);
      await flush();
      // What could not be written now has nobody left to write it.
      if (timer !== null) clearTimeout(timer);
    },
  };
}
