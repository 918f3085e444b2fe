import type { ForestTrainer } from '../../activities/ports.js';
import type { Algorithm } from '../../core/training/training-settings.js';
import type { ForestThreads } from './forest-threads.js';
import { createMlRandomForestTrainer } from './ml-random-forest-trainer.js';

/** A trainer for every algorithm that a project may ask for; forest and boosting work on the threads. */
export function createTrainers(threads: ForestThreads): Readonly<Record<Algorithm, ForestTrainer>> {
  return {
    forest: threads,
    boosting: {
      fit: (X, y, { trees, ...options }, control) => threads.boost(X, y, { ...options, iterations: trees }, control),
    },
    'ml-random-forest': createMlRandomForestTrainer(),
  };
}
