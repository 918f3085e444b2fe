/** What one cleaning rule did: how many rows it removed or changed, and why the rule exists. */
export interface CleaningStep {
  readonly rule: string;
  readonly reason: string;
  readonly removed: number;
  readonly changed: number;
}

export interface NumericColumnProfile {
  readonly kind: 'numeric';
  readonly missing: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  /** Values at 0, 10, …, 100 %; length 11. */
  readonly deciles: readonly number[];
}

export interface CategoryColumnProfile {
  readonly kind: 'category';
  readonly missing: number;
  readonly distinct: number;
  /** The most frequent categories with their counts, most frequent first, at most 20. */
  readonly top: readonly (readonly [string, number])[];
}

export type ColumnProfile = NumericColumnProfile | CategoryColumnProfile;

/** `train_V{n}.profile.json`: what is in a snapshot and how it came to be. */
export interface DatasetProfile {
  /** Rows of the raw file, header not counted. */
  readonly rawRows: number;
  /** Rows that came from feedback. `rawRows + feedbackRows` less all that the steps removed = `rows`. */
  readonly feedbackRows: number;
  /** Columns of the raw file that the project does not know. */
  readonly ignoredColumns: readonly string[];
  readonly rows: number;
  readonly cleaning: readonly CleaningStep[];
  readonly columns: Readonly<Record<string, ColumnProfile>>;
}

/** The outcome of cleaning a raw file. */
export interface CleanedDataset<R> {
  readonly rows: readonly R[];
  readonly profile: DatasetProfile;
}
