import { describe, expect, it } from 'vitest';
import { windowsOf } from './windows.ts';

const size = { length: 48, stride: 32 };
const words = (count: number): string => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');

describe('windows', () => {
  it.each([
    ['', 0],
    ['   \n', 0],
    ['one two', 1],
    [words(72), 1],
    [words(73), 2],
    [words(500), 16],
    ['字'.repeat(4000), 16],
  ])('of %j are %i', (text, count) => {
    expect(windowsOf(text, size)).toHaveLength(count);
  });

  it('cover the whole text, overlap, and end where it ends', () => {
    const text = words(500);
    const windows = windowsOf(text, size);
    expect(windows[0]!.start).toBe(0);
    expect(windows.at(-1)!.end).toBe(text.length);
    for (const [index, { start }] of windows.entries())
      if (index > 0) expect(start).toBeLessThan(windows[index - 1]!.end);
  });

  it('take time in proportion to the length', () => {
    const begun = performance.now();
    windowsOf('a'.repeat(1_000_000), size);
    windowsOf(words(200_000), size);
    windowsOf('\n'.repeat(1_000_000), size);
    windowsOf(`a${' '.repeat(1_000_000)}`, size);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});
