// The messages of one request, each read once, and each question about them asked once.
import type { DetectContext, Detection } from './detectors/detector.ts';
import type { GuardMessage } from './message.ts';
import type { Check } from './open-policy.ts';
import { readParts } from './part-reading.ts';
import { type Ask, readText } from './text-reading.ts';

export interface Reading {
  readonly messages: readonly GuardMessage[];
  /** What the detector of the check says of the message, with places in the message as sent. */
  ask(check: Check, context: DetectContext): Detection | Promise<Detection>;
}

/** Reads the messages of one request. */
export function readMessages(messages: readonly GuardMessage[]): Reading {
  const readings: (Ask | undefined)[] = [];
  const answers = new Map<string, Map<number, Detection | Promise<Detection>>>();
  const read = (message: GuardMessage): Ask =>
    message.joints === undefined ? readText(message.content) : readParts(message);
  return {
    messages,
    ask(check, context) {
      const known = answers.get(check.question) ?? new Map<number, Detection | Promise<Detection>>();
      answers.set(check.question, known);
      const answered = known.get(context.index);
      if (answered !== undefined) return answered;
      readings[context.index] ??= read(messages[context.index]!);
      const answer = readings[context.index]!(check, context);
      known.set(context.index, answer);
      return answer;
    },
  };
}
