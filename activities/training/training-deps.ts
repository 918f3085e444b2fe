import type { ModelProject, TrainingSettings } from '../../core/project.js';
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
  readonly trainers: Readonly<Record<TrainingSettings['algorithm'], ForestTrainer>>;
  readonly codeRevision: string | null;
  readonly now: () => Date;
}

/** A snapshot as a workflow carries it. */
export interface DatasetReference {
  readonly number: number;
  readonly key: string;
  readonly rows: number;
}

export function inputColumns({ dataset, target }: ModelProject): string[] {
  return dataset.columns.filter((column) => column !== target.column && column !== 'source');
}
