import type { CollectedMetric } from '../metrics/collected-metrics.js';

/** What the processes of one instance say to each other. */
export type ClusterMessage =
  /** A worker asks for the metrics of all; the primary asks each worker for its own. */
  | { readonly kind: 'collect'; readonly id: number }
  /** A worker tells its own metrics. */
  | { readonly kind: 'own'; readonly id: number; readonly metrics: readonly CollectedMetric[] }
  /** The primary hands the metrics of all workers to the one that asked. */
  | { readonly kind: 'all'; readonly id: number; readonly metrics: readonly (readonly CollectedMetric[])[] };

export function isClusterMessage(message: unknown): message is ClusterMessage {
  return typeof message === 'object' && message !== null && 'kind' in message && 'id' in message;
}
