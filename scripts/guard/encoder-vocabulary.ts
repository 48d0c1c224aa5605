// Chooses the part of a large vocabulary that an encoder keeps: what our texts use, then what is frequent in their letters.

/** Pieces that stand for no text; the first is the padding. */
const marks = new Set(['[PAD]', '[UNK]', '[CLS]', '[SEP]']);

/** Letters seen less often are not taken for those of a language that the texts are in. */
const FEWEST_OF_A_LETTER = 100;
/** Share of the chosen pieces that the texts decide; the rest comes from the top of the vocabulary, which is ordered by frequency. */
const OF_TEXTS = 0.75;

/** `size` pieces in the order of `pieces`. `texts`: each as the numbers of its pieces. */
export function chooseVocabulary(
  pieces: readonly string[],
  texts: Iterable<readonly number[]>,
  size: number,
): string[] {
  const uses = new Map<number, number>();
  for (const ids of texts) for (const id of ids) uses.set(id, (uses.get(id) ?? 0) + 1);
  const letters = new Map<string, number>();
  for (const [id, count] of uses)
    for (const letter of pieces[id]!) letters.set(letter, (letters.get(letter) ?? 0) + count);
  const isOurs = (piece: string): boolean =>
    [...piece].every((letter) => (letters.get(letter) ?? 0) >= FEWEST_OF_A_LETTER);
  const mostUsed = [...uses].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => id);
  const kept = new Set([...marks].map((mark) => pieces.indexOf(mark)));
  for (const id of mostUsed) if (kept.size < size * OF_TEXTS) kept.add(id);
  for (const [id, piece] of pieces.entries()) if (kept.size < size && isOurs(piece)) kept.add(id);
  return [...kept].sort((a, b) => a - b).map((id) => pieces[id]!);
}
