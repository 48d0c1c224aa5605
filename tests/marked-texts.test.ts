import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readBankFiles } from '../scripts/guard/phrase-bank.ts';
import { sayMarked } from '../scripts/pii/marked-texts.ts';
import { seededRandom } from '../src/core/random.ts';

const banks = readBankFiles(fileURLToPath(new URL('../data/training/pii', import.meta.url)));

describe.each(banks.map((bank) => [bank.name, bank] as const))('%s', (_name, bank) => {
  const said = (section: string) =>
    (bank.sections.get(section) ?? []).map((template) => ({
      template,
      ...sayMarked(bank, template, seededRandom(template)),
    }));

  it('marks a name or an address in each text that is said to hold one', () => {
    expect(said('marked texts').filter(({ spans }) => spans.length === 0)).toEqual([]);
  });

  it('marks none in the others', () => {
    expect(said('harmless texts').filter(({ spans }) => spans.length > 0)).toEqual([]);
  });

  it('leaves no slot and no sign of its own in a text, and marks what stands there', () => {
    for (const { template, text, spans } of [...said('marked texts'), ...said('harmless texts')]) {
      expect(text, template).not.toMatch(
        /[\ue000-\ue002]|<(?:person|given|family|familyfirst|address|street|city|country|org|title|phone|email|date|time|number|amount)>/,
      );
      for (const { start, end } of spans) expect(text.slice(start, end).trim(), template).toHaveLength(end - start);
    }
  });
});
