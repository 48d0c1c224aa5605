import { describe, expect, it } from 'vitest';
import { formsOf } from './forms.ts';
import { joinedSpans, placementOf } from './placement.ts';

const span = (text: string, part: string, label: string) => {
  const start = text.indexOf(part);
  return { start, end: start + part.length, label, score: 1 };
};

/** What a place in the plain form is in the text as sent. */
function asSent(sent: string, part: string): string {
  const plain = formsOf(sent).find(({ kind }) => kind === 'plain')!;
  const { start, end } = placementOf(plain, sent)(span(plain.text, part, 'NAME'));
  return sent.slice(start, end);
}

describe('places in the plain form', () => {
  it.each([
    ['{"a":  1,\n"name":"Ann Smith","x":"b@c.example"}', 'Ann Smith', 'Ann Smith'],
    ['id  name\n7,Smith,Oslo', 'Smith', 'Smith'],
    ['see  Ｓmith, there', 'Smith', 'Ｓmith'],
    ['see  (Ｓmith), there', 'Smith', 'Ｓmith'],
    ['see  x＝Smith；there', 'Smith', 'x＝Smith；there'],
  ])('are the same signs as sent, and whole words only where these read otherwise: %s', (sent, part, expected) => {
    expect(asSent(sent, part)).toBe(expected);
  });
});

describe('places of two forms', () => {
  it('count once where both have the same label, whatever else lies there', () => {
    const text = 'Ann Smith,b@c.example';
    const first = [span(text, 'Ann Smith', 'NAME'), span(text, 'b@c.example', 'CONTACT')];
    expect(joinedSpans(first, [span(text, text, 'NAME')])).toEqual(first);
    expect(joinedSpans(first, [span(text, 'c.example', 'URL')])).toHaveLength(3);
  });
});
