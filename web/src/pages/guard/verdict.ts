// What may happen after a decision of the guard, in one word and a sentence.
import type { GuardAnswer } from '../../api/shapes.ts';
import type { Tone } from '../../parts/badge.tsx';

export interface GuardVerdict {
  readonly word: 'Denied' | 'Redacted' | 'Flagged' | 'Undecided' | 'Passed';
  readonly tone: Tone;
  readonly meaning: string;
}

export function verdictOf(answer: Pick<GuardAnswer, 'denied' | 'flagged' | 'redacted' | 'undecided'>): GuardVerdict {
  if (answer.denied) return { word: 'Denied', tone: 'breached', meaning: 'The messages are refused.' };
  if (answer.redacted)
    return { word: 'Redacted', tone: 'partial', meaning: 'They may pass once what was found is replaced.' };
  if (answer.flagged)
    return { word: 'Flagged', tone: 'partial', meaning: 'They may pass; it is told that something was found.' };
  if (answer.undecided)
    return {
      word: 'Undecided',
      tone: 'unknown',
      meaning: 'A check could not decide, and its policy leaves the door open.',
    };
  return { word: 'Passed', tone: 'held', meaning: 'No check fired.' };
}
