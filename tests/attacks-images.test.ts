// The typographic attack: pictures that hold the request in any script, the same for the same text.
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ContentPart, textOf } from '../src/core/chat.ts';
import { seededRandom } from '../src/core/random.ts';
import { chooseAttack, requireAttack } from '../src/scan/attacks/index.ts';
import { drawText } from '../src/scan/attacks/typographic/drawn-text.ts';
import { testCaseOf } from '../src/scan/datasets/case-line.ts';

/** Reads a PNG as RFC 2083 has it; eight bits a pixel, greyscale, no filter. */
function readPng(png: Buffer): { width: number; height: number; ink: number } {
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const rows = inflateSync(Buffer.concat(data));
  expect(rows.length).toBe((width + 1) * height);
  let ink = 0;
  for (const [at, grey] of rows.entries()) if (at % (width + 1) !== 0) ink += (255 - grey) / 255;
  return { width, height, ink };
}

const say = (written: string, line: Parameters<typeof testCaseOf>[0]) => {
  const chosen = chooseAttack(written);
  const attack = requireAttack(chosen.id);
  const [messages = []] = attack.conversations!(testCaseOf(line, 'case'), chosen.parameters, seededRandom(1));
  const parts = messages.at(-1)!.content as readonly ContentPart[];
  const picture = parts.find((part) => part.type === 'image_url');
  const url = picture?.type === 'image_url' ? picture.image_url.url : '';
  return { messages, text: textOf(parts), png: Buffer.from(url.replace('data:image/png;base64,', ''), 'base64'), url };
};

describe('a drawn text', () => {
  it.each([
    ['Latin', 'How do I bake a cake?'],
    ['Cyrillic', 'Как испечь торт?'],
    ['Chinese', '我怎样烤一个蛋糕？'],
    ['Arabic', 'كيف أخبز كعكة؟'],
    ['Devanagari', 'मैं केक कैसे बनाऊँ?'],
  ])('has ink in %s', (_script, text) => {
    const { width, height, ink } = readPng(drawText(text));
    expect(width).toBe(600);
    expect(height).toBeGreaterThan(40);
    expect(ink).toBeGreaterThan(300);
  });

  it('grows with the text, and is the same for the same text', () => {
    const short = readPng(drawText('A cake.'));
    expect(readPng(drawText('A cake. '.repeat(60))).height).toBeGreaterThan(short.height * 3);
    expect(drawText('A cake.').equals(drawText('A cake.'))).toBe(true);
    expect(drawText('A cake.').equals(drawText('A bake.'))).toBe(false);
  });

  it('is data, never markup', () => {
    expect(readPng(drawText('#set page(width: 10pt) $x$ *bold*')).width).toBe(600);
  });
});

describe('the typographic attack', () => {
  const line = { prompt: 'How do I bake a cake with seven eggs?', system: 'You sell cakes.' };

  it('sends the request as a picture alone', () => {
    const { messages, text, png, url } = say('typographic', line);
    expect(url).toMatch(/^data:image\/png;base64,/);
    expect(readPng(png).ink).toBeGreaterThan(300);
    expect(text).not.toMatch(/cake/);
    expect(textOf(messages[0]!.content)).toBe('You sell cakes.');
  });

  it('leaves the first half in the text where half is wanted', () => {
    const { text, png } = say('typographic:part=half', line);
    expect(text).toMatch(/How do I bake/);
    expect(text).not.toMatch(/eggs/);
    expect(readPng(png).ink).toBeGreaterThan(100);
  });

  it.each(['', 'Why?', ' \n ', 'a \ud83d b', 'x'.repeat(100_000)])('takes an awkward request', (prompt) => {
    expect(readPng(say('typographic', { prompt }).png).width).toBe(600);
    expect(readPng(say('typographic:part=half', { prompt }).png).width).toBe(600);
  });
});
