// Makes any text fit to be printed: what a page cannot show, or what would turn the page around, becomes visible.
// Apart because PDF and HTML need the same; results.jsonl and CSV carry texts as they are.

/** Direction overrides and isolates: left alone, they would reorder what is printed beside them. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

/** Tag characters (U+E0000..E007F) hide text; after a black flag they are a flag (UTS 51) and stay. */
const HIDDEN_TAGS = /(\u{1f3f4})?[\u{e0000}-\u{e007f}]+/gu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

const MOST_BREAKS = 3;

/** No script needs more marks on one letter; piles of them would cover the lines above and below. */
const MARKS = /(\p{Mn}{4})\p{Mn}+/gu;

const codeName = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

function hiddenTags(run: string, flag: string | undefined): string {
  if (flag !== undefined) return run;
  return `[${[...run].length} hidden characters]`;
}

/** The text with line breaks of one kind and control characters named: enough where a terminal shows it. */
export const withoutControls = (text: string): string =>
  text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n').replace(CONTROL, codeName);

/** The text with control, direction and hidden tag characters named, piles of marks lowered, at most two blank lines in a row. */
export function printable(text: string): string {
  return withoutControls(text.toWellFormed())
    .replace(DIRECTION, codeName)
    .replace(HIDDEN_TAGS, hiddenTags)
    .replace(MARKS, '$1')
    .replace(new RegExp(`\\n{${MOST_BREAKS + 1},}`, 'g'), '\n'.repeat(MOST_BREAKS));
}

/** Longest run of letters that stands without a place to break it; lines break after hyphens and slashes anyway. */
const LONGEST_RUN = 24;

/** A SHA-256 stays whole, so that it can be copied; a run ends before a mark or joiner that belongs to its last letter. */
const RUN = new RegExp(
  `[0-9a-f]{64}|[^\\s\\-/\\u200b\\p{M}\\u200d\\ufe0f\\u{e0000}-\\u{e007f}\\u{1f3f4}]{${LONGEST_RUN}}(?=[\\p{L}\\p{N}\\p{P}\\p{S}])`,
  'gu',
);
const HASH_LENGTH = 64;

/** Lets endless words break: a zero-width space after every 24 characters that have none, never within a character. */
export const breakable = (text: string): string =>
  text.replace(RUN, (run) => (run.length === HASH_LENGTH ? run : `${run}\u200b`));

/** Scripts written from right to left. */
const RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u;

/** A name set apart from the sentence around it, so that neither turns the other around (UAX 9, FSI and PDI). */
export const isolated = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

/** Direction of a paragraph: that of its first letter (UAX 9, rule P2). */
export function isRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text);
  return first !== null && RIGHT_TO_LEFT.test(first[0]);
}

/** Which forms Chinese characters take in a text: Japanese and Korean have their own. */
export function languageOf(text: string): 'ja' | 'ko' | 'zh' | 'en' {
  if (/[\u3040-\u30ff]/.test(text)) return 'ja';
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  return /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
}
