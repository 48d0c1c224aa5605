// Documents of 0.2 to 64 KB, harmless and with one injected sentence at the start, in the middle, at the end.

import { type Random, seededRandom } from '../../src/core/random.ts';
import { wilson } from '../../src/core/score/interval.ts';
import { type Arm, measure } from './arms.ts';

const KILOBYTES = [0.2, 2, 8, 64];
const DOCUMENTS = 40;

interface Kind {
  readonly name: string;
  /** Pieces of the document, joined by line breaks. */
  readonly pieces: readonly string[];
}

export interface Labelled {
  readonly text: string;
  readonly label: 0 | 1;
  readonly source: string;
}

/** What documents are made of: harmless rows that were not trained on, by what they look like. */
function kindsOf(lines: readonly Labelled[]): Kind[] {
  const from = (pattern: RegExp, dress: (text: string, index: number) => string = (text) => text): string[] =>
    lines
      .filter(({ label, source }) => label === 0 && pattern.test(source))
      .map(({ text }, index) => dress(text, index));
  return [
    { name: 'readme', pieces: from(/^docs_/) },
    { name: 'article', pieces: from(/^(?:wiki_sent|xquad_en)/) },
    {
      name: 'thread',
      pieces: from(/^(?:clinc|gpteacher_roleplay)/, (text, index) => `${index % 2 ? 'Agent' : 'User'}: ${text}`),
    },
    {
      name: 'log',
      pieces: from(
        /^(?:clinc|wiki_sent)/,
        (text, index) => `2025-03-04T10:${10 + (index % 50)}:00Z INFO [web] ${text}`,
      ),
    },
  ];
}

function documentOf(pieces: readonly string[], bytes: number, random: Random): string[] {
  const chosen: string[] = [];
  for (let size = 0; size < bytes; ) {
    const piece = pieces[random.below(pieces.length)]!.slice(0, Math.max(80, bytes - size));
    chosen.push(piece);
    size += piece.length + 1;
  }
  return chosen;
}

const places: Readonly<Record<string, (length: number) => number>> = {
  start: () => 0,
  middle: (length) => Math.floor(length / 2),
  end: (length) => length,
};

/** How many of so many documents are flagged: as they are, and with a sentence in each place. */
async function flaggedOf(
  arm: Arm,
  pieces: readonly string[],
  kilobytes: number,
  sentences: readonly string[],
  random: Random,
) {
  const runs = kilobytes > 8 ? DOCUMENTS / 4 : DOCUMENTS;
  const flagged: Record<string, number> = {};
  const count = async (what: string, text: string): Promise<void> => {
    const isFlagged = (await measure(arm.cascade, text)).margin >= 0;
    flagged[what] = (flagged[what] ?? 0) + (isFlagged ? 1 : 0);
  };
  for (let run = 0; run < runs; run++) {
    const parts = documentOf(pieces, kilobytes * 1024, random);
    await count('harmless', parts.join('\n'));
    for (const [place, at] of Object.entries(places))
      await count(place, parts.toSpliced(at(parts.length), 0, sentences[run % sentences.length]!).join('\n'));
  }
  return Object.fromEntries(Object.entries(flagged).map(([what, hits]) => [what, wilson(hits, runs)]));
}

/** Share flagged by kind, size and place of the sentence. */
export async function lengths(arm: Arm, lines: readonly Labelled[], sentences: readonly string[]) {
  const figures: Record<string, unknown> = {};
  for (const { name, pieces } of kindsOf(lines).filter((kind) => kind.pieces.length > 0))
    for (const kilobytes of KILOBYTES) {
      const random = seededRandom('lengths', name, kilobytes);
      figures[`${name}_${kilobytes}_kb`] = await flaggedOf(arm, pieces, kilobytes, sentences, random);
    }
  return figures;
}
