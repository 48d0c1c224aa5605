// The risk of a session over its turns: a fast and a slow mean and the peak, each decaying, each message weighed once.
import { createHash } from 'node:crypto';
import type { SessionRisk } from './detectors/detector.ts';
import type { GuardMessage } from './message.ts';

/** How risky one text is by itself, 0..1. May reject: then the session could not be decided. */
export type TurnRisk = (text: string) => Promise<number>;

/** What is kept of a session: no more text than its last turns, and those in memory alone. */
export interface SessionMemory {
  readonly seen: Set<string>;
  readonly lastTurns: string[];
  fast: number;
  slow: number;
  peak: number;
}

export const newSessionMemory = (): SessionMemory => ({ seen: new Set(), lastTurns: [], fast: 0, slow: 0, peak: 0 });

const MOST_SEEN = 2000;
/** A request that was split goes over a few turns. */
const TURNS_JOINED = 4;
const LONGEST_TURN_KEPT = 2000;

const FAST = 0.5;
const SLOW = 0.1;
/** After 20 harmless turns two thirds of a peak are left. */
const PEAK_KEPT = 0.98;

/** What comes from outside; the model's own answers do not attack it. */
const weighs = (message: GuardMessage): boolean => message.role !== 'assistant' && message.role !== 'system';

const hashOf = ({ role, content }: GuardMessage): string =>
  createHash('sha256').update(`${role}\0${content}`).digest('base64');

function remember(memory: SessionMemory, hash: string): void {
  memory.seen.add(hash);
  if (memory.seen.size <= MOST_SEEN) return;
  const [oldest] = memory.seen;
  if (oldest !== undefined) memory.seen.delete(oldest);
}

function takeIn(memory: SessionMemory, risk: number): void {
  memory.fast += FAST * (risk - memory.fast);
  memory.slow += SLOW * (risk - memory.slow);
  memory.peak = Math.max(memory.peak * PEAK_KEPT, risk);
}

/** One figure of the three: the worst turn, raised by what the last turns and all turns add to it. */
const sessionScore = ({ fast, slow, peak }: SessionMemory): number => 1 - (1 - peak) * (1 - fast / 2) * (1 - slow);

export function sessionRiskOver(memory: SessionMemory, riskOf: TurnRisk): SessionRisk {
  const weighTurn = async (text: string): Promise<void> => {
    memory.lastTurns.push(text.slice(0, LONGEST_TURN_KEPT));
    if (memory.lastTurns.length > TURNS_JOINED) memory.lastTurns.shift();
    const alone = await riskOf(text);
    const joined = memory.lastTurns.length > 1 ? await riskOf(memory.lastTurns.join('\n')) : 0;
    takeIn(memory, Math.max(alone, joined));
  };
  return {
    async weigh(messages) {
      for (const message of messages) {
        if (!weighs(message)) continue;
        const hash = hashOf(message);
        if (memory.seen.has(hash)) continue;
        remember(memory, hash);
        await weighTurn(message.content);
      }
      return sessionScore(memory);
    },
  };
}
