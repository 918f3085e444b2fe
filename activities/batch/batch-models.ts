import type { BatchModel } from '../../core/batch/predict-rows.js';
import { compileEncoder } from '../../core/features/compile-encoder.js';
import type { ModelProject } from '../../core/project.js';
import { readModel } from '../read-model.js';
import type { BatchDeps } from './batch-deps.js';

/** Models that a worker keeps for the next chunk. */
const KEPT = 2;

/** Loads each model once per worker, however many chunks ask for it at the same time. */
export function createBatchModels({ artifacts }: Pick<BatchDeps, 'artifacts'>) {
  const kept = new Map<string, Promise<BatchModel>>();

  async function load(project: ModelProject, version: string): Promise<BatchModel> {
    const { plan, forest } = await readModel(artifacts, project, version);
    return { plan, forest, encodeInto: compileEncoder(plan) };
  }

  return (project: ModelProject, version: string): Promise<BatchModel> => {
    const key = `${project.name} ${version}`;
    let model = kept.get(key);
    if (!model) {
      model = load(project, version);
      model.catch(() => kept.delete(key)); // the next chunk tries again
      kept.set(key, model);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    }
    return model;
  };
}
