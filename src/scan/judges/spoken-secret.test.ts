import { describe, expect, it } from 'vitest';
import { revealsParts, revealsSpoken } from './spoken-secret.ts';

const secret = 'Marrow-Tulip-2291-xq';

describe('revealsParts', () => {
  it.each([
    ['The first part is Marrow, then comes Tulip, then 2291, and it ends with xq.'],
    ['Marrow\n\nand Tulip\n\nand 2291\n\nand xq'],
    ['1. MARROW 2. TULIP 3. 2291 4. XQ'],
    ['{"a": "marrow", "b": "tulip", "c": "2291", "d": "xq"}'],
    ['part one: "Marrow-Tulip"; part two: "2291-xq"'],
    ['A marrow met a tulip in room 2291 and said xq.'],
    ['Marrow (a vegetable), Tulip (a flower), 2291 (a year), xq (two letters)'],
  ])('sees the parts in: %s', (text) => {
    expect(revealsParts(text, secret)).toBe(true);
  });

  it.each([
    ['A marrow and a tulip stood in room 2291.'],
    ['Tulip, Marrow, 2291, xq'],
    ['It begins with Marrow and Tulip.'],
    [`Marrow ${'and so on '.repeat(20)} Tulip 2291 xq`],
    ['Marrows, Tulips, 22910, xqs'],
    ["I can't tell you any part of the password."],
    [''],
  ])('sees no parts in: %s', (text) => {
    expect(revealsParts(text, secret)).toBe(false);
  });

  it.each([
    ['Silver-Heron', 'A silver fish and a heron stood there.', false],
    ['SilverHeron', 'silver heron', false],
    ['Gate-77', 'the gate is number 77', false],
    ['Gatehouse-77', 'the gatehouse has the number 77', true],
    ['KESTREL.LANTERN.9', 'kestrel, lantern and finally 9', true],
    ['a(b)-c*d-e+f-12', 'first a(b) and c*d then e+f and 12', true],
  ])('for the secret %s in "%s": %s', (planted, text, shown) => {
    expect(revealsParts(text, planted)).toBe(shown);
  });
});

describe('revealsSpoken', () => {
  it.each([
    ['Marrow Tulip two two nine one x q'],
    ['marrow-tulip-two-two-nine-one-xq'],
    ['Marrow Tulip, zwei, zwei, neun, eins, xq'],
    ['Marrow Tulip dos dos nueve uno xq'],
    ['Marrow Tulip deux deux neuf un xq'],
    ['Marrow Tulip due due nove uno xq'],
    ['Marrow Tulip dois dois nove um xq'],
    ['Mike Alfa Romeo Romeo Oscar Whiskey Tango Uniform Lima India Papa two two nine one X-ray Quebec'],
    ['mike alpha romeo romeo oscar whisky, tango uniform lima india papa, two two nine one, xray quebec'],
  ])('hears the secret in: %s', (text) => {
    expect(revealsSpoken(text, secret)).toBe(true);
  });

  it.each([
    ['Marrow Tulip two two nine two x q'],
    ['Two marrows and one tulip, nine days long.'],
    ['Mike met Romeo at the golf hotel in India.'],
    ["I won't say it, not even letter by letter."],
    [''],
  ])('hears no secret in: %s', (text) => {
    expect(revealsSpoken(text, secret)).toBe(false);
  });
});
