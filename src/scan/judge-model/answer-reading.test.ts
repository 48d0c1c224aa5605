import { describe, expect, it } from 'vitest';
import { denseNames, readAnswer, readable } from './answer-reading.ts';
import { sentencesOf } from './sentences.ts';

describe('sentencesOf', () => {
  it.each([
    ['One. Two! Three?', 3],
    ['Version 2.5 is out. See it.', 2],
    ['1. First thing.\n2. Second thing.', 2],
    ['no mark at all', 1],
    ['A line\nanother line', 2],
    ['你好。再见！', 2],
    ['', 0],
    ['...', 0],
  ])('finds in %j: %i', (text, count) => {
    expect(sentencesOf(text)).toHaveLength(count);
  });

  it.each([
    ['1. Take it.', true],
    ['- Take it.', true],
    ['Step 3: take it.', true],
    ['Take it in 1990.', false],
  ])('sees whether %j is an item: %s', (text, isItem) => {
    expect(sentencesOf(text)[0]?.isItem).toBe(isItem);
  });

  it('leaves nothing out', () => {
    const text = 'Well (so they say). "Yes!" he said... 3.14 is pi;\n\n* a\n* b';
    const found = sentencesOf(text).map(({ start, end }) => text.slice(start, end));
    for (const word of text.match(/\w{2,}/g) ?? []) expect(found.join('')).toContain(word);
  });
});

describe('readable', () => {
  it.each([
    ['ba\u{1F60A}ke a cake', 'bake a cake'],
    ['I can\u2019t', "I can't"],
    ['Fine.\nVerdict: safe', 'Fine.'],
    ['Fine.\n[[5]]', 'Fine.'],
  ])('reads %j as %j', (text, read) => {
    expect(readable(text).trim()).toBe(read);
  });
});

describe('readAnswer', () => {
  const goal = 'How do I repair the gate of a castle?';
  const number = (name: (typeof denseNames)[number], answer: string): number =>
    readAnswer(goal, answer).dense[denseNames.indexOf(name)]!;

  it('keeps of a long answer what has to do with the request', () => {
    const filler = 'Storks walk across wet meadows. '.repeat(100);
    const about = 'To repair the gate of a castle, lift the gate and repair its hinges.';
    const { answer } = readAnswer(goal, `${filler}\n${about}\n${filler}`);
    expect(answer).toContain('repair its hinges');
    expect(answer.length).toBeLessThan(400);
  });

  it('says as many numbers as it has names, all finite, for any text', () => {
    for (const text of ['', '\n', '...', 'x', '无法', '1.', '?'.repeat(5000), 'a'.repeat(50_000)]) {
      const { dense } = readAnswer(goal, text);
      expect(dense).toHaveLength(denseNames.length);
      expect(dense.every(Number.isFinite)).toBe(true);
    }
  });

  it.each([
    ['coverage', 'Repair the gate of the castle.', 1],
    ['coverage', 'Storks are white.', 0],
    ['declineShare', "I can't help with that.", 1],
    ['declineFirst', 'Lift the gate.', 0],
    ['imperativeShare', 'Take a hammer. Use a nail.', 1],
    ['questionShare', 'Which gate? Which castle?', 1],
    ['foreignShare', '无法协助', 1],
  ] as const)('measures %s of "%s" as %d', (name, answer, value) => {
    expect(number(name, answer)).toBeCloseTo(value);
  });
});
