// Scripts that write no blanks between words.

/** One sign of such a script, as a source of an expression with the flag "u". */
export const unspacedSign =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
