// Check digits of cards, accounts and identity numbers: pure arithmetic on strings of digits.

const digitsOf = (text: string): number[] => Array.from(text, Number);

/** Luhn (ISO/IEC 7812-1 annex B): cards, and the identity numbers of Sweden, South Africa and Canada. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, twice = false; i >= 0; i--, twice = !twice) {
    const digit = digits.charCodeAt(i) - 48;
    sum += twice ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
  }
  return sum % 10 === 0;
}

/** The number written in these digits, modulo `by`, however long it is. */
export function remainder(digits: string, by: number): number {
  let rest = 0;
  for (let i = 0; i < digits.length; i++) rest = (rest * 10 + digits.charCodeAt(i) - 48) % by;
  return rest;
}

/** ISO 7064 MOD 97-10, letters read as 10..35: IBAN (ISO 13616). */
export function passesMod97(text: string): boolean {
  const turned = text.slice(4) + text.slice(0, 4);
  const digits = turned.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return remainder(digits, 97) === 1;
}

/** Sum of the digits times their weights. */
export const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);

/** ISO 7064 MOD 11,10: the tax number of Germany. */
export function passesMod11And10(digits: string): boolean {
  let product = 10;
  for (const digit of digitsOf(digits.slice(0, -1))) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

const dihedral = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const permutations = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff's check over the dihedral group D5: Aadhaar of India. */
export function passesVerhoeff(digits: string): boolean {
  let check = 0;
  for (const [index, digit] of digitsOf(digits).reverse().entries())
    check = Number(dihedral[check]![Number(permutations[index % 8]![digit])]);
  return check === 0;
}
