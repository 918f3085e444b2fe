/**
 * How one model input is made from a row's column of the same name.
 * numeric: the value itself, NaN when missing. ordinal: the index within `categories` (unknown or missing → NaN).
 * target: the smoothed mean of the target over the category's training rows; categories with fewer than `minRows`
 * training rows, and categories never seen, are the category `other`. With `per`, the target is first divided by that
 * numeric column of the row (a price per square foot instead of a price), which takes its effect out of the mean.
 */
export type FeatureSpec =
  | { readonly name: string; readonly kind: 'numeric' }
  | { readonly name: string; readonly kind: 'ordinal'; readonly categories: readonly string[] }
  | {
      readonly name: string;
      readonly kind: 'target';
      /** Weight of the overall mean, in rows: (Σy + smoothing·ȳ) / (n + smoothing). 0 = the bare mean. */
      readonly smoothing: number;
      readonly minRows: number;
      readonly per?: string;
    };
