/** What a prediction is asked for. Areas in square feet. */
export type HomeInput = {
  readonly total_sqft: number;
  readonly location: string;
  readonly bhk: number;
  readonly bath: number;
  readonly balcony: number | null;
  readonly area_type: AreaType | null;
  readonly availability: Availability | null;
};

/** A clean training row. `price` in lakh INR (100,000 rupees). */
export type HomeRow = HomeInput & { readonly price: number; readonly source: string };

export const AREA_TYPES = ['Super built-up Area', 'Built-up Area', 'Plot Area', 'Carpet Area'] as const;
export type AreaType = (typeof AREA_TYPES)[number];

export const AVAILABILITIES = ['Ready To Move', 'Under Construction'] as const;
export type Availability = (typeof AVAILABILITIES)[number];

/** Columns of the raw file. */
export const RAW_COLUMNS = [
  'area_type',
  'availability',
  'location',
  'size',
  'society',
  'total_sqft',
  'bath',
  'balcony',
  'price',
] as const;
export type RawHome = Readonly<Record<(typeof RAW_COLUMNS)[number], string>>;

/** Columns of a training snapshot. */
export const SNAPSHOT_COLUMNS = [
  'total_sqft',
  'location',
  'bhk',
  'bath',
  'balcony',
  'area_type',
  'availability',
  'price',
  'source',
] as const satisfies readonly (keyof HomeRow)[];

/** Largest home, in square feet, that the model learns from; a request may go beyond it and is then told so. */
export const MAX_TRAINING_SQFT = 20_000;
