import { z } from 'zod';
import { numberField, optionalChoiceField, optionalNumberField, textField } from '../input-fields.js';
import { AREA_TYPES, AVAILABILITIES } from './home-row.js';
import { readAvailability } from './read-fields.js';

/** One prediction request, JSON or form: what is optional and missing becomes null. */
export const homeInputSchema = z.object({
  total_sqft: numberField('total_sqft', { min: 0, above: true, max: 50_000 }),
  location: textField('location', 100),
  bhk: numberField('bhk', { min: 1, max: 20, integer: true }),
  bath: numberField('bath', { min: 1, max: 20, integer: true }),
  balcony: optionalNumberField('balcony', { min: 0, max: 10, integer: true }),
  area_type: optionalChoiceField('area_type', AREA_TYPES),
  availability: optionalChoiceField('availability', AVAILABILITIES, readAvailability),
});
