// Pieces of a streamed recording as one.
import { describe, expect, it } from 'vitest';
import { joined, withPaddedData } from './spoken.ts';

describe('a recording in pieces', () => {
  const whole = (pieces: readonly string[]): unknown =>
    withPaddedData(pieces.reduce<unknown>((before, data) => joined(before, { audio: { data } }), {}));

  it('that were padded each, a hundred thousand of them, is padded once', () => {
    const spoken = Array.from({ length: 100_000 }, (_, at) => `${at},`);
    const data = Buffer.from(spoken.join('')).toString('base64');
    const pieces = spoken.map((piece) => Buffer.from(piece).toString('base64'));
    expect((whole(pieces) as { audio: { data: string } }).audio.data === data).toBe(true);
  });

  it.each([
    ['QUI=', 'QUI=', 'QUJBQg=='],
    ['QU', 'I=', 'QUI='],
    ['a = b', '= c', 'a = b= c'],
  ])('%s and %s is %s', (first, second, data) => {
    expect(whole([first, second])).toEqual({ audio: { data } });
  });
});
