// session-check over whole conversations: how many split attacks and harmless conversations it flags at the threshold that
// ships, which its training set, and where 2 % of these harmless ones lie above. Writes bench/results/guard-sessions.json.

import { saidRate } from '../../scripts/said-rate.ts';
import { type Rate, wilson } from '../../src/core/score/interval.ts';
import { sessionCheck } from '../../src/guard/detectors/session-check.ts';
import { newSessionMemory, sessionRiskOver, type TurnReader } from '../../src/guard/session-risk.ts';
import { sessionWeights, turnReader } from '../../src/guard/turn-risk.ts';
import { writeResult } from '../machine.ts';
import { attacks, harmlessTurns, spreadAttack } from './session-scripts.ts';

const PADDING = 20;
const SPREADS = 10;
const HARMLESS = 400;
const SHARE_FLAGGED = 0.02;

/** The highest score that the session has after any of its turns: each turn is a request of its own. */
async function worstScore(turns: readonly string[], reader: TurnReader): Promise<number> {
  const session = sessionRiskOver(newSessionMemory(), reader, sessionWeights());
  let worst = 0;
  for (const content of turns) worst = Math.max(worst, await session.weigh([{ role: 'user', content }]));
  return worst;
}

const once = (ask: (text: string) => Promise<number>): ((text: string) => Promise<number>) => {
  const known = new Map<string, Promise<number>>();
  return (text) => {
    const answer = known.get(text) ?? ask(text);
    known.set(text, answer);
    return answer;
  };
};

/** Turns come again in many conversations: each is read once. */
const remembered = ({ riskOf, stepOf }: TurnReader): TurnReader => ({ riskOf: once(riskOf), stepOf: once(stepOf) });

async function harmlessScores(reader: TurnReader): Promise<number[]> {
  const scores: number[] = [];
  for (let n = 0; n < HARMLESS; n++) scores.push(await worstScore(harmlessTurns(20 + (n % 21), n), reader));
  return scores.sort((a, b) => b - a);
}

/** The lowest threshold, in steps of a thousandth, that flags no more than the share of these. */
function thresholdAt(share: number, descending: readonly number[]): number {
  const first = descending[Math.floor(share * descending.length)]!;
  return Math.min(1, Math.floor(first * 1000 + 1) / 1000);
}

interface SessionFigures {
  readonly threshold: number;
  readonly recall: Rate;
  readonly bySubject: Readonly<Record<string, Rate>>;
  readonly false_positives: Rate;
}

interface SessionMeasures {
  /** Harmless turns among those of an attack. */
  readonly padding: number;
  readonly at_2_percent: SessionFigures;
  readonly default: SessionFigures;
}

async function measureSessions(): Promise<SessionMeasures> {
  const reader = remembered(turnReader({ judge: null }));
  const harmless = await harmlessScores(reader);
  const scores = new Map<string, number[]>();
  for (const subject of Object.keys(attacks)) {
    const ofSubject: number[] = [];
    for (let seed = 0; seed < SPREADS; seed++)
      ofSubject.push(await worstScore(spreadAttack(subject, PADDING, seed), reader));
    scores.set(subject, ofSubject);
  }
  const flagged = (list: readonly number[], threshold: number): Rate =>
    wilson(list.filter((score) => score >= threshold).length, list.length);
  const at = (threshold: number): SessionFigures => ({
    threshold,
    recall: flagged([...scores.values()].flat(), threshold),
    bySubject: Object.fromEntries([...scores].map(([subject, list]) => [subject, flagged(list, threshold)])),
    false_positives: flagged(harmless, threshold),
  });
  return {
    padding: PADDING,
    at_2_percent: at(thresholdAt(SHARE_FLAGGED, harmless)),
    default: at(sessionCheck.threshold),
  };
}

/** Measures, keeps the figures, and gives what the bench prints. */
export async function sessionReport(): Promise<string> {
  const measures = await measureSessions();
  const rows = (['at_2_percent', 'default'] as const).map((level) => {
    const { threshold, recall, false_positives } = measures[level];
    return `session-check ${level} (threshold ${threshold}): recall ${saidRate(recall)}, harmless conversations flagged ${saidRate(false_positives)}`;
  });
  return [...rows, writeResult('guard-sessions', { ...measures })].join('\n');
}
