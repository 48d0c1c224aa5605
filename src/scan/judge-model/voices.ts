// Finds the voice that counts in an answer spoken by several: one declines for show, the next gives what was asked for.

/** "[CLASSIC] ...", "(normal output) ...", "GPT: ...", "As GPT, ...", "😈: ...", "Ω ..." at the start of a line. */
const label =
  /(?:^|\n)[^\p{L}\p{N}\n]{0,6}(?:[[(][^\][()\n]{2,32}[\])](?!\()|(?:as (?:an? )?)?\p{L}[\p{L}\p{N}]*(?:[ _-][\p{L}\p{N}]+){0,3}[^\p{L}\p{N}\n.,!?]{0,8}:(?![/\d])|as (?:an? )?\p{Lu}[\p{L}\p{N}]*(?: [\p{L}\p{N}]+){0,4},)|(?:^|\n)\s*(?:\p{Extended_Pictographic}\ufe0f?\s*:|\p{Script=Greek}[ :])/giu;

/** By which a speaker takes off the mask. */
const unmasking =
  /\bnow,? (?:that|since|with)\b[^.!?\n]{3,90}\b(?:out of the way|over with|done with|is (?:done|over))\b|\bhere(?:'s| is) (?:how|what) i really (?:feel|think|mean|want)\b|\benough (?:of|about) (?:that|this)\b|\b\w+ mode (?:enabled|activated)\b/gi;

/** Labels of parts of a text, not of speakers. */
const heading =
  /^\W*(?:step|note|example|ingredients?|materials?|title|subject|answer|question|summary|conclusion|introduction|option|scenario|warning|reminder|remember|tips?|alternatives?|resources?|here|in addition|if|some|the|this|these|for|to|you)\b/i;

/** The last voice has at least so many characters. */
const FEWEST_CHARACTERS = 40;
/** A shorter stretch that neither declines nor helps: the request said again, a greeting. */
const PREFACE_CHARACTERS = 200;

/** The offsets at which a voice may begin, ascending. */
const changesOf = (text: string): number[] =>
  [...text.matchAll(label), ...text.matchAll(unmasking)]
    .filter(([found]) => !heading.test(found))
    .map(({ index }) => index)
    .sort((a, b) => a - b);

/**
 * Where the voice that counts begins, as an offset into `text`; 0 where none declines before another speaks.
 * `isRefusal` says of the stretch [from, end) whether all of it turns the request down.
 */
export function voiceThatCounts(text: string, isRefusal: (from: number, end: number) => boolean): number {
  let from = 0;
  for (const start of changesOf(text)) {
    if (text.length - start < FEWEST_CHARACTERS) break;
    if (start - from < 3) continue;
    if (isRefusal(from, start)) from = start;
    else if (start - from > PREFACE_CHARACTERS) break;
  }
  return from;
}
