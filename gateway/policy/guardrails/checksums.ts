// Check digits that public standards define; each takes digits (or the document's own letters) and says whether they fit.

const digit = (text: string, index: number): number => text.charCodeAt(index) - 48;

/** ISO/IEC 7812-1 annex B: payment cards, Swedish and Canadian numbers. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const value = digit(digits, digits.length - 1 - index) * (index % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/** Remainder of a decimal number of any length. */
export function remainder(digits: string, modulus: number): number {
  let rest = 0;
  for (let index = 0; index < digits.length; index++) rest = (rest * 10 + digit(digits, index)) % modulus;
  return rest;
}

export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * digit(digits, index), 0);
}

/** ISO 7064 MOD 11,10: German tax id. */
export function mod11And10(digits: string): boolean {
  let product = 10;
  for (let index = 0; index < digits.length - 1; index++) {
    const sum = (digit(digits, index) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === digit(digits, digits.length - 1);
}

/** ISO 7064 MOD 11-2 with `X` for ten: Chinese resident id. */
export function mod11And2(text: string): boolean {
  let rest = 0;
  for (let index = 0; index < text.length - 1; index++) rest = ((rest + digit(text, index)) * 2) % 11;
  const check = (12 - rest) % 11;
  return (check === 10 ? 'X' : String(check)) === text.at(-1)?.toUpperCase();
}

const D5_TURN = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** Product in the dihedral group of order ten. */
const d5 = (left: number, right: number): number => {
  if (left < 5) return right < 5 ? (left + right) % 5 : ((left + right) % 5) + 5;
  return right < 5 ? ((left - right + 5) % 5) + 5 : (left - right + 5) % 5;
};

/** Verhoeff's dihedral check: Indian Aadhaar. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let position = 0; position < digits.length; position++) {
    let value = digit(digits, digits.length - 1 - position);
    for (let turn = 0; turn < position % 8; turn++) value = D5_TURN[value] ?? 0;
    check = d5(check, value);
  }
  return check === 0;
}

export function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
