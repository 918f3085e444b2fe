import { setImmediate } from 'node:timers/promises';
import type { ForestTrainer } from '../../activities/ports.js';
import { fitForest } from '../../core/forest/fit-forest.js';

export function createThreadedTrainer(_threads: number): ForestTrainer {
  return {
    async fit(X, y, options, { signal, onProgress }) {
      await setImmediate();
      signal.throwIfAborted();
      const forest = fitForest(X, y, options);
      onProgress(forest.trees);
      return forest;
    },
  };
}
