export type DriftStatus = 'insufficient_data' | 'stable' | 'warn' | 'drift';

/** The mean of one feature, or of the prediction, now and in training. */
export interface DriftIndicator {
  readonly drift_percentage: number | null;
  readonly significant_drift: boolean;
  readonly reference_mean: number;
  readonly current_mean: number;
}

/** Share of one bin on both sides; numbers lie in from < value ≤ to, `category` null in a list of categories is the rest. */
export interface HistogramBin {
  readonly from: number | null;
  readonly to: number | null;
  readonly category: string | null;
  readonly reference: number;
  readonly current: number;
}

/** One distribution compared with the reference: a test and an effect size, both needed. */
export interface DistributionRow {
  readonly name: string;
  readonly kind: 'numeric' | 'category';
  readonly status: DriftStatus;
  readonly severe: boolean;
  readonly test: 'kolmogorov_smirnov' | 'chi_square';
  readonly statistic: number | null;
  readonly p_value: number | null;
  /** Benjamini-Hochberg over all distributions of the report. */
  readonly p_adjusted: number | null;
  readonly effect: 'wasserstein_over_std' | 'jensen_shannon';
  readonly effect_size: number | null;
  readonly effect_line: number;
  readonly psi: number | null;
  /** Population stability index less what it comes to when nothing has changed. */
  readonly psi_excess: number | null;
  readonly reference_rows: number;
  readonly current_rows: number;
  readonly reason: string;
  /** Both sides over the same bins, to be looked at; the test does not rest on it. */
  readonly histogram: readonly HistogramBin[];
}

/** A share of unusable values, now and in training. */
export interface QualityRow {
  readonly name: string;
  readonly check: 'missing' | 'unseen_category' | 'out_of_range';
  readonly status: DriftStatus;
  readonly reference_share: number;
  readonly current_share: number;
  readonly p_adjusted: number | null;
  /** A few of the unseen categories. */
  readonly examples: readonly string[];
  readonly reason: string;
}

/** Whether the model is still right: its error (of classes, how often it is wrong) by reported true values, and its ratings. */
export interface ConceptRow {
  readonly name: 'relative_error' | 'wrong_answers' | 'rating';
  readonly status: DriftStatus;
  readonly severe: boolean;
  readonly reference_mean: number | null;
  readonly current_mean: number | null;
  readonly reference_rows: number;
  readonly current_rows: number;
  /** One-sided: the error has grown, the rating has fallen. */
  readonly p_value: number | null;
  readonly reason: string;
}

/** What `/api/drift_report` serves. The first four fields are the plain readings, the rest is the evidence. */
export interface DriftReport {
  readonly overall_drift_detected: boolean;
  readonly drift_indicators: Readonly<Record<string, DriftIndicator>>;
  readonly model_drift_score: number;
  readonly model_drift_alert: boolean;
  /** Verdict of the evidence: the worst of distributions and concept; data quality warns on its own. */
  readonly status: DriftStatus;
  readonly severe: boolean;
  readonly reason: string;
  readonly rows: number;
  readonly features: readonly DistributionRow[];
  readonly prediction: DistributionRow;
  readonly data_quality: readonly QualityRow[];
  readonly concept: readonly ConceptRow[];
}
