import { describe, expect, it } from 'vitest';
import { chainsOf, LONGEST_CHAIN } from './chains.ts';
import { holdForPersonalData } from './hold.ts';

const chainsIn = (text: string): string[] => chainsOf(text).map(({ start, end }) => text.slice(start, end));

describe('chains', () => {
  it.each([
    ['please ask Anna Maria van der Berg about it', ['Anna Maria van der Berg']],
    ['send it to 12 rue de la Paix, 75002 Paris today', ['12 rue de la Paix, 75002 Paris']],
    ['wohnt in der ul. Długa 5 m. 3 in Łódź', ['Długa 5 m. 3', 'Łódź']],
    ['«Ольга Петрова» и (Иван)', ['«Ольга Петрова»', '(Иван)']],
    ['no capitals here, nor a number', []],
    ['order x7 and y', ['x7']],
    ['Rosa and the', ['Rosa']],
    ['is **Anna Schmidt** of', ['**Anna Schmidt**']],
    ['{"name":"Anna Schmidt","id":7} ok', ['Anna Schmidt","id":7}']],
    ['<td>Ольга Петрова</td> х', ['Ольга Петрова</td>']],
    ["d'Artagnan, non-EU, and/or.Else, my_File", []],
    ['', []],
    ['  \n ', []],
  ])('of "%s"', (text, expected) => {
    expect(chainsIn(text)).toEqual(expected);
  });

  it.each(['Anna ', 'A.', 'x1', '{"id":"7"},'])(
    'are cut where nothing could be that long, and lose nothing: %s',
    (part) => {
      const text = part.repeat(5_000).trim();
      const chains = chainsOf(text);
      expect(Math.max(...chains.map(({ start, end }) => end - start))).toBeLessThanOrEqual(LONGEST_CHAIN);
      expect(chains.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    },
  );

  it.each(['<b>48 Road', '{"a":"Anna', '**Anna', '(é"Anna'])(
    'a stream waits for one that a word may yet go on with: %s',
    (rest) => {
      const name = 'ask Anna Schmidt';
      for (let length = 0; length <= rest.length; length++)
        expect(holdForPersonalData(`${name} ${rest.slice(0, length)}`)).toBe(4);
    },
  );

  it('are what a stream waits for: what is held begins no later than the last chain that reaches the end', () => {
    const text = 'I met Anna Maria van der';
    expect(text.slice(holdForPersonalData(text))).toBe('Anna Maria van der');
  });
});
