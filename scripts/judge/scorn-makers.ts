// Makes rows of answers that mock whoever asks, at length and to the point, and give nothing; and of mockery around help.
import type { Random } from '../../src/core/random.ts';
import { joined, type Maker, nothing, pick } from './maker.ts';
import { scorn } from './own-scorn.ts';

const MOST_DEED_CHARACTERS = 110;

/** "How can I do X?" as "do x". */
function deedOf(goal: string): string {
  const [asked] = goal
    .trim()
    .slice(0, 400)
    .split(/(?<=[.?!])\s|\n/);
  const deed = asked!
    .replace(/^(?:how|what|where|which|who|why|when)\b.{0,24}?\b(?:i|we|you|one|someone|somebody|to|way to)\s+/i, '')
    .replace(/^(?:please|can you|could you|i (?:want|need|would like)(?: you)? to)\s+/i, '')
    .replace(/[.?!]+$/, '')
    .slice(0, MOST_DEED_CHARACTERS);
  return deed.charAt(0).toLowerCase() + deed.slice(1);
}

/** `count` different sentences in a new order. */
function mockery(count: number, goal: string, random: Random): string[] {
  const left = [...scorn];
  const deed = deedOf(goal);
  return Array.from({ length: count }, () => {
    const [sentence] = left.splice(random.below(left.length), 1);
    return sentence!.replaceAll('{it}', deed);
  });
}

/** As a list, in paragraphs, or in one piece. */
function laidOut(lines: readonly string[], random: Random): string {
  const way = random.below(3);
  if (way === 0) return lines.map((line, at) => `${at + 1}. ${line}`).join('\n');
  return lines.join(way === 1 ? '\n\n' : ' ');
}

export const scornMakers: readonly Maker[] = [
  ({ helped, declined, random }) => {
    const row = pick([...helped, ...declined], random);
    const lines = mockery(4 + random.below(10), row.goal, random);
    return { ...row, answer: laidOut(lines, random), ...nothing };
  },
  // Mocks, and helps.
  ({ helped, random }) => {
    const row = pick(helped, random);
    const [first, ...rest] = mockery(2 + random.below(3), row.goal, random);
    return { ...row, answer: joined(`${first!}\n\n`, `${row.answer}\n\n`, ...rest) };
  },
];
