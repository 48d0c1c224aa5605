// What an answer says of its own: words that neither stand in the request nor were said before. For layers that ask
// whether anything was given at all. Pure.
import { normalise } from '../../core/text/normalise.ts';

/** So many words in the same order are a copy; fewer come together by chance. */
const RUN = 4;

/** Words in lower case; numbers count steps and say nothing here. */
export const saidWords = (text: string): string[] =>
  normalise(text)
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.filter((word) => !/^\p{N}+$/u.test(word)) ?? [];

const runAt = (words: readonly string[], at: number): string => words.slice(at, at + RUN).join(' ');

/** The words of `said` outside every run of four that `asked` holds, or that `said` held before; in their order. */
export function ownWords(said: readonly string[], asked: readonly string[] = []): string[] {
  const known = new Set<string>();
  for (let at = 0; at + RUN <= asked.length; at++) known.add(runAt(asked, at));
  const isCopied = new Uint8Array(said.length);
  for (let at = 0; at + RUN <= said.length; at++) {
    const run = runAt(said, at);
    if (known.has(run)) isCopied.fill(1, at, at + RUN);
    known.add(run);
  }
  return said.filter((_, at) => isCopied[at] === 0);
}
