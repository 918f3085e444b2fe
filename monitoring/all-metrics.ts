import type { MetricDefinition } from './metric-definition.js';
import {
  controlMetricDefinitions,
  dependencyMetricDefinitions,
  inferenceMetricDefinitions,
  loopMetricDefinitions,
} from './metrics.js';
import { routerMetricDefinitions } from './router-metrics.js';

/** Our own metrics by the part that exposes them, with the Prometheus job that scrapes it. */
export const ownMetrics: readonly {
  readonly title: string;
  readonly job: string;
  readonly definitions: Readonly<Record<string, MetricDefinition>>;
}[] = [
  { title: 'Prediction service', job: 'inference', definitions: inferenceMetricDefinitions },
  { title: 'Router', job: 'router', definitions: routerMetricDefinitions },
  { title: 'Control API', job: 'control', definitions: controlMetricDefinitions },
  { title: 'Worker: the loop', job: 'worker', definitions: loopMetricDefinitions },
  { title: 'Worker: what it stands on', job: 'worker', definitions: dependencyMetricDefinitions },
];

/** The series of a metric in queries: a histogram has three. */
export function seriesOf({ type, name }: MetricDefinition): string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}
