import type { ModelProject } from '../../core/project.js';
import type { Endpoint } from '../http/endpoint.js';
import { categoryList } from './category-list.js';
import { namedPrediction } from './named-prediction.js';
import { similarList } from './similar-list.js';

/** The paths that a project declares for itself. */
export function projectEndpoints(project: ModelProject): Endpoint[] {
  const { predict, categories = [], similar } = project.endpoints ?? {};
  return [
    ...(predict ? [namedPrediction(project, predict)] : []),
    ...categories.map(categoryList),
    ...(similar ? [similarList(project, similar)] : []),
  ];
}
