// Text that nobody sees but a model reads: tag characters, runs of zero-width and direction controls.
import { hiddenTagText } from '../../core/text/invisible.ts';
import { type Detector, detectionOf, type Span } from './detector.ts';

const beyondAscii = /[^\p{ASCII}]/u;

/** Flags of regions are written in tag characters behind a black flag: those are meant to be seen. */
const flags = /\u{1F3F4}[\u{E0061}-\u{E007A}\u{E0030}-\u{E0039}]{2,6}\u{E007F}/gu;
const tags = /[\u{E0000}-\u{E007F}]+/gu;
/** Characters that carry bits: an ordinary text holds one here and there, never a row of them. */
const bits =
  /(?:\u034F|\u17B4|\u17B5|\u180B|\u180C|\u180D|\u180F|[\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u2060-\u2064\u3164\uFEFF\uFFA0]|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]){4,}/gu;
/** One and the same over and over says nothing: so newsletters fill their previews, and editors leave blanks. */
const isFilling = (row: string): boolean => new Set(row).size === 1;
/**
 * Overrides turn the text round for the reader alone (Trojan Source, Boucher and Anderson, 2111.00169). From left to right
 * they turn only letters of the other direction: address books put them around every telephone number.
 */
const overrides =
  /\u202E|\u202D(?=[^\u202C\u202D\n]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}])/gu;

function spansOf(text: string, expression: RegExp, kind: string, score: number): Span[] {
  return Array.from(text.matchAll(expression), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
    label: 'INVISIBLE_TEXT',
    score,
    kind,
  }));
}

export const invisibleText: Detector = {
  id: 'invisible-text',
  title: 'Invisible text',
  summary: 'Finds text that is hidden from people: tag characters, rows of zero-width characters, turned directions.',
  version: 2,
  cost: 'rules',
  experimental: false,
  reads: 'raw',
  asks: 'message',
  threshold: 0.5,
  reference: null,
  open: () => ({
    detect(text) {
      if (!beyondAscii.test(text)) return detectionOf([]);
      const seen = text.replace(flags, (flag) => ' '.repeat(flag.length));
      const hidden = hiddenTagText(seen).trim().length;
      return detectionOf([
        ...spansOf(seen, tags, 'TAGS', hidden > 3 ? 1 : 0.6),
        ...spansOf(seen, bits, 'ZERO_WIDTH', 0.8).filter(({ start, end }) => !isFilling(seen.slice(start, end))),
        ...spansOf(seen, overrides, 'DIRECTION', 0.6),
      ]);
    },
  }),
};
