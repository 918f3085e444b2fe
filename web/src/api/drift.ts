export type DriftStatus = 'insufficient_data' | 'stable' | 'warn' | 'drift';

/** The mean of one feature, or of the prediction, now and in training. */
export interface DriftIndicator {
  readonly drift_percentage: number | null;
  readonly significant_drift: boolean;
  readonly reference_mean?: number;
  readonly current_mean?: number;
}

/** Share of one bin in training and now; numbers lie in from < value ≤ to. */
export interface HistogramBin {
  readonly from: number | null;
  readonly to: number | null;
  readonly category: string | null;
  readonly reference: number;
  readonly current: number;
}

/** One distribution compared with the training data: a test and an effect size, both needed. */
export interface DistributionRow {
  readonly name: string;
  readonly status: DriftStatus;
  readonly p_adjusted: number | null;
  readonly effect_size: number | null;
  readonly effect_line: number;
  readonly psi_excess: number | null;
  readonly reason: string;
  /** Missing in reports of earlier versions. */
  readonly histogram?: readonly HistogramBin[];
}

/** A share of unusable values, now and in training. */
export interface QualityRow {
  readonly name: string;
  readonly check: 'missing' | 'unseen_category' | 'out_of_range';
  readonly status: DriftStatus;
  readonly reference_share: number;
  readonly current_share: number;
  readonly examples: readonly string[];
}

/** Whether the model is still right. */
export interface ConceptRow {
  readonly name: 'relative_error' | 'wrong_answers' | 'rating';
  readonly status: DriftStatus;
  readonly reference_mean: number | null;
  readonly current_mean: number | null;
  readonly current_rows: number;
  readonly reason: string;
}

/** The evidence is missing in reports that had too little to compare. */
export interface DriftReportBody {
  readonly drift_indicators?: Readonly<Record<string, DriftIndicator>>;
  readonly status?: DriftStatus;
  readonly reason?: string;
  readonly features?: readonly DistributionRow[];
  readonly prediction?: DistributionRow;
  readonly data_quality?: readonly QualityRow[];
  readonly concept?: readonly ConceptRow[];
}

export interface DriftReportView {
  readonly id: number;
  readonly model_version: string;
  readonly window_start: string;
  readonly window_end: string;
  readonly rows: number;
  readonly drifted: boolean;
  readonly score: number | null;
  readonly report: DriftReportBody;
  readonly created_at: string;
}

/** The evidence's verdict where the report has one, else the plain reading. */
export const verdictOf = ({ report, drifted }: DriftReportView): string =>
  report.status ?? (drifted ? 'drift' : 'no drift');
