import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readBanks, say } from '../scripts/guard/phrase-bank.ts';
import { seededRandom } from '../src/core/random.ts';

const folder = fileURLToPath(new URL('../data/training/guard/', import.meta.url));

describe('phrase banks', () => {
  it('say a template in one of its ways, with names looked up and capitals kept', () => {
    const lookup = (name: string): string | undefined => (name === 'task' ? 'write {a poem|a song}' : undefined);
    const said = new Set(
      Array.from({ length: 40 }, (_, index) =>
        say('{Stop|Wait}. <Task> <link>{|!}', lookup, seededRandom('say', index)),
      ),
    );
    expect([...said].every((text) => /^(?:Stop|Wait)\. Write a (?:poem|song) <link>!?$/.test(text))).toBe(true);
    expect(said.size).toBeGreaterThan(4);
  });

  const banks = readBanks(folder);

  it('cover 25 languages and more, each with attacks, harmless twins and ordinary sentences', () => {
    expect(banks.length).toBeGreaterThanOrEqual(35);
    for (const { language, sections } of banks) {
      const titles = [...sections.keys()];
      expect(
        titles.some((title) => title.startsWith('attack ')),
        language,
      ).toBe(true);
      expect(titles, language).toContain('harmless sentence');
      expect(
        titles.some((title) => /^harmless (?:twin|override)$/.test(title)),
        language,
      ).toBe(true);
    }
  });

  it('have balanced braces in every line', () => {
    for (const { sections } of banks)
      for (const line of [...sections.values()].flat()) {
        const said = say(line, () => 'x', seededRandom(line));
        expect(said.replace(/\{[^|]*\}/g, ''), line).not.toMatch(/[{}|]/);
      }
  });
});
