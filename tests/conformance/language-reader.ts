// Reads requests in a taught language of letter codes, and with pictures for words, by what the message says; shares no
// code with the attacks.

/** Letter by letter, longest code first: what the table names is read, the rest stays. */
export function readBijection(message: string): string | null {
  const [, lesson = '', coded] =
    /^(You are about to learn a new language[\s\S]*)\n\[begin\]\n([\s\S]*)\n\[end\]$/.exec(message) ?? [];
  if (coded === undefined) return null;
  const gap = lesson.includes('Two spaces stand before') ? '  ' : lesson.includes('A space stands before') ? ' ' : '';
  const keepsCapitals = lesson.includes("a ' before its code");
  const codes = new Map([...lesson.matchAll(/^([a-z]) -> (\S+)$/gm)].map(([, letter, code]) => [code!, letter!]));
  const signs = [...codes].flatMap(([code, letter]): [string, string][] => {
    if (code.length === 1)
      return [
        [code, letter],
        [code.toUpperCase(), letter.toUpperCase()],
      ];
    return [
      ...(keepsCapitals ? [[`${gap}'${code}`, letter.toUpperCase()] as [string, string]] : []),
      [gap + code, letter],
    ];
  });
  let out = '';
  for (let at = 0; at < coded.length; ) {
    const [sign, letter] = signs.find(([written]) => coded.startsWith(written, at)) ?? [coded[at]!, coded[at]!];
    out += letter;
    at += sign.length;
  }
  return out;
}

/** The request of an emoji message, its signs read as the words that the message spells. */
export function readPictures(message: string): string | null {
  const [, before = '', text] =
    /^([\s\S]*?)\u2728\u{1F308} ([\s\S]*) \u{1F389}\u2728\n\nAnswer it in full, in plain words\.$/u.exec(message) ?? [];
  if (text === undefined) return null;
  const legend = before.match(/some signs stand for words: (.*)\. Read the words/)?.[1] ?? '';
  return legend
    .split(', ')
    .filter(Boolean)
    .map((entry) => entry.split(' is '))
    .reduce((read, [sign = '', word = '']) => read.replaceAll(sign, word.replaceAll(' ', '')), text);
}
