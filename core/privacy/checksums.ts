/** Luhn's check of card numbers (ISO/IEC 7812-1). */
export function luhnValid(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Sums of Verhoeff's check are those of the dihedral group D5: 0-4 are rotations, 5-9 reflections. */
function inDihedralGroup(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5);
  return b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5;
}

/** Verhoeff's permutation of one place; the place i takes it i times. */
const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const;

/**
 * Verhoeff's check of Aadhaar numbers.
 *
 * @see J. Verhoeff, Error Detecting Decimal Codes, 1969
 */
export function verhoeffValid(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = Number(digits[digits.length - 1 - i]);
    for (let times = 0; times < i % 8; times++) digit = PERMUTATION[digit]!;
    check = inDihedralGroup(check, digit);
  }
  return check === 0;
}
