/**
 * How one model input is made from a row's column.
 * numeric: the value itself, NaN when missing. ordinal: the index within `categories` (unknown → NaN).
 * target: the smoothed mean of the target over the category's training rows; categories with fewer than
 * `minRows` training rows, and categories never seen, are the category `other`.
 */
export type FeatureSpec =
  | { readonly name: string; readonly kind: 'numeric' }
  | { readonly name: string; readonly kind: 'ordinal'; readonly categories: readonly string[] }
  | { readonly name: string; readonly kind: 'target'; readonly smoothing: number; readonly minRows: number };
