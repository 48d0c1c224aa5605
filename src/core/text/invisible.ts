// Characters that nobody sees but a model reads: taken out, or read aloud.
// Apart from normalise.ts because a detector also wants to know what was hidden.

/**
 * Soft hyphen, zero-width and bidirectional controls, invisible operators, variation selectors, interlinear marks and
 * the tag block (Unicode 16, general category Cf and the variation selectors; U+115F.. are the blank Hangul fillers).
 */
const invisible =
  /\u034F|\u17B4|\u17B5|\u180B|\u180C|\u180D|\u180F|[\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|[\uFE00-\uFE0F]|[\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E01EF}]/gu;

const beyondAscii = /[^\p{ASCII}]/u;

/** The text without characters that have no picture of their own. Text in ASCII comes back as it is. */
export function removeInvisible(text: string): string {
  return beyondAscii.test(text) ? text.replace(invisible, '') : text;
}

const tagRun = /[\u{E0020}-\u{E007E}]+/gu;

/** What is written in tag characters (U+E0020..U+E007E, ASCII moved up by 0xE0000), runs joined by a space; '' where there is none. */
export function hiddenTagText(text: string): string {
  if (!beyondAscii.test(text)) return '';
  const runs = text.match(tagRun) ?? [];
  return runs
    .map((run) => Array.from(run, (tag) => String.fromCodePoint(tag.codePointAt(0)! - 0xe0000)).join(''))
    .join(' ');
}

/** Holds every pictograph, but not the dashes and quotation marks that most texts have; far faster than a property. */
const mayBePictograph = /[\xA9\xAE\u203C-\u3299\uD83C-\uD83F]/;
const pictographInWord =
  /(?<=\p{L})\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u200D|\uFE0F)*|\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\u200D|\uFE0F)*(?=\p{L})/gu;

/**
 * The text without pictographs that touch a letter ("ba😊ke" gives "bake"); those standing alone stay.
 * Emoji inside words split tokens (Wei et al., Emoji Attack, 2411.01077).
 */
export const removeEmojiInWords = (text: string): string =>
  mayBePictograph.test(text) ? text.replace(pictographInWord, '') : text;
