import type { ModelProject } from '../../core/project.js';
import type { Endpoint, PredictionEndpoint } from '../http/endpoint.js';
import { categoryList } from './category-list.js';
import { namedPrediction } from './named-prediction.js';
import { similarList } from './similar-list.js';

/** The path that a project declares for its predictions. */
export function projectPredictions(project: ModelProject): PredictionEndpoint[] {
  const declared = project.endpoints?.predict;
  return declared ? [namedPrediction(project, declared)] : [];
}

/** The other paths that a project declares for itself. */
export function projectEndpoints(project: ModelProject): Endpoint[] {
  const { categories = [], similar } = project.endpoints ?? {};
  return [...categories.map(categoryList), ...(similar ? [similarList(project, similar)] : [])];
}
