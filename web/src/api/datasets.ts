import { controlPath } from './control.js';
import { requestJson } from './http.js';

export interface NumericColumn {
  readonly kind: 'numeric';
  readonly missing: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly std: number;
  /** Values at 0, 10, …, 100 %. */
  readonly deciles: readonly number[];
}

export interface CategoryColumn {
  readonly kind: 'category';
  readonly missing: number;
  readonly distinct: number;
  /** Most frequent first. */
  readonly top: readonly (readonly [string, number])[];
}

/** What is in a file of training data and how it came to be. */
export interface DatasetProfile {
  readonly rawRows: number;
  readonly feedbackRows: number;
  readonly ignoredColumns: readonly string[];
  readonly rows: number;
  readonly cleaning: readonly {
    readonly rule: string;
    readonly reason: string;
    readonly removed: number;
    readonly changed: number;
  }[];
  readonly columns: Readonly<Record<string, NumericColumn | CategoryColumn>>;
}

export interface DatasetView {
  readonly number: number;
  readonly key: string;
  readonly rows: number;
  readonly sha256: string;
  readonly created_at: string;
}

export interface DatasetDetail extends DatasetView {
  readonly profile: DatasetProfile;
}

export interface UploadView {
  readonly id: number;
  readonly file_name: string;
  readonly bytes: number;
  readonly raw_rows: number;
  readonly rows: number;
  readonly profile: DatasetProfile;
  readonly actor: string;
  readonly created_at: string;
  readonly withdrawn_at: string | null;
}

/** Checked and kept; the next training reads it. */
export const uploadData = (project: string, file: File): Promise<UploadView> =>
  requestJson(controlPath('datasets', { project, file_name: file.name }), {
    method: 'POST',
    // what the system calls a CSV differs
    body: new Blob([file], { type: 'text/csv' }),
  });

/** Trainings read what was there before it again. */
export const withdrawUpload = (project: string, id: number): Promise<unknown> =>
  requestJson(controlPath(`datasets/uploads/${id}`, { project }), { method: 'DELETE' });
