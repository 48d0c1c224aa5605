// Reads an answer that may be in a game or code, in plain words (models refuse in plain words), or partly in both.

/** Words of four letters and more that any English answer is full of: shorter ones look the same in several games. */
const common = new Set(
  `that this with have from your will they what when make like time just know take into some than then them these first
  also should could would which their there about other after before because between through using where while here help
  sorry cannot assist request please provide information people need each more most only over such very even must does
  done been being were many much well good work water next step steps using make sure start keep until both same find`
    .split(/\s+/)
    .filter(Boolean),
);

/** How many of them a text holds. */
export const familiar = (text: string): number =>
  (text.toLowerCase().match(/[a-z]{4,}/g) ?? []).filter((word) => common.has(word)).length;

/**
 * The answer line by line, each read by `decode` where it bears the marks of the game, or, for a game without marks,
 * where reading it brings out more common words.
 */
export function readPlain(
  answer: string,
  decode: (text: string) => string,
  bears: ((text: string) => boolean) | undefined,
): string {
  const isWhole = bears?.(answer) ?? familiar(decode(answer)) > familiar(answer);
  const read = (line: string): string => {
    const decoded = decode(line);
    const isPlain = familiar(line) > familiar(decoded);
    return isPlain ? line : decoded;
  };
  return isWhole ? answer.split('\n').map(read).join('\n') : answer;
}
