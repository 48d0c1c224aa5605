import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ownRows } from '../scripts/guard/own-rows.ts';
import { readBanks, say } from '../scripts/guard/phrase-bank.ts';
import { categories, moderationRows } from '../scripts/moderation/moderation-rows.ts';
import { seededRandom } from '../src/core/random.ts';
import { builtInDatasets, builtInLines } from '../src/scan/datasets/built-in.ts';

const data = fileURLToPath(new URL('../data/', import.meta.url));
const folder = `${data}training/guard/`;

const RUN_WORDS = 8;

/** Every so many words in a row; slices of one string, as there are millions. */
function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const ends: number[] = [];
  for (const word of words) ends.push((ends.at(-1) ?? -1) + 1 + word.length);
  const joined = words.join(' ');
  return words
    .slice(RUN_WORDS - 1)
    .map((_, at) => joined.slice(at === 0 ? 0 : ends[at - 1]! + 1, ends[at + RUN_WORDS - 1]));
}

const datasetPrompts = (): string[] =>
  builtInDatasets().flatMap(({ slug }) => builtInLines(slug).flatMap(({ prompt }) => prompt ?? []));

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
    expect(say('⏎⏎one {⏎|⏎} two', lookup, seededRandom('break'))).toBe('\n\none\n two');
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
        expect(said.replace(/\{[^|]*\}|<\|\w+\|>/g, ''), line).not.toMatch(/[{}|]/);
      }
  });

  it('say nothing of the built-in datasets: the guard is measured with them', () => {
    const prompts = datasetPrompts();
    expect(prompts.length).toBeGreaterThan(1000);
    const whole = new Set(prompts.map((prompt) => prompt.trim().toLowerCase()));
    const runs = new Set(prompts.flatMap(runsOf));
    const known = ownRows(data, 1).filter(
      ({ text }) => whole.has(text.trim().toLowerCase()) || runsOf(text).some((run) => runs.has(run)),
    );
    expect(known.map(({ text }) => text)).toEqual([]);
  });

  it('of moderation break each rule and speak of it harmlessly, name nothing unknown, and say no dataset prompt', () => {
    const rows = moderationRows(data, `${folder}nowhere.jsonl`, 1);
    const prompts = new Set(datasetPrompts().map((prompt) => prompt.trim().toLowerCase()));
    for (const category of categories)
      for (const kind of ['attack', 'harmless'])
        expect(
          rows.filter((row) => row.isCounted && row.category === category && row.kind === kind).length,
          `${kind} ${category}`,
        ).toBeGreaterThan(250);
    const written = rows.filter(({ kind }) => kind !== 'ordinary').map(({ text }) => text);
    expect(written.filter((text) => /[{}|]|<[a-z]+>/.test(text))).toEqual([]);
    expect(written.filter((text) => prompts.has(text.trim().toLowerCase()))).toEqual([]);
  });
});
