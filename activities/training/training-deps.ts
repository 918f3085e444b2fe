import type { ModelProject } from '../../core/project.js';
import type { Algorithm } from '../../core/training/training-settings.js';
import type {
  ArtifactStore,
  DatasetRegistry,
  ForestTrainer,
  ModelRegistry,
  ObjectStore,
  RawDataSource,
  RunStore,
  SlotStore,
  TrainingSetStore,
  TrainingThreads,
} from '../ports.js';

export interface TrainingDeps {
  readonly project: (name: string) => ModelProject;
  readonly rawData: RawDataSource;
  readonly objects: ObjectStore;
  readonly datasets: DatasetRegistry;
  readonly registry: ModelRegistry;
  readonly artifacts: ArtifactStore;
  readonly slots: SlotStore;
  readonly runs: RunStore;
  readonly trainingSets: TrainingSetStore;
  readonly threads: TrainingThreads;
  readonly trainers: Readonly<Record<Algorithm, ForestTrainer>>;
  readonly codeRevision: string | null;
  readonly now: () => Date;
}

/** A snapshot as a workflow carries it. */
export interface DatasetReference {
  readonly number: number;
  readonly key: string;
  readonly rows: number;
}

export interface TrainRequest {
  readonly project: string;
  readonly version: string;
  /** The production version to compare with; null before the first. */
  readonly incumbent: string | null;
  readonly dataset: DatasetReference;
  readonly randomState: number;
  readonly runId: string;
  /** The trial that the search found best; null: the project's own hyperparameters. */
  readonly found: FoundTrial | null;
  /** Keys of the parts that were grown already; none: train here. */
  readonly parts?: readonly string[];
}

/** A trial by its place in a written search, with its cross-validated score (larger is better). */
export interface FoundTrial {
  readonly search: string;
  readonly trial: number;
  readonly metric: string;
  readonly score: number;
}

export function inputColumns({ dataset, target }: ModelProject): string[] {
  return dataset.columns.filter((column) => column !== target.column && column !== 'source');
}
