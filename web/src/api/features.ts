export interface FeatureView {
  readonly name: string;
  readonly kind: 'numeric' | 'ordinal' | 'target';
  readonly importance: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly categories: number | null;
  readonly most_frequent: readonly string[] | null;
}

export interface FeaturesView {
  readonly version: string | null;
  readonly target: { readonly name: string; readonly unit: string };
  readonly items: readonly FeatureView[];
}
