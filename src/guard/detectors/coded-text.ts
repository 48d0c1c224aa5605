// Requests that are written in a code (base64, hex, rot13, reversed and the like): how much of the text is.
import { piecesInCode } from '../coded-pieces.ts';
import { readTurned } from '../turned-text.ts';
import { type Detector, detectionOf, type Span } from './detector.ts';

/** Fewer letters are a word, a name or an id. */
const FEWEST_LETTERS = 16;

export const codedText: Detector = {
  id: 'coded-text',
  title: 'Requests in a code',
  summary: 'Finds texts of which a large part is written in a code that says something else than it shows.',
  version: 1,
  cost: 'rules',
  experimental: true,
  reads: 'raw',
  asks: 'message',
  threshold: 0.4,
  reference: null,
  open: () => ({
    detect(text) {
      const pieces = [...piecesInCode(text), ...readTurned(text)];
      const said = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
      if (said < FEWEST_LETTERS) return detectionOf([]);
      const covered = pieces.reduce((sum, { start, end }) => sum + end - start, 0);
      const score = Math.min(1, covered / Math.max(1, text.length));
      return detectionOf(pieces.map(({ start, end }): Span => ({ start, end, label: 'CODED', score })));
    },
  }),
};
