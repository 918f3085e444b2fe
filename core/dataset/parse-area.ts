/**
 * Square feet in one of each unit that Indian property listings use.
 * Square metre and square yard: the international foot of exactly 0.3048 m (NIST SP 811, appendix B.8). Acre = 43,560 sq ft.
 * Cent = 1/100 acre, guntha = 1/40 acre (the units of Karnataka's land records), perch = 1/160 acre (square rod, 272.25 sq ft),
 * ground = 2,400 sq ft (the Madras ground; the south of India sells plots in it).
 */
export const SQUARE_FEET: Readonly<Record<string, number>> = {
  'sq. feet': 1,
  'sq. meter': 1 / 0.3048 ** 2,
  'sq. yards': 9,
  acres: 43_560,
  cents: 435.6,
  guntha: 1_089,
  perch: 272.25,
  grounds: 2_400,
};

const PLAIN = /^\d+(?:\.\d+)?$/;
const RANGE = /^(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)$/;
const WITH_UNIT = /^(\d+(?:\.\d+)?)\s*([a-z][a-z. ]*)$/i;

/** An area as written, in square feet, and how it was written. */
export interface ParsedArea {
  readonly squareFeet: number;
  readonly form: 'plain' | 'range' | 'unit';
}

/**
 * `'1056'`, `'2100 - 2850'` (its middle) or `'34.46Sq. Meter'` → square feet; null when it is none of these or not above 0.
 */
export function parseArea(text: string): ParsedArea | null {
  const trimmed = text.trim();
  const parsed = (squareFeet: number, form: ParsedArea['form']) =>
    squareFeet > 0 && Number.isFinite(squareFeet) ? { squareFeet, form } : null;
  if (PLAIN.test(trimmed)) return parsed(Number(trimmed), 'plain');
  const range = RANGE.exec(trimmed);
  if (range) return parsed((Number(range[1]) + Number(range[2])) / 2, 'range');
  const [, amount, unit] = WITH_UNIT.exec(trimmed) ?? [];
  const factor = unit === undefined ? undefined : SQUARE_FEET[unit.trim().toLowerCase()];
  return factor === undefined ? null : parsed(Number(amount) * factor, 'unit');
}
