import { SOURCE_COLUMN } from '../../core/dataset/feedback-rows.js';
import { type ParsedArea, parseArea } from '../../core/dataset/parse-area.js';
import type { Row } from '../../core/dataset/row.js';
import type { AreaType, Availability, RawHome } from './home-row.js';
import { readAreaType, readAvailability, readNumber, readSize } from './read-fields.js';

/** A row on its way from the raw file to a training row: read, not yet judged. */
export interface HomeDraft {
  /** All raw cells as one text, equal for equal rows. */
  readonly content: string;
  readonly area: ParsedArea | null;
  readonly location: string;
  readonly bhk: number | null;
  readonly bath: number | null;
  readonly balcony: number | null;
  readonly areaType: AreaType | null;
  readonly availability: Availability | null;
  readonly price: number | null;
  readonly source: string;
}

export function draftFromRaw(raw: RawHome): HomeDraft {
  return {
    content: JSON.stringify(Object.values(raw).map((cell) => cell.trim())),
    area: parseArea(raw.total_sqft),
    location: raw.location,
    bhk: readSize(raw.size),
    bath: readNumber(raw.bath),
    balcony: readNumber(raw.balcony),
    areaType: readAreaType(raw.area_type) ?? null,
    availability: readAvailability(raw.availability) ?? null,
    price: readNumber(raw.price),
    source: 'raw',
  };
}

const numberOrNull = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const textOrEmpty = (value: unknown) => (typeof value === 'string' ? value : '');

/** A row made by `feedbackRows`: its input already passed the project's schema. */
export function draftFromFeedback(row: Row): HomeDraft {
  const squareFeet = numberOrNull(row.total_sqft);
  return {
    content: JSON.stringify(Object.entries(row)),
    area: squareFeet !== null && squareFeet > 0 ? { squareFeet, form: 'plain' } : null,
    location: textOrEmpty(row.location),
    bhk: numberOrNull(row.bhk),
    bath: numberOrNull(row.bath),
    balcony: numberOrNull(row.balcony),
    areaType: readAreaType(textOrEmpty(row.area_type)) ?? null,
    availability: readAvailability(textOrEmpty(row.availability)) ?? null,
    price: numberOrNull(row.price),
    source: textOrEmpty(row[SOURCE_COLUMN]) || 'feedback',
  };
}
