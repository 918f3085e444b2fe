import { controlPath, type ModelView } from './control.js';
import { requestTagged, type Tagged } from './http.js';

export interface GateView {
  readonly gate: string;
  readonly passed: boolean;
  readonly value: number | null;
  readonly limit: number;
  readonly reason: string;
}

export interface ModelDetail extends ModelView {
  readonly notes: string;
  readonly tags: readonly string[];
  readonly gates: readonly GateView[] | null;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>> | null;
}

/** Where a version came from and what became of it. */
export interface LineageView {
  readonly version: string;
  readonly code_revision: string | null;
  readonly dataset: {
    readonly number: number;
    readonly key: string;
    readonly rows: number;
    readonly feedback_rows: number;
  } | null;
  readonly run: { readonly id: string; readonly status: string; readonly cause: string | null } | null;
  readonly parent: string | null;
  readonly children: readonly string[];
  readonly experiments: readonly {
    readonly id: number;
    readonly role: 'production' | 'candidate';
    readonly other: string;
    readonly state: string;
    readonly outcome: string | null;
    readonly decisions: number;
  }[];
}

interface Pair<T> {
  readonly a: T | null;
  readonly b: T | null;
}

/** Two versions side by side, with what they say of the same rows. */
export interface ComparisonView {
  readonly a: ModelView;
  readonly b: ModelView;
  readonly metrics: Readonly<Record<string, Pair<number>>>;
  readonly hyperparameters: Readonly<Record<string, Pair<unknown>>>;
  readonly importances: Readonly<Record<string, Pair<number>>>;
  readonly schema: { readonly same: boolean; readonly only_a: readonly string[]; readonly only_b: readonly string[] };
  readonly predictions: {
    readonly unit: string;
    readonly mean_absolute_difference: number | null;
    readonly largest_difference: number | null;
    readonly rows: readonly {
      readonly input: Readonly<Record<string, unknown>>;
      readonly a: number;
      readonly b: number;
    }[];
  };
}

/** Address of a file of a version. */
export const modelFile = (project: string, version: string, file: string): string =>
  controlPath(`models/${encodeURIComponent(version)}/files/${encodeURIComponent(file)}`, { project });

const modelPath = (project: string, version: string): string =>
  controlPath(`models/${encodeURIComponent(version)}`, { project });

export const fetchModel = (project: string, version: string, signal: AbortSignal): Promise<Tagged<ModelDetail>> =>
  requestTagged(modelPath(project, version), { signal });

/**
 * Writes on a version as it was seen.
 *
 * @param etag of what was seen
 * @throws {ApiError} 412 when it is another one by now
 */
export const annotateModel = (
  project: string,
  version: string,
  etag: string | null,
  written: { readonly notes: string; readonly tags: readonly string[] },
): Promise<unknown> => requestTagged(modelPath(project, version), { method: 'PATCH', body: written, ifMatch: etag });
