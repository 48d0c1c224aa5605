// Reads stretches whose letters were exchanged or turned round (Caesar, Atbash, reversed), where that makes words of them.
import { atbash, caesarBy } from '../core/text/letter-codecs.ts';
import { reverseCharacters, reverseEachWord } from '../core/text/reversals.ts';
import type { Piece } from './coded-pieces.ts';

/** Frequent English words, and those that instructions to a model are made of; of three letters and more. */
const known = new Set(
  `the and for are but not you all any can her was one our out day get has him his how its may new now old see two who
  did say she use that with have this will your from they know want been good much some time very when come here just
  like long make many more only over such take than them well were what about after again could every first found great
  house large learn never other place point right small sound spell still study their there these thing think three
  water where which world would write ignore previous instructions instruction system prompt prompts reveal show tell
  print password secret secrets above below rules rule forget disregard override follow following act pretend answer
  without limits restrictions restriction mode developer user assistant message output repeat key hidden explain please
  give send into must should before earlier safety policy policies guidelines admin access unlock bypass`.split(/\s+/),
);

const LONGEST_SAMPLE = 400;
const letters = /[a-z]{3,}/gi;

/** From which share of known words a reading counts; a single one among few words is chance. */
const KNOWN_ENOUGH = 0.3;
const FEWEST_KNOWN = 2;

const isEnough = (knownWords: number, words: number): boolean =>
  words >= 3 && knownWords >= FEWEST_KNOWN && knownWords / words >= KNOWN_ENOUGH;

/** Whether enough of the words (of three letters and more) are known. */
function readsAsWords(sample: string): boolean {
  const words = sample.match(letters) ?? [];
  return isEnough(words.filter((word) => known.has(word.toLowerCase())).length, words.length);
}

/** Whether a known word stands among at least three: the first ones nearly always tell. */
function readsAsItStands(sample: string): boolean {
  let words = 0;
  let isKnown = false;
  letters.lastIndex = 0;
  for (let match = letters.exec(sample); match !== null; match = letters.exec(sample)) {
    words += 1;
    isKnown ||= known.has(match[0].toLowerCase());
    if (isKnown && words >= 3) return true;
  }
  return false;
}

const turns = [atbash, reverseCharacters, reverseEachWord];
const ALPHABET = 26;

const placeOf = (letter: string): number => letter.charCodeAt(0) - 0x61;

/** The steps from letter to letter, written as letters; Caesar's cipher leaves them as they are whatever its shift. */
function stepsOf(word: string): string {
  let steps = '';
  for (let at = 1; at < word.length; at++)
    steps += String.fromCharCode(0x61 + ((word.charCodeAt(at) - word.charCodeAt(at - 1) + ALPHABET) % ALPHABET));
  return steps;
}

const firstLetterBySteps = new Map([...known].map((word) => [stepsOf(word), placeOf(word)]));

/** By how many places of the alphabet the letters of the sample were moved on; 0 where no shift reads as English. */
function shiftOf(sample: string): number {
  const words = sample.toLowerCase().match(letters) ?? [];
  const votes = new Array<number>(ALPHABET).fill(0);
  for (const word of words) {
    const first = firstLetterBySteps.get(stepsOf(word));
    if (first !== undefined) votes[(placeOf(word) - first + ALPHABET) % ALPHABET]! += 1;
  }
  const best = votes.indexOf(Math.max(...votes));
  return isEnough(votes[best]!, words.length) ? best : 0;
}

function turnedBack(segment: string): string | null {
  if (readsAsItStands(segment.slice(0, LONGEST_SAMPLE))) return null;
  const shift = shiftOf(segment.slice(0, LONGEST_SAMPLE));
  if (shift !== 0) return caesarBy(shift).decode(segment);
  for (const turn of turns) {
    const reading = turn.decode(segment);
    if (reading !== null && readsAsWords(reading.slice(0, LONGEST_SAMPLE))) return reading;
  }
  return null;
}

const SHORTEST = 12;
/** Longer texts are too many words to be all turned round unseen, and would cost too much. */
const MOST_SEGMENTS = 200;
const segments = /[^\n"“”'`:]+/g;

/** The stretches between line breaks, quotes and colons that read as words once they are turned back. */
export function readTurned(text: string): Piece[] {
  const found: Piece[] = [];
  let seen = 0;
  segments.lastIndex = 0;
  for (let match = segments.exec(text); match !== null && seen < MOST_SEGMENTS; match = segments.exec(text)) {
    const segment = match[0];
    if (segment.length < SHORTEST) continue;
    seen += 1;
    const reading = turnedBack(segment);
    if (reading !== null) found.push({ text: reading, start: match.index, end: match.index + segment.length });
  }
  return found;
}
