import type { ModelProject } from '../../core/project.js';
import type { TrainingSettings } from '../../core/training/training-settings.js';
import type { TrainerOptions } from '../ports.js';
import { readSearch } from './search-document.js';
import type { TrainingDeps, TrainRequest } from './training-deps.js';

/** How a model is trained: what the search found best, else what the project declares. */
export async function trainedWith(
  deps: Pick<TrainingDeps, 'objects'>,
  project: ModelProject,
  { found }: Pick<TrainRequest, 'found'>,
): Promise<Pick<TrainingSettings, 'algorithm' | 'hyperparameters'>> {
  if (found === null) return project.training;
  const { plan } = await readSearch(deps, found.search);
  return plan.trials[found.trial]!;
}

/** The same as a trainer is told. */
export function trainerOptions(
  { task }: Pick<ModelProject, 'task'>,
  { hyperparameters }: Pick<TrainingSettings, 'hyperparameters'>,
  classes: number,
  randomState: number,
): TrainerOptions {
  return { ...hyperparameters, task, ...(task === 'classification' ? { classes } : {}), randomState };
}
