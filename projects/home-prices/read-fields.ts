import { categoryKey } from '../../core/dataset/category-key.js';
import { AREA_TYPES, type AreaType, type Availability } from './home-row.js';

/** `'2 BHK'`, `'4 Bedroom'` → rooms; `'1 RK'` (room and kitchen) → 1; anything else → null. */
export function readSize(text: string): number | null {
  const match = /^\s*(\d{1,3})\s*(?:bhk|bedrooms?|rk)\s*$/i.exec(text);
  const rooms = match ? Number(match[1]) : 0;
  return rooms > 0 ? rooms : null;
}

/** One of the four area types, whatever its case and spacing (the raw file has two spaces in `Plot  Area`). */
export function readAreaType(text: string): AreaType | undefined {
  const key = categoryKey(text);
  return AREA_TYPES.find((type) => categoryKey(type) === key);
}

/** Both ready phrases are `Ready To Move`; a date of completion (`19-Dec`: December 2019) is `Under Construction`. */
export function readAvailability(text: string): Availability | undefined {
  const key = categoryKey(text);
  if (key === 'ready to move' || key === 'immediate possession') return 'Ready To Move';
  if (key === 'under construction' || /^\d{1,2}-[a-z]{3}$/.test(key)) return 'Under Construction';
  return undefined;
}

/** A plain decimal number, or null. */
export function readNumber(text: string): number | null {
  const trimmed = text.trim();
  return /^\d+(?:\.\d+)?$/.test(trimmed) ? Number(trimmed) : null;
}
