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
}

export function inputColumns({ dataset, target }: ModelProject): string[] {
  return dataset.columns.filter((column) => column !== target.column && column !== 'source');
}
