// Cuts an answer into sentences of words, once, for all features that look at it.

export interface Sentence {
  /** Lower case, without punctuation; characters of scripts without blanks stand alone. */
  readonly words: readonly string[];
  /** Begins as an item of a list: a number, a letter or a bullet, or "Step 3". */
  readonly isItem: boolean;
  readonly isQuestion: boolean;
  readonly start: number;
  readonly end: number;
}

/** A sentence ends at its mark before a blank, at a mark of Chinese or Hindi, at a line's end. */
const pieces = /[^\n.!?。！？।]*(?:[.!?](?![\s"')\]*]|$)[^\n.!?。！？।]*)*(?:[.!?。！？।]+["')\]*]*|\n|$)/gy;
const item =
  /^\s*(?:[-*\u2022\u2023\u25aa]\s+|(?:step\s*)?\(?\d{1,2}[.):]|(?:step|phase|tip)\s+\d{1,2}\b|[a-h][.)]\s|\*\*(?:step\s*)?\d{1,2})/i;
const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:'[\p{L}]+)*/gu;

/** The words of a text in lower case, curly apostrophes straight. */
export const wordsOf = (text: string): string[] =>
  text.toLowerCase().replaceAll('\u2019', "'").match(wordPattern) ?? [];

/** An item's number alone ("1." before its text) is no sentence of its own: its mark goes to the sentence after it. */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  pieces.lastIndex = 0;
  let from = 0;
  while (from < text.length) {
    pieces.lastIndex = from;
    const piece = pieces.exec(text)?.[0] ?? '';
    const end = piece === '' ? from + 1 : from + piece.length;
    const isOpenItem = /^\s*(?:\*\*)?\(?(?:step\s*)?(?:\d{1,2}|[a-h])[.):]+$/i.test(piece.trim()) && end < text.length;
    const next = isOpenItem ? nextPiece(text, end) : end;
    const whole = text.slice(from, next);
    const words = wordsOf(whole);
    if (words.length > 0)
      sentences.push({ words, isItem: item.test(whole), isQuestion: /[?？]/.test(whole), start: from, end: next });
    from = next;
  }
  return sentences;
}

function nextPiece(text: string, from: number): number {
  pieces.lastIndex = from;
  const piece = pieces.exec(text)?.[0] ?? '';
  return piece === '' ? from + 1 : from + piece.length;
}
