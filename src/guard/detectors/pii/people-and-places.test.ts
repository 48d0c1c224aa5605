import { describe, expect, it } from 'vitest';
import { chainsOf } from './chains.ts';
import { holdForPersonalData } from './hold.ts';
import { findPeopleAndPlaces } from './people-and-places.ts';

const found = (text: string): string[] =>
  findPeopleAndPlaces(text, chainsOf(text)).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

describe('people and places', () => {
  it.each([
    ['Could you ask Katarzyna Wiśniewska whether she got the parcel?', 'PERSON: Katarzyna Wiśniewska'],
    ['the contract goes to Mr. Okonkwo-Bell by noon', 'PERSON: Okonkwo-Bell'],
    ['Best wishes\nNguyen Thi Lan\nAccounts', 'PERSON: Nguyen Thi Lan'],
    ['Assignee: Lucía Fernández Ortega', 'PERSON: Lucía Fernández Ortega'],
    ['Bring it to 48 Fenwick Road, Leeds LS6 2AB, please.', 'ADDRESS: 48 Fenwick Road, Leeds LS6 2AB'],
    ['Empfänger: Jörg Brandstätter', 'PERSON: Jörg Brandstätter'],
    ['The owner is **Anna Schmidt** of our office.', 'PERSON: Anna Schmidt'],
    ['Contact [Anna Schmidt](https://example.org/a) for help.', 'PERSON: Anna Schmidt'],
    ['{"name":"Anna Schmidt","role":"owner"}', 'PERSON: Anna Schmidt'],
    ['<td>Anna Schmidt</td><td>Peter Lindqvist</td>', 'PERSON: Anna Schmidt'],
    ['a,Anna Schmidt,x', 'PERSON: Anna Schmidt'],
    ['—Anna Schmidt', 'PERSON: Anna Schmidt'],
    ['Подпись: Ольга Соколова', 'PERSON: Ольга Соколова'],
  ])('are found in "%s"', (text, expected) => {
    expect(found(text)).toContain(expected);
  });

  it.each([
    'However, the Ministry of Transport published its report on Monday.',
    'Open Settings, then Privacy, and choose Export.',
    'The HTTP server returns 404 when the User is unknown.',
    'Version 3.2 Build 118 of 2024-05-01',
    'IBAN DE89 3704 0044 0532 0130 01',
    'However',
    '12',
  ])('are not seen in "%s"', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each(['—Anna Schmidt', ", Sean O'Brien, Katarzyna Wiśniewskaich", '𝒜 Anna 𝒜nna Schmidt'])(
    'begin and end with a letter or a number: %s',
    (text) => {
      const places = findPeopleAndPlaces(text, chainsOf(text)).map(({ start, end }) => text.slice(start, end));
      expect(places.length).toBeGreaterThan(0);
      for (const place of places) expect(place).toMatch(/^[\p{L}\p{N}].*[\p{L}\p{N}]$/u);
    },
  );

  it('are decided by what stands up to the end of a chain: a stream that waited for it decides as the whole text would', () => {
    const text =
      'Yesterday Amara Nwosu and Peter Lindqvist met at 7 Harbour Street, Galway. Later Tomasz wrote to Dr Yilmaz about the fish.';
    const whole = findPeopleAndPlaces(text, chainsOf(text));
    for (let length = 1; length <= text.length; length++) {
      const begun = text.slice(0, length);
      const released = holdForPersonalData(begun);
      const early = findPeopleAndPlaces(begun, chainsOf(begun)).filter(({ end }) => end <= released);
      expect(early).toEqual(whole.filter(({ end }) => end <= released));
    }
  });
});
