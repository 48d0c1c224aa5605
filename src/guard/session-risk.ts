// The risk of a session over its turns: its likeliest steps of an attack, however far apart, and those steps read as one
// text; each message weighed once, all fading with the turns that follow.
import { createHash } from 'node:crypto';
import { logitOf, sigmoid } from '../inference/calibration.ts';
import type { SessionRisk } from './detectors/detector.ts';
import type { GuardMessage } from './message.ts';

/** What is read of single turns. Both may reject: then the session could not be decided. */
export interface TurnReader {
  /** How risky a text is by itself, 0..1. */
  riskOf(text: string): Promise<number>;
  /** How much it looks like one step of an attack that takes several turns: log-odds, above 0 more than harmless talk. */
  stepOf(text: string): Promise<number>;
}

/** What each part of the evidence adds to the log-odds of the session; fitted by scripts/train-sessions.ts. */
export interface SessionWeights {
  readonly bias: number;
  readonly steps: number;
  readonly joined: number;
  readonly worst: number;
}

interface Step {
  readonly at: number;
  readonly text: string;
  readonly evidence: number;
}

/** What is kept of a session: no more text than its likeliest steps, and those in memory alone. */
export interface SessionMemory {
  readonly seen: Set<string>;
  turns: number;
  /** In the order of the turns. */
  steps: readonly Step[];
  /** Log-odds of the steps read together. */
  joined: number;
  /** Log-odds of the riskiest turn by itself, and when it came. */
  worst: number;
  worstAt: number;
}

/** Log-odds of a text in which nothing was found, and the most that one text may say. */
const FARTHEST = 6;
const NEARLY_SURE = 3;

export const newSessionMemory = (): SessionMemory => ({
  ...{ seen: new Set(), turns: 0, steps: [], joined: -FARTHEST, worst: -FARTHEST, worstAt: 0 },
});

const MOST_SEEN = 2000;
/** An attack that is split goes over a few turns. */
const MOST_STEPS = 4;
const LONGEST_STEP_KEPT = 2000;
/** What is left of a turn's say after each turn that follows; after 20 of them four fifths. */
const KEPT = 0.99;

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

const faded = (value: number, turns: number): number => value * KEPT ** turns;

const oddsOf = (risk: number): number => Math.max(-FARTHEST, Math.min(FARTHEST, logitOf(risk)));

/**
 * The figures that the weights are about, as they stand after the last turn, each 0 or more. What the prompt detector says
 * counts where it is nearly sure: its doubts about single harmless turns would drown what adds up.
 */
export function sessionEvidence({ steps, joined, worst, worstAt, turns }: SessionMemory): Omit<SessionWeights, 'bias'> {
  const last = turns - 1;
  const newest = steps.at(-1)?.at ?? last;
  return {
    steps: steps.reduce((sum, { evidence, at }) => sum + faded(evidence, last - at), 0),
    joined: Math.max(0, faded(joined, last - newest) - NEARLY_SURE),
    worst: Math.max(0, faded(worst, last - worstAt) - NEARLY_SURE),
  };
}

export function sessionScore(memory: SessionMemory, { bias, steps, joined, worst }: SessionWeights): number {
  if (memory.turns === 0) return 0;
  const evidence = sessionEvidence(memory);
  return sigmoid(bias + steps * evidence.steps + joined * evidence.joined + worst * evidence.worst);
}

/** The likeliest steps with this turn among the others, in the order of the turns; the same list where it is none. */
function withStep(steps: readonly Step[], step: Step): readonly Step[] {
  if (step.evidence <= 0 || step.text.trim() === '') return steps;
  const fadedAt = ({ evidence, at }: Step): number => faded(evidence, step.at - at);
  const kept = [...steps, step].sort((a, b) => fadedAt(b) - fadedAt(a)).slice(0, MOST_STEPS);
  return kept.includes(step) ? kept.sort((a, b) => a.at - b.at) : steps;
}

/** Takes a turn into the memory. */
export async function weighTurn(memory: SessionMemory, text: string, reader: TurnReader): Promise<void> {
  const at = memory.turns;
  memory.turns += 1;
  const [risk, evidence] = [oddsOf(await reader.riskOf(text)), await reader.stepOf(text)];
  const steps = withStep(memory.steps, { at, text: text.slice(0, LONGEST_STEP_KEPT), evidence });
  if (steps !== memory.steps)
    memory.joined = steps.length > 1 ? oddsOf(await reader.riskOf(steps.map((each) => each.text).join('\n'))) : risk;
  memory.steps = steps;
  if (risk >= faded(memory.worst, at - memory.worstAt)) [memory.worst, memory.worstAt] = [risk, at];
}

export function sessionRiskOver(memory: SessionMemory, reader: TurnReader, weights: SessionWeights): SessionRisk {
  return {
    async weigh(messages) {
      for (const message of messages) {
        if (!weighs(message)) continue;
        const hash = hashOf(message);
        if (memory.seen.has(hash)) continue;
        remember(memory, hash);
        await weighTurn(memory, message.content, reader);
      }
      return sessionScore(memory, weights);
    },
  };
}
